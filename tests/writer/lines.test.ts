import { memorySource, type Source } from '../../src/source/source.ts';
import { lineEnd, linesAfter, linesBefore, lineStart, readText, splitLines } from '../../src/writer/lines.ts';

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

test.each([
  [0, 0],
  [1, 0],
  [2, 2],
  [3, 2],
])('the line of %d begins at %d', (offset, expected) => {
  expect(lineStart(FIVE, offset)).toBe(expected);
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
      expect(lineStart(text, place)).toBe(2 * length);
      expect(linesBefore(text, place, 1)).toBe(length);
      expect(linesBefore(text, place, 2)).toBe(0);
      expect(lineEnd(text, place)).toBe(3 * length);
    }
    expect(linesAfter(text, length, 2)).toEqual({ count: 2, end: 3 * length });
    expect(linesAfter(text, length, 9)).toEqual({ count: 3, end: 4 * length });
  });

  test.each(LENGTHS)('of %d bytes, without an end', (length) => {
    const text = source(`a\n${'x'.repeat(length)}`);
    expect(lineStart(text, length + 2)).toBe(2);
    expect(lineEnd(text, 2)).toBe(length + 2);
    expect(linesAfter(text, 2, 2)).toEqual({ count: 1, end: length + 2 });
  });
});

test.each([
  [0, 0, 0, 0],
  [0, 1, 1, 2],
  [0, 2, 2, 4],
  [2, 2, 2, 6],
  [8, 1, 1, 10],
  [8, 2, 1, 10],
  [10, 1, 0, 10],
  [0, 100, 5, 10],
])('from %d on, out of %d lines there are %d, up to %d', (offset, count, found, end) => {
  expect(linesAfter(FIVE, offset, count)).toEqual({ count: found, end });
});

test.each([
  [0, 3, 0, 0, 0],
  [0, 3, 2, 1, 2],
  [0, 3, 4, 2, 4],
  [0, 3, 6, 3, 6],
  [0, 3, 8, 3, 6],
  [4, 3, 4, 0, 4],
  [0, 3, 3, 2, 3],
])('from %d on, out of %d lines up to %d there are %d, up to %d', (offset, count, stop, found, end) => {
  expect(linesAfter(FIVE, offset, count, stop)).toEqual({ count: found, end });
});

test.each([
  ['a\nb', 2, 1, 3],
  ['a\nb', 0, 2, 3],
  ['a\nb', 3, 0, 3],
  ['ab', 0, 1, 2],
  ['', 0, 0, 0],
])('the last line of %j may have no end: from %d there are %d, up to %d', (text, offset, found, end) => {
  expect(linesAfter(source(text), offset, 5)).toEqual({ count: found, end });
});

test('a source that is shorter than it says ends the search', () => {
  const short: Source = { ...source('a\nb'), length: 100 };
  expect(linesAfter(short, 0, 5)).toEqual({ count: 2, end: 3 });
});

test('the text of a span, a byte order mark kept', () => {
  const text = source('\ufeffa\u00e9\ud83d\ude00b');
  expect(readText(text, { offset: 0, length: 4 })).toBe('\ufeffa');
  expect(readText(text, { offset: 4, length: 99 })).toBe('\u00e9\ud83d\ude00b');
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
  expect(() => readText(endless, { offset: 5, length: 100_000_001 })).toThrow(
    expect.objectContaining({
      code: 'LINE_TOO_LONG',
      message: 'lines of 100 MB are too long for a diff; -q or --json patches without one',
    }) as Error,
  );
  expect(readText(endless, { offset: 5, length: 100_000_000 })).toBe('');
});
