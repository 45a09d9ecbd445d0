import {
  ehloKeywords,
  applyMasks,
  isOtherKeyword,
  DEFAULT_VALUE,
  toHex,
  toMask,
  toVerbWords,
  unnamedBits,
  VERB_NAMES,
  VERB_WORDS,
  VERBS,
} from '../src/verbs.ts';

const OFF = 3503297;

test('the bits are those of KB 257569 and KB 286673', () => {
  expect(VERBS).toEqual({
    '8bitmime': 4194304,
    BINARYMIME: 2097152,
    CHUNKING: 1048576,
    ENHANCEDSTATUSCODES: 4096,
    'TURN/ATRN': 1024,
    ETRN: 128,
    DSN: 64,
  });
  expect(DEFAULT_VALUE).toBe(0x7574c1);
});

test('the names are in the order in which they are shown, the words in the order of the help', () => {
  expect(VERB_NAMES).toEqual(['8bitmime', 'BINARYMIME', 'CHUNKING', 'ENHANCEDSTATUSCODES', 'TURN/ATRN', 'ETRN', 'DSN']);
  expect(VERB_WORDS).toEqual([
    '8bitmime',
    'BINARYMIME',
    'CHUNKING',
    'ENHANCEDSTATUSCODES',
    'TURN/ATRN',
    'ETRN',
    'DSN',
    'TURN',
    'ATRN',
  ]);
});

test.each([
  ['8bitmime', 0x400000],
  ['8BITMIME', 0x400000],
  ['8BitMime', 0x400000],
  ['BinaryMime', 0x200000],
  ['chunking', 0x100000],
  ['EnhancedStatusCodes', 0x1000],
  ['turn', 0x400],
  ['ATRN', 0x400],
  ['turn/atrn', 0x400],
  ['etrn', 0x80],
  ['dsn', 0x40],
  ['0x400000', 4194304],
  ['0X40', 0x40],
  ['0xAbC', 0xabc],
  ['0x1', 1],
  ['0x0000000001', 1],
  ['0xffffffff', 4294967295],
  ['0x80000000', 2147483648],
])('%s means the mask %d', (word, mask) => {
  expect(toMask(word)).toBe(mask);
});

test.each([
  '',
  '0x',
  '0x0',
  '0x100000000',
  '0xfffffffffffffffffffffffff',
  '0xg',
  '0x4 ',
  ' 0x4',
  '-0x4',
  '4194304',
  '41943040',
  '8bit',
  ' 8bitmime',
  '8bitmime ',
  'TURN/',
  'toString',
  '__proto__',
])('"%s" is not a mask', (word) => {
  expect(toMask(word)).toBeNull();
});

test.each(['AUTH', 'StartTLS', 'help', 'REQUIRETLS', 'SMTPUTF8', 'vrfy', 'TLS', 'X-EXPS'])(
  '%s is a keyword that the property does not control',
  (keyword) => {
    expect(isOtherKeyword(keyword)).toBe(true);
  },
);

test.each(['8BITMIME', 'DSN', 'ATRN', 'TURN/ATRN', 'BLUB', '', 'AUTH BURL'])('%j is not', (word) => {
  expect(isOtherKeyword(word)).toBe(false);
});

test.each([
  [7697601, 0x400000, 0, OFF],
  [OFF, 0x400000, 0, OFF],
  [OFF, 0, 0x400000, 7697601],
  [7697601, 0, 0x400000, 7697601],
  [7697601, 0x700000, 0x2, 0x574c1 | 0x2],
  [0, 0xffffffff, 0, 0],
  [0xffffffff, 0x400000, 0, 0xffbfffff],
  [0x80000000, 0, 0, 0x80000000],
  [0, 0, 0x80000000, 0x80000000],
  [0xffffffff, 0xffffffff, 0, 0],
  [41943040, 0x400000, 0, 41943040],
])('%d with %d off and %d on is %d', (value, disable, enable, expected) => {
  expect(applyMasks(value, disable, enable)).toBe(expected);
});

test.each([
  [7697601, 0x54001 | 0x2000],
  [0x400000 | 0x200000 | 0x100000 | 0x1000 | 0x400 | 0x80 | 0x40, 0],
  [0, 0],
  [0xffffffff, 0xff8feb3f],
  [0x80000000, 0x80000000],
])('the bits of %d without a name are %d', (value, expected) => {
  expect(unnamedBits(value)).toBe(expected);
});

test.each([
  [7697601, '0x7574C1'],
  [OFF, '0x3574C1'],
  [0, '0x0'],
  [4294967295, '0xFFFFFFFF'],
])('%d is shown as %s', (value, hex) => {
  expect(toHex(value)).toBe(hex);
});

test.each<[number, string[]]>([
  [0, []],
  [0x400000, ['8bitmime']],
  [0x400400, ['8bitmime', 'atrn']],
  [0x7014c0, ['8bitmime', 'binarymime', 'chunking', 'enhancedstatuscodes', 'atrn', 'etrn', 'dsn']],
  [0x1, []],
])('the verbs of the mask %d are typed as %j', (mask, words) => {
  expect(toVerbWords(mask)).toEqual(words);
  expect(words.reduce((bits, word) => bits | (toMask(word) ?? 0), 0)).toBe(mask & ~0x1);
});

test('the keywords of the verbs in the answer to EHLO', () => {
  expect(VERB_NAMES.flatMap(ehloKeywords)).toEqual([
    '8BITMIME',
    'BINARYMIME',
    'CHUNKING',
    'ENHANCEDSTATUSCODES',
    'TURN',
    'ATRN',
    'ETRN',
    'DSN',
  ]);
});
