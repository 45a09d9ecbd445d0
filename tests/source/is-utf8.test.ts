import { isUtf8 as isUtf8InNode } from 'node:buffer';
import { checkOf, decodesAsUtf8, isUtf8 } from '../../src/source/is-utf8.ts';

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
