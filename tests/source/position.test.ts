import { excerptAt, errorAt, positionsOf } from '../../src/source/position.ts';
import { memorySource } from '../../src/source/source.ts';
import { sourceOf } from '../support/reading.ts';
import { watchedSource } from '../support/watched-source.ts';

/** @returns Line and column of an index in the string, by its definition. */
function byDefinition(text: string, index: number): [number, number] {
  const before = text
    .slice(0, index)
    .replace(/^\ufeff/, '')
    .split('\n');
  return [before.length, Array.from(before.at(-1) ?? '').length + 1];
}

test.each(['a\nb\r\n\r\n\rcé€😀d\n', '\ufeffa\n\ufeffb', `${'é'.repeat(40_000)}\n${'x\n'.repeat(40_000)}€`, ''])(
  'positions in document %#',
  (document) => {
    const indexes = Array.from({ length: 300 }, (_, i) => Math.floor((i * document.length) / 300)).filter(
      (index) => !/^[\udc00-\udfff]/.test(document.slice(index)),
    );
    const offsets = indexes.map((index) => Buffer.byteLength(document.slice(0, index)));
    const mark = document.startsWith('\ufeff') ? 3 : 0;
    const positionOf = positionsOf(sourceOf(`${document} `), [...offsets].reverse());
    indexes.forEach((index, i) => {
      if (offsets[i] < mark) return;
      const { line, column, offset } = positionOf(offsets[i]);
      expect([line, column, offset]).toEqual([...byDefinition(document, index), offsets[i]]);
    });
  },
);

/** Bytes that differ from LF in one bit, or by one, beside LF. */
const NEAR_LF = [0x0a, 0x0b, 0x09, 0x0e, 0x02, 0x1a, 0x2a, 0x4a, 0x8a, 0x00, 0x7f, 0x80, 0xff];

test('line feeds are counted exactly, whatever is beside them', () => {
  const bytes = Buffer.from(
    NEAR_LF.flatMap((a) => NEAR_LF.flatMap((b) => NEAR_LF.flatMap((c) => NEAR_LF.flatMap((d) => [a, b, c, d])))),
  );
  for (const length of [1, 3, 4, 7, 1000, 65_535, 65_536, 65_537, bytes.length]) {
    const expected = bytes.subarray(0, length).filter((byte) => byte === 0x0a).length + 1;
    expect([length, positionsOf(memorySource(bytes), [length])(length).line]).toEqual([length, expected]);
  }
});

test.each([254, 255, 256, 1019, 1020, 1021, 1024, 70_000])('%i line feeds in a row make as many lines', (count) => {
  const bytes = Buffer.from('\n'.repeat(count));
  expect(positionsOf(memorySource(bytes), [count])(count)).toEqual({ line: count + 1, column: 1, offset: count });
});

test('the text is read only up to the last offset', () => {
  const { source, reads } = watchedSource(memorySource(Buffer.from('x\n'.repeat(500_000))));
  expect(positionsOf(source, [1000])(1000)).toEqual({ line: 501, column: 1, offset: 1000 });
  expect(Math.max(...reads.map(([offset, asked]) => offset + asked))).toBe(1000);
});

test('a source that ends early ends the counting', () => {
  expect(positionsOf({ length: 100, read: () => 0 }, [50])(50)).toEqual({ line: 1, column: 1, offset: 50 });
});

test('asking for the position of another offset is a programming error', () => {
  expect(() => positionsOf(sourceOf('abc'), [1])(2)).toThrow(new RangeError('no position was asked for at 2'));
});

