import type { Edit } from '../../src/patch/plan.ts';
import { memorySource } from '../../src/source/source.ts';
import { makeHunks } from '../../src/writer/hunks.ts';
import { sourceOf } from '../support/reading.ts';
import { watchedSource } from '../support/watched-source.ts';

/** An edit of `length` bytes at `offset`. */
const edit = (offset: number, length: number, put: string): Edit => ({
  offset,
  length,
  kind: length > 0 ? 'replace' : 'insert',
  location: '/LM/SmtpSvc/1',
  old: null,
  new: put,
  oldValue: 0,
  newValue: 0,
});

/** Ten lines of three bytes: line n, from 1, begins at 3 * (n - 1). */
const TEN = Array.from({ length: 10 }, (_, i) => `l${i}\n`).join('');

/** A change of the digit in line n, from 1. */
const change = (line: number, put = 'X'): Edit => edit(3 * (line - 1) + 1, 1, put);

/** An insertion at the beginning of line n. */
const before = (line: number, put: string): Edit => edit(3 * (line - 1), 0, put);

/** The hunks as the numbers of their headers and their lines, an LF at the end removed. */
function hunks(text: string, edits: readonly Edit[], context: number): string[][] {
  return makeHunks(sourceOf(text), edits, context).map(({ oldStart, oldCount, newStart, newCount, lines }) => [
    `-${oldStart},${oldCount} +${newStart},${newCount}`,
    ...lines.map((line) => line.replace(/\n$/, '')),
  ]);
}

test('no edits, no hunks', () => {
  expect(makeHunks(sourceOf(TEN), [], 3)).toEqual([]);
});

test('a hunk has the lines with their line ends', () => {
  expect(makeHunks(sourceOf('a\r\nb\nc'), [edit(3, 1, 'B')], 1)).toEqual([
    { oldStart: 1, oldCount: 3, newStart: 1, newCount: 3, lines: [' a\r\n', '-b\n', '+B\n', ' c'] },
  ]);
});

describe('context', () => {
  test.each<[number, string[]]>([
    [0, ['-5,1 +5,1', '-l4', '+lX']],
    [1, ['-4,3 +4,3', ' l3', '-l4', '+lX', ' l5']],
    [2, ['-3,5 +3,5', ' l2', ' l3', '-l4', '+lX', ' l5', ' l6']],
    [99, ['-1,10 +1,10', ' l0', ' l1', ' l2', ' l3', '-l4', '+lX', ' l5', ' l6', ' l7', ' l8', ' l9']],
  ])('of %d lines', (context, expected) => {
    expect(hunks(TEN, [change(5)], context)).toEqual([expected]);
  });

  test('is less at the beginning and at the end', () => {
    expect(hunks(TEN, [change(1)], 2)).toEqual([['-1,3 +1,3', '-l0', '+lX', ' l1', ' l2']]);
    expect(hunks(TEN, [change(2)], 2)).toEqual([['-1,4 +1,4', ' l0', '-l1', '+lX', ' l2', ' l3']]);
    expect(hunks(TEN, [change(10)], 2)).toEqual([['-8,3 +8,3', ' l7', ' l8', '-l9', '+lX']]);
    expect(hunks(TEN, [change(9)], 2)).toEqual([['-7,4 +7,4', ' l6', ' l7', '-l8', '+lX', ' l9']]);
  });

  test('keeps the last line as it is, without a line end', () => {
    expect(makeHunks(sourceOf('a\nb\nc'), [edit(0, 1, 'A')], 9)[0].lines).toEqual(['-a\n', '+A\n', ' b\n', ' c']);
    expect(makeHunks(sourceOf('a\nb'), [edit(2, 1, 'B')], 1)[0].lines).toEqual([' a\n', '-b', '+B']);
  });
});

