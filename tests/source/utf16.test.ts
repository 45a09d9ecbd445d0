import { memorySource, readSpan } from '../../src/source/source.ts';
import type { Text } from '../../src/source/text.ts';
import { utf16Text } from '../../src/source/utf16.ts';
import { watchedSource } from '../support/watched-source.ts';

const ENCODINGS = ['utf-16le', 'utf-16be'] as const;
type Utf16 = (typeof ENCODINGS)[number];

/** How many bytes a block has: what lies across its border is what can go wrong. */
const BLOCK = 65_536;

/** @returns The code units as bytes. */
function encoded(units: readonly number[], encoding: Utf16): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * units.length));
  units.forEach((unit, i) => {
    view.setUint16(2 * i, unit, encoding === 'utf-16le');
  });
  return new Uint8Array(view.buffer);
}
const unitsOf = (text: string): number[] => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
const viewOf = (text: string, encoding: Utf16): Text =>
  utf16Text(memorySource(encoded(unitsOf(text), encoding)), encoding);
const all = ({ source }: Text): Buffer => Buffer.from(readSpan(source, { offset: 0, length: source.length }));

describe.each(ENCODINGS)('%s', (encoding) => {
  test.each([
    '',
    '\u0000\u007f',
    '\u0080\u07ff',
    '\u0800\ud7ff\ue000\uffff',
    '\u{10000}\u{10ffff}\u{1f600}\u{12345}\u{fedcb}',
    '\ufeffaé€😀b',
    '\ud800\udc00\ud800\udfff\udbff\udc00\udbff\udfff',
  ])('%j becomes the same text in UTF-8', (text) => {
    const view = viewOf(text, encoding);
    expect(view.encoding).toBe(encoding);
    expect(view.source.length).toBe(Buffer.byteLength(text));
    expect(all(view)).toEqual(Buffer.from(text));
  });

  test('text is encoded as the file is, without a mark', () => {
    const text = 'aé€😀\ufeff';
    expect(viewOf('', encoding).encode(text)).toEqual(encoded(unitsOf(text), encoding));
    expect(viewOf('x', encoding).encode('')).toEqual(new Uint8Array(0));
  });

  test.each<[string, number[], number[]]>([
    ['a high surrogate at the end', [0x61, 0xd800], [0x61, 0xed, 0xa0, 0x80]],
    ['a high surrogate before something else', [0xdbff, 0x61], [0xed, 0xaf, 0xbf, 0x61]],
    ['a low surrogate', [0xdc00, 0x61], [0xed, 0xb0, 0x80, 0x61]],
    ['a low surrogate behind what is no high one', [0x20ac, 0xdc00], [0xe2, 0x82, 0xac, 0xed, 0xb0, 0x80]],
    ['a high surrogate before what is above the low ones', [0xd800, 0xe000], [0xed, 0xa0, 0x80, 0xee, 0x80, 0x80]],
    ['the last low surrogate', [0xdfff], [0xed, 0xbf, 0xbf]],
    ['two high surrogates and a low one', [0xd800, 0xd800, 0xdc00], [0xed, 0xa0, 0x80, 0xf0, 0x90, 0x80, 0x80]],
  ])('%s becomes bytes that are no UTF-8', (_, units, expected) => {
    expect([...all(utf16Text(memorySource(encoded(units, encoding)), encoding))]).toEqual(expected);
  });

  test.each([0, 1, BLOCK / 2 - 1, BLOCK / 2, BLOCK / 2 + 1])(
    'half a code unit behind %i whole ones is told by FF',
    (count) => {
      const bytes = Buffer.concat([encoded(new Array<number>(count).fill(0x61), encoding), Uint8Array.of(0x61)]);
      const view = utf16Text(memorySource(bytes), encoding);
      expect([...all(view).subarray(-2)]).toEqual(count === 0 ? [0xff] : [0x61, 0xff]);
      expect(view.source.length).toBe(count + 1);
      expect(view.toFileOffset(count)).toBe(2 * count);
      expect(view.toFileOffset(count + 1)).toBe(2 * count + 1);
    },
  );

  describe('around the border of a block', () => {
    /** A text in which `character` begins `before` code units before the border, between runs that tell themselves apart. */
    const across = (character: string, before: number): string => `${'b'.repeat(BLOCK / 2 - before)}${character}cd`;

    test.each(['a', 'é', '€', '😀'].flatMap((character) => [0, 1, 2].map((before) => [character, before] as const)))(
      '%s, begun %i code units before it, is read and placed',
      (character, before) => {
        const text = across(character, before);
        const view = viewOf(text, encoding);
        expect(all(view).equals(Buffer.from(text))).toBe(true);
        let utf8 = 0;
        let file = 0;
        for (const one of text) {
          if (Math.abs(file - BLOCK) < 9 || file < 4) {
            expect([file, view.toFileOffset(utf8), view.fromFileOffset(file)]).toEqual([file, file, utf8]);
            const part = readSpan(view.source, { offset: utf8, length: 9 });
            expect(Buffer.from(part)).toEqual(Buffer.from(text).subarray(utf8, utf8 + 9));
          }
          utf8 += Buffer.byteLength(one);
          file += 2 * one.length;
        }
        expect([view.toFileOffset(utf8), view.fromFileOffset(file)]).toEqual([file, utf8]);
      },
    );

    test('a byte inside a character is told as the character', () => {
      const view = viewOf(across('😀', 1), encoding);
      const offsets = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((distance) => view.fromFileOffset(BLOCK + distance));
      expect(offsets.map((offset) => offset - BLOCK / 2)).toEqual([-2, -2, -1, -1, -1, -1, 3, 3, 4]);
    });

    test.each([
      [0xd7ff, 0xdc00],
      [0xdc00, 0xdc00],
      [0xdfff, 0xdfff],
      [0xe000, 0xdc00],
      [0xdbff, 0xdbff],
      [0xdbff, 0xe000],
    ])('%i and %i are no pair inside it', (...units) => {
      const view = utf16Text(memorySource(encoded([0x61, ...units], encoding)), encoding);
      expect([...all(view)]).toEqual([0x61, ...units].flatMap(lone));
    });

    test.each<[string, number[]]>([
      ['a high surrogate before it and none behind', [0xd800, 0x61]],
      ['a low surrogate behind it and none before', [0x61, 0xdc00]],
      ['two high ones around it', [0xd800, 0xd800]],
      ['two low ones around it', [0xdc00, 0xdc00]],
    ])('%s are no pair', (_, [last, first]) => {
      const filling = new Array<number>(BLOCK / 2 - 1).fill(0x61);
      const view = utf16Text(memorySource(encoded([...filling, last, first, 0x62], encoding)), encoding);
      const expected = [last, first, 0x62].flatMap((unit) => [...Buffer.from(Uint8Array.from(lone(unit)))]);
      expect([...all(view).subarray(filling.length)]).toEqual(expected);
    });
  });
});

