import fc from 'fast-check';
import { toJson, escapeControlsInDiff } from '../../src/report/escape-controls.ts';

describe('toJson', () => {
  test('is ASCII, and JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = toJson(value);
        expect(json).toMatch(/^[\n -~]*$/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('half of a surrogate pair becomes U+FFFD, a whole one stays', () => {
    expect(toJson(['a\ud83d\ude00b\ude00c\ud83d'])).toBe('[\n  "a\\ud83d\\ude00b\\ufffdc\\ufffd"\n]');
  });
});

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