describe('hunks', () => {
  test.each([0, 1, 2, 3])('with %d lines of context are one if at most twice as many are between them', (context) => {
    const first = change(1);
    expect(hunks(TEN, [first, change(2 + 2 * context)], context)).toHaveLength(1);
    expect(hunks(TEN, [first, change(3 + 2 * context)], context)).toHaveLength(2);
  });

  test('with exactly twice the context between them are one', () => {
    expect(hunks(TEN, [change(3), change(6)], 1)).toEqual([
      ['-2,6 +2,6', ' l1', '-l2', '+lX', ' l3', ' l4', '-l5', '+lX', ' l6'],
    ]);
  });

  test('with one line more between them are two', () => {
    expect(hunks(TEN, [change(3), change(7)], 1)).toEqual([
      ['-2,3 +2,3', ' l1', '-l2', '+lX', ' l3'],
      ['-6,3 +6,3', ' l5', '-l6', '+lX', ' l7'],
    ]);
  });

  test('without context, neighbours are one and others are not', () => {
    expect(hunks(TEN, [change(3), change(4), change(6)], 0)).toEqual([
      ['-3,2 +3,2', '-l2', '-l3', '+lX', '+lX'],
      ['-6,1 +6,1', '-l5', '+lX'],
    ]);
  });

  test('after one that grew begin later in the new file', () => {
    expect(hunks(TEN, [change(1, 'X\nY'), change(5, 'P\nQ\nR'), change(9)], 0)).toEqual([
      ['-1,1 +1,2', '-l0', '+lX', '+Y'],
      ['-5,1 +6,3', '-l4', '+lP', '+Q', '+R'],
      ['-9,1 +12,1', '-l8', '+lX'],
    ]);
  });
});

describe('changed lines', () => {
  test('that touch: first all old ones, then all new ones', () => {
    expect(hunks(TEN, [change(4), change(5), change(6)], 1)).toEqual([
      ['-3,5 +3,5', ' l2', '-l3', '-l4', '-l5', '+lX', '+lX', '+lX', ' l6'],
    ]);
  });

  test('that touch may have any number of new lines', () => {
    const [{ newCount }] = makeHunks(sourceOf(TEN), [change(4), change(5, 'n\n'.repeat(200_000))], 0);
    expect(newCount).toBe(200_002);
  });

  test('with two edits are one', () => {
    expect(hunks('abc def\n', [edit(0, 1, 'A'), edit(4, 1, 'D')], 0)).toEqual([['-1,1 +1,1', '-abc def', '+Abc Def']]);
    expect(hunks('abc def', [edit(0, 0, '<'), edit(3, 0, '|'), edit(6, 0, '>')], 0)).toEqual([
      ['-1,1 +1,1', '-abc def', '+<abc| de>f'],
    ]);
  });

  test('after the text of a line does not change that line', () => {
    expect(hunks(TEN, [edit(5, 0, '\nn')], 1)).toEqual([['-2,2 +2,3', ' l1', '+n', ' l2']]);
    expect(hunks(TEN, [edit(5, 0, '\nn')], 0)).toEqual([['-2,0 +3,1', '+n']]);
  });

  test('of several lines before a line leave it alone', () => {
    expect(hunks(TEN, [before(2, 'n\nm\nl\n')], 1)).toEqual([['-1,2 +1,5', ' l0', '+n', '+m', '+l', ' l1']]);
  });

  test('before the first line leaves it alone too', () => {
    expect(hunks(TEN, [before(1, 'n\n'), change(2)], 1)).toEqual([['-1,3 +1,4', '+n', ' l0', '-l1', '+lX', ' l2']]);
  });

  test('after the last line changes it, if it has no end', () => {
    expect(makeHunks(sourceOf('a\nb'), [edit(3, 0, '\nc')], 1)).toEqual([
      { oldStart: 1, oldCount: 2, newStart: 1, newCount: 3, lines: [' a\n', '-b', '+b\n', '+c'] },
    ]);
  });

  test('before the last line does not, even if it has no end', () => {
    expect(makeHunks(sourceOf('a\nb'), [edit(2, 0, 'n\n')], 0)).toEqual([
      { oldStart: 1, oldCount: 0, newStart: 2, newCount: 1, lines: ['+n\n'] },
    ]);
  });

  test('of lines like their neighbours comes last among them', () => {
    expect(hunks('a\na\nb\n', [edit(2, 0, 'a\n')], 1)).toEqual([['-2,2 +2,3', ' a', '+a', ' b']]);
  });

  test('beside a changed line leaves the line at its place alone', () => {
    expect(hunks(TEN, [before(5, 'n\n'), change(6)], 1)).toEqual([
      ['-4,4 +4,5', ' l3', '+n', ' l4', '-l5', '+lX', ' l6'],
    ]);
    expect(hunks(TEN, [change(5), before(6, 'n\n')], 1)).toEqual([['-4,3 +4,4', ' l3', '-l4', '+lX', '+n', ' l5']]);
    expect(hunks(TEN, [before(5, 'n\n'), change(5)], 1)).toEqual([['-4,3 +4,4', ' l3', '-l4', '+n', '+lX', ' l5']]);
  });

  test('beside a line that changes from its beginning leaves the line between alone', () => {
    expect(hunks(TEN, [before(5, 'n\n'), edit(15, 1, 'X')], 1)).toEqual([
      ['-4,4 +4,5', ' l3', '+n', ' l4', '-l5', '+X5', ' l6'],
    ]);
  });

  test('does not count as a line between the hunks', () => {
    expect(hunks(TEN, [before(3, 'n\n'), change(5)], 1)).toHaveLength(1);
    expect(hunks(TEN, [before(3, 'n\n'), change(6)], 1)).toHaveLength(2);
  });
});

