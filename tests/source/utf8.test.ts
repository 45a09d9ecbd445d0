import { isUtf8 as isUtf8InNode } from 'node:buffer';
import {
  checkOf,
  decodesAsUtf8,
  decodeUtf8,
  encodeUtf8,
  firstMalformed,
  isUtf8,
  lastSequenceStart,
} from '../../src/source/utf8.ts';

/** Every sequence of up to four of these bytes, which are at the borders of the Unicode Standard's table 3-7. */
const BORDERS = [
  0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
  0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
];

function* sequences(length: number): Generator<Uint8Array> {
  const counts = new Array<number>(length).fill(0);
  for (;;) {
    yield Uint8Array.from(counts, (i) => BORDERS[i]);
    let at = length - 1;
    while (at >= 0 && ++counts[at] === BORDERS.length) counts[at--] = 0;
    if (at < 0) return;
  }
}

/** Where a strict decoder would stop: at the end of the longest prefix that it accepts. */
function stopsAt(bytes: Uint8Array): number {
  for (let end = bytes.length; end > 0; end--) {
    if (isUtf8InNode(bytes.subarray(0, end))) return end;
  }
  return 0;
}

test.each([1, 2, 3, 4])('sequences of %i bytes are judged as Node and a strict decoder judge them', (length) => {
  let wrong = 0;
  for (const bytes of sequences(length)) {
    const end = isUtf8(bytes) ? length : firstMalformed(bytes);
    if (end !== stopsAt(bytes) || (length < 4 && decodesAsUtf8(bytes) !== isUtf8InNode(bytes))) wrong++;
  }
  expect(wrong).toBe(0);
});

test('a partial character at the end is left for later', () => {
  const bytes = Buffer.from('a€😀é');
  const ends = Array.from({ length: bytes.length + 1 }, (_, end) => lastSequenceStart(bytes, end));
  expect(ends).toEqual([0, 0, 1, 1, 1, 4, 4, 4, 8, 8, 8]);
  expect(lastSequenceStart(Uint8Array.of(0x80, 0x80, 0x80, 0x80), 4)).toBe(4);
  expect(lastSequenceStart(Uint8Array.of(0xe2, 0x82), 2)).toBe(0);
});

test('the first malformed sequence begins after whole characters', () => {
  const bytes = Buffer.from('a€\ufffdé');
  expect([2, 3, 5, 6, 8].map((end) => firstMalformed(bytes.subarray(0, end)))).toEqual([1, 1, 4, 4, 7]);
  for (const malformed of [[0xef], [0xef, 0xbf], [0xbd], [0xbf, 0xbd]]) {
    for (const next of ['', 'a', '\ufffd']) {
      expect(firstMalformed(Buffer.concat([bytes, Buffer.from(malformed), Buffer.from(next)]))).toBe(bytes.length);
    }
  }
});

test.each<[string, number[], boolean]>([
  ['nothing', [], true],
  ['ASCII', [0x00, 0x41, 0x7f], true],
  ['two, three and four bytes', [...Buffer.from('é€😀')], true],
  ['a byte order mark', [0xef, 0xbb, 0xbf], true],
  ['U+FFFE and U+FFFF', [...Buffer.from('\ufffe\uffff')], true],
  ['U+FFFD itself', [...Buffer.from('\ufffd')], true],
  ['a byte that leads nothing', [0x41, 0xff], false],
  ['a continuation byte alone', [0x80], false],
  ['a sequence that is cut off', [0xe2, 0x82], false],
  ['a form that is too long', [0xc1, 0xbf], false],
  ['a surrogate', [0xed, 0xa0, 0x80], false],
  ['more than U+10FFFF', [0xf4, 0x90, 0x80, 0x80], false],
])('%s: in a browser as in Node', (_, bytes, expected) => {
  const answers = [isUtf8, isUtf8InNode, decodesAsUtf8].map((answer) => answer(Uint8Array.from(bytes)));
  expect(answers).toEqual([expected, expected, expected]);
});

test('one refusal does not affect the next check', () => {
  expect(decodesAsUtf8(Uint8Array.of(0xe2, 0x82))).toBe(false);
  expect(decodesAsUtf8(Uint8Array.of(0xac))).toBe(false);
  expect(decodesAsUtf8(Uint8Array.of(0x41))).toBe(true);
});

test('the native check is used if there is one', () => {
  const isUtf8 = (): boolean => true;
  expect(checkOf({ process: { getBuiltinModule: () => ({ isUtf8 }) } })).toBe(isUtf8);
  for (const platform of [{}, { process: {} }, { process: { getBuiltinModule: () => ({}) } }]) {
    expect(checkOf(platform)).toBe(decodesAsUtf8);
  }
});

test('text and its bytes, a mark at the beginning kept', () => {
  const text = '\ufeffa\u00e9\ud83d\ude00';
  expect(Buffer.from(encodeUtf8(text))).toEqual(Buffer.from(text));
  expect(decodeUtf8(Buffer.from(text))).toBe(text);
  expect(decodeUtf8(Uint8Array.of(0x61, 0xff))).toBe('a\ufffd');
});
