import { memorySource, type Source } from '../../src/source/source.ts';
import { linesAfter, linesBefore, readText, splitLines } from '../../src/writer/lines.ts';

/** The block that is read first to find a line end. */
const BLOCK = 4096;

const source = (text: string): Source => memorySource(Buffer.from(text));

/** Lines 'a' … 'e' at 0, 2, 4, 6 and 8. */
const FIVE = source('a\nb\nc\nd\ne\n');

test.each([
  [0, 0, 0],
  [1, 0, 0],
  [2, 0, 2],
  [3, 0, 2],
  [4, 0, 4],
  [4, 1, 2],
  [5, 1, 2],
  [4, 2, 0],
  [4, 3, 0],
  [4, 100, 0],
  [9, 3, 2],
  [10, 0, 10],
  [10, 1, 8],
])('from %d, %d lines before begin at %d', (offset, count, expected) => {
  expect(linesBefore(FIVE, offset, count)).toBe(expected);
});

test('a line may begin with a line end at the very beginning', () => {
  expect(linesBefore(source('\n\nx'), 2, 0)).toBe(2);
  expect(linesBefore(source('\n\nx'), 2, 1)).toBe(1);
  expect(linesBefore(source('\n\nx'), 2, 2)).toBe(0);
});

describe('lines longer than the first block', () => {
  const LENGTHS = [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK - 1, 3 * BLOCK, 3 * BLOCK + 1, 50_000];

  test.each(LENGTHS)('of %d bytes', (length) => {
    const line = `${'x'.repeat(length - 1)}\n`;
    const text = source(line.repeat(4));
    for (const place of [2 * length, 2 * length + 1, 3 * length - 1]) {
      expect(linesBefore(text, place, 0)).toBe(2 * length);
      expect(linesBefore(text, place, 1)).toBe(length);
      expect(linesBefore(text, place, 2)).toBe(0);
      expect(linesAfter(text, place, 1)).toBe(3 * length);
    }
    expect(linesAfter(text, length, 2)).toBe(3 * length);
    expect(linesAfter(text, length, 9)).toBe(4 * length);
  });

  test.each(LENGTHS)('of %d bytes, without an end', (length) => {
    const text = source(`a\n${'x'.repeat(length)}`);
    expect(linesBefore(text, length + 2, 0)).toBe(2);
    expect(linesAfter(text, 2, 1)).toBe(length + 2);
    expect(linesAfter(text, 2, 2)).toBe(length + 2);
  });
});

test.each([
  [0, 0, 0],
  [0, 1, 2],
  [0, 2, 4],
  [1, 1, 2],
  [2, 2, 6],
  [8, 1, 10],
  [8, 2, 10],
  [10, 1, 10],
  [0, 100, 10],
])('from %d on, %d lines end at %d', (offset, count, expected) => {
  expect(linesAfter(FIVE, offset, count)).toBe(expected);
});

test.each([
  [0, 3, 0, 0],
  [0, 3, 2, 2],
  [0, 3, 3, 3],
  [0, 3, 6, 6],
  [0, 3, 8, 6],
  [4, 3, 4, 4],
])('from %d on, %d lines end at %d at the latest: at %d', (offset, count, to, expected) => {
  expect(linesAfter(FIVE, offset, count, to)).toBe(expected);
});

test.each([
  ['a\nb', 2],
  ['a\nb', 0],
  ['a\nb', 3],
  ['ab', 0],
  ['', 0],
])('the last line of %j may have no end; the search from %d on ends there', (text, offset) => {
  expect(linesAfter(source(text), offset, 5)).toBe(text.length);
});

test('a source that is shorter than it says ends the search', () => {
  const short: Source = { ...source('a\nb'), length: 100 };
  expect(linesAfter(short, 0, 5)).toBe(3);
});

test('the text between two offsets, a byte order mark kept', () => {
  const text = source('\ufeffa\u00e9\ud83d\ude00b');
  expect(readText(text, 0, 4)).toBe('\ufeffa');
  expect(readText(text, 4, 99)).toBe('\u00e9\ud83d\ude00b');
});

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a\n']],
  ['\n', ['\n']],
  ['a\r\n\nb', ['a\r\n', '\n', 'b']],
  ['a\rb\n', ['a\rb\n']],
  ['\u2028\u0085\n', ['\u2028\u0085\n']],
])('%j are the lines %j', (text, lines) => {
  expect(splitLines(text)).toEqual(lines);
});

test('text of more than 100 MB is refused before it is read', () => {
  const endless: Source = { length: 1e9, read: () => 0 };
  expect(() => readText(endless, 5, 100_000_006)).toThrow(
    expect.objectContaining({
      code: 'LINE_TOO_LONG',
      message: 'lines of 100 MB are too long for a diff; -q or --json patches without one',
    }) as Error,
  );
  expect(readText(endless, 5, 100_000_005)).toBe('');
});