describe('characters', () => {
  test('of several bytes stay whole', () => {
    const text = 'ä😀\nä 1 é\n\u2028\n';
    const place = Buffer.from('ä😀\nä ').length;
    expect(hunks(text, [edit(place, 1, '\u00fc')], 9)).toEqual([['-1,3 +1,3', ' ä😀', '-ä 1 é', '+ä ü é', ' \u2028']]);
  });

  test('of several bytes beside an insertion count as their bytes', () => {
    const text = 'ä\né\nb\n';
    expect(hunks(text, [edit(2, 0, '\nn')], 1)).toEqual([['-1,2 +1,3', ' ä', '+n', ' é']]);
    expect(hunks(text, [edit(3, 0, 'n\n')], 1)).toEqual([['-1,2 +1,3', ' ä', '+n', ' é']]);
  });

  test('a CR alone does not end a line', () => {
    expect(hunks('a\rb\nc\n', [edit(2, 1, 'B')], 0)).toEqual([['-1,1 +1,1', '-a\rb', '+a\rB']]);
  });

  test('a byte order mark is part of the first line', () => {
    expect(hunks('\ufeffa\nb\n', [edit(3, 1, 'A')], 1)).toEqual([['-1,2 +1,2', '-\ufeffa', '+\ufeffA', ' b']]);
    expect(hunks('\ufeffa\nb\n', [edit(5, 1, 'B')], 1)).toEqual([['-1,2 +1,2', ' \ufeffa', '-b', '+B']]);
  });
});

describe('the rest of the file is not looked at', () => {
  test('except to count its lines up to the last edit', () => {
    const line = `${'x'.repeat(99)}\n`;
    const { source, bytes } = watchedSource(memorySource(Buffer.from(line.repeat(20_000))));
    makeHunks(source, [edit(500_050, 1, 'X')], 3);
    expect(bytes()).toBeLessThan(500_000 + 10 * 4096);
  });

  test('and a line with many edits is read a few times, not once for each', () => {
    const { source, bytes } = watchedSource(memorySource(Buffer.from('x'.repeat(200_000))));
    const edits = Array.from({ length: 1000 }, (_, i) => edit(200 * i, 1, 'X'));
    const [{ lines }] = makeHunks(source, edits, 3);
    expect(lines.map((text) => text.length)).toEqual([200_001, 200_001]);
    expect(bytes()).toBeLessThan(8 * 200_000);
  });

  test('and with much context, the lines between two changes are read a few times, not once for each change', () => {
    const text = `${'x'.repeat(99)}\n`.repeat(5000);
    const { source, bytes } = watchedSource(memorySource(Buffer.from(text)));
    const edits = Array.from({ length: 500 }, (_, i) => edit(1000 * i, 1, 'X'));
    expect(makeHunks(source, edits, 1_000_000)).toHaveLength(1);
    expect(bytes()).toBeLessThan(20 * text.length);
  });
});