/** @returns A code unit below U+0080 or from U+0800 on, or a lone surrogate, as the view gives it. */
function lone(unit: number): number[] {
  return unit < 0x80 ? [unit] : [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
}

describe('reading', () => {
  const text = `\ufeff${'aé€😀'.repeat(20_000)}`;
  const bytes = encoded(unitsOf(text), 'utf-16le');
  const expected = Buffer.from(text);

  test('can begin in any block', () => {
    for (const offset of [0, BLOCK / 2, BLOCK, 5 * BLOCK]) {
      const part = readSpan(utf16Text(memorySource(bytes), 'utf-16le').source, { offset, length: 100 });
      expect(expected.subarray(offset, offset + 100).equals(part)).toBe(true);
    }
  });

  test.each([1, 2, 7, 1000, BLOCK, 200_000])('%i bytes from anywhere gives those of the text', (length) => {
    const { source } = utf16Text(memorySource(bytes), 'utf-16le');
    for (let offset = 0; offset <= expected.length; offset += 29_989) {
      const into = new Uint8Array(length).fill(0x2a);
      const read = source.read(offset, into);
      expect(read).toBe(Math.min(length, expected.length - offset));
      expect(expected.subarray(offset, offset + read).equals(into.subarray(0, read))).toBe(true);
      expect(into.subarray(read).every((byte) => byte === 0x2a)).toBe(true);
    }
  });

  test.each([1, BLOCK / 2, BLOCK])(
    'a place at the end of %i code units, or however far behind it, is the end',
    (count) => {
      const view = utf16Text(memorySource(encoded(new Array<number>(count).fill(0x61), 'utf-16le')), 'utf-16le');
      for (const more of [0, 1, BLOCK, 10 * BLOCK]) {
        expect([view.fromFileOffset(2 * count + more), view.toFileOffset(count + more)]).toEqual([count, 2 * count]);
      }
    },
  );

  test('behind the end gives nothing', () => {
    const { source } = utf16Text(memorySource(bytes), 'utf-16le');
    expect([0, 5].map((more) => source.read(expected.length + more, new Uint8Array(3)))).toEqual([0, 0]);
  });

  test('takes the file once to measure it and once more, a block at a time', () => {
    const { source: file, reads } = watchedSource(memorySource(bytes));
    const asked = (): number => reads.reduce((sum, [, length]) => sum + length, 0);
    const { source } = utf16Text(file, 'utf-16le');
    expect(asked()).toBeLessThan(1.01 * bytes.length);
    const into = new Uint8Array(100);
    for (let offset = 0; offset < source.length; offset += 100) source.read(offset, into);
    expect(asked()).toBeLessThan(2.02 * bytes.length);
    expect(Math.max(...reads.map(([, length]) => length))).toBeLessThanOrEqual(BLOCK + 2);
    expect(Math.min(...reads.map(([offset]) => offset))).toBe(0);
  });
});
