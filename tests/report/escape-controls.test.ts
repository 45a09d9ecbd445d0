import { escapeControlsInDiff } from '../../src/report/escape-controls.ts';

describe('escapeControlsInDiff', () => {
  test.each([
    ['-a\r\n+b\r\n', '-a\n+b\n'],
    ['-a\r\r\n', '-a^M\n'],
    ['-a\rb\n', '-a^Mb\n'],
    ['+a\r\n\\ No newline at end of file\n', '+a^M\n\\ No newline at end of file\n'],
    ['+\ta\u001b[31m\u202e\n', '+\ta^[[31m<U+202E>\n'],
  ])('shows %j as %j', (diff, shown) => {
    expect(escapeControlsInDiff(diff)).toBe(shown);
  });
});