describe('an excerpt', () => {
  const at = (text: string, index: number): { text: string; caret: number } =>
    excerptAt(sourceOf(text), Buffer.byteLength(text.slice(0, index)));

  test('is the line, and the column of the place in it', () => {
    expect(at('one\ntwo\nthree', 5)).toEqual({ text: 'two', caret: 1 });
    expect(at('one\r\ntwo\r\n', 8)).toEqual({ text: 'two', caret: 3 });
    expect(at('one', 3)).toEqual({ text: 'one', caret: 3 });
    expect(at('', 0)).toEqual({ text: '', caret: 0 });
    expect(at('one\ntwo', 3)).toEqual({ text: 'one', caret: 3 });
    expect(at('a b', 1)).toEqual({ text: 'a b', caret: 1 });
  });

  test('shows a tab as a space, and an invisible character as its code', () => {
    expect(at('\ta\u0001\u007f\u009b\u202e\u2028b', 0)).toEqual({
      text: ' a\\u0001\\u007f\\u009b\\u202e\\u2028b',
      caret: 0,
    });
    expect(at('a\u0000b', 1)).toEqual({ text: 'a\\u0000b', caret: 1 });
  });

  test.each([
    ['\u00a0', '\\u00a0'],
    ['\u2003', '\\u2003'],
    ['\u200b', '\\u200b'],
    ['\u202e', '\\u202e'],
    ['\u2066', '\\u2066'],
    ['\ufeff', '\\ufeff'],
    ['\u3000', '\\u3000'],
    ['\u115f', '\\u115f'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\r', '\\u000d'],
    ['é', 'é'],
    ['中', '中'],
  ])('shows %j as %s, and the caret allows for it', (character, shown) => {
    expect(at(`a${character}b\n`, 1 + character.length)).toEqual({ text: `a${shown}b`, caret: 1 + shown.length });
    const long = at(`${character.repeat(90)}x${character.repeat(90)}`, 90 * character.length);
    expect(Array.from(long.text).length).toBeLessThanOrEqual(80);
    expect(Array.from(long.text)[long.caret]).toBe('x');
    expect(Array.from(long.text).length).toBeGreaterThan(65);
  });

  test('has at most 80 columns, with the place among them, and whole characters', () => {
    const line = 'é😀'.repeat(300);
    for (let index = 0; index < line.length; index += 3) {
      const { text, caret } = at(`x\n${line}\ny`, 2 + index);
      expect(Array.from(text).length).toBeLessThanOrEqual(80);
      expect(Array.from(text)[caret]).toBe(String.fromCodePoint(line.codePointAt(index) ?? 0));
      expect(text).toMatch(/^[é😀]+$/u);
    }
    // Past the end of the line, the caret itself takes the last column.
    expect(at(line, line.length)).toMatchObject({ caret: 79 });
    expect(Array.from(at(line, line.length).text).length).toBe(79);
  });

  test('shows bytes that are not UTF-8 as such', () => {
    const bytes = Buffer.concat([Buffer.from('ab'), Uint8Array.of(0xff), Buffer.from('cd')]);
    expect(excerptAt(memorySource(bytes), 2)).toEqual({ text: 'ab\ufffdcd', caret: 2 });
  });

  test('shows a continuation byte without a lead byte, at the place', () => {
    const text = memorySource(Buffer.concat([Buffer.from('ab'), Uint8Array.of(0x80), Buffer.from('cd')]));
    expect(excerptAt(text, 2)).toEqual({ text: 'ab\ufffdcd', caret: 2 });
  });

  test('does not show the byte order mark, but any other U+FEFF', () => {
    expect(at('\ufeffabc', 2)).toEqual({ text: 'abc', caret: 1 });
    expect(at('a\n\ufeffb', 3)).toEqual({ text: '\\ufeffb', caret: 6 });
  });

  test('costs a few hundred bytes, however long the line', () => {
    const bytes = Buffer.from('x'.repeat(10_000));
    const { source, reads } = watchedSource(memorySource(bytes));
    expect(excerptAt(source, 5000)).toEqual({
      text: 'x'.repeat(80),
      caret: 40,
    });
    expect(reads).toEqual([
      [0, 3],
      [4680, 320],
      [5000, 320],
    ]);
  });

  test('comes with the error', () => {
    const error = errorAt(sourceOf('one\ntwo'), 6, 'XML_TAG', 'wrong');
    expect(error).toMatchObject({
      code: 'XML_TAG',
      message: 'wrong',
      line: 2,
      column: 3,
      offset: 6,
      excerpt: { text: 'two', caret: 2 },
    });
  });
});

test('lines are counted up to the place, however far away it is', () => {
  const line = `${'x'.repeat(99)}\n`;
  const text = sourceOf(line.repeat(3000));
  const offsets = [70_050, 150_000, 299_999];
  const positionOf = positionsOf(text, offsets);
  expect(offsets.map(positionOf).map(({ line: number, column }) => [number, column])).toEqual([
    [701, 51],
    [1501, 1],
    [3000, 100],
  ]);
});
