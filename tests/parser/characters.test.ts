import { refusalOf } from '../support/reading.ts';

/*
 * Every code point of Unicode, in every place, compared with the productions of XML 1.0, fifth edition.
 */

const isIn = (ranges: readonly (readonly [number, number])[], code: number): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

/** Char [2]. */
const CHAR = [
  [0x9, 0xa],
  [0xd, 0xd],
  [0x20, 0xd7ff],
  [0xe000, 0xfffd],
  [0x10000, 0x10ffff],
] as const;
/** NameStartChar [4]. */
const NAME_START = [
  [0x3a, 0x3a],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
] as const;
/** NameChar [4a]. */
const NAME = [
  ...NAME_START,
  [0x2d, 0x2d],
  [0x2e, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
] as const;

const BORDERS = [...CHAR, ...NAME].flatMap(([from, to]) => [from - 1, from, to, to + 1]);

/** The borders of the ranges, all of the first planes, and of the others the ends and every 97th; without surrogates. */
const CODES = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => {
  const isNear = code < 0x3100 || (code >= 0xfd00 && code < 0x10100) || code % 97 === 0 || BORDERS.includes(code);
  return (isNear || (code & 0xffff) > 0xfff0 || (code & 0xffff) < 8) && (code < 0xd800 || code > 0xdfff);
});

/** Illegal characters are tried one by one: the borders of the ranges, and every 29th. */
const isTried = (code: number, i: number): boolean => code < 0x180 || BORDERS.includes(code) || i % 29 === 0;

const isChar = (code: number): boolean => isIn(CHAR, code);
const except =
  (...characters: string[]): ((code: number) => boolean) =>
  (code) =>
    isChar(code) && !characters.includes(String.fromCodePoint(code));

const all = (characters: readonly string[], content: (character: string) => string): string =>
  `<r>${characters.map(content).join('')}</r>`;

/* Each place with a document of one character in it, and one of many. */
type Place = (character: string) => string;
test.each<[string, Place, (characters: readonly string[]) => string, (code: number) => boolean]>([
  ['text', (c) => `<a>${c}</a>`, (many) => `<a>${many.join('')}</a>`, except('<', '&')],
  ['a value in double quotes', (c) => `<a b="${c}"/>`, (many) => `<a b="${many.join('')}"/>`, except('<', '&', '"')],
  ['a value in single quotes', (c) => `<a b='${c}'/>`, (many) => `<a b='${many.join('')}'/>`, except('<', '&', "'")],
  ['a comment', (c) => `<a><!--${c}x--></a>`, (many) => `<a><!--${many.join('')}--></a>`, isChar],
  ['a CDATA section', (c) => `<a><![CDATA[${c}]]></a>`, (many) => `<a><![CDATA[${many.join('')}]]></a>`, isChar],
  ['a processing instruction', (c) => `<a><?p x${c}?></a>`, (many) => `<a><?p ${many.join('')}?></a>`, isChar],
  [
    'the beginning of a name',
    (c) => `<${c}/>`,
    (many) => all(many, (c) => `<${c}/>`),
    (code) => isIn(NAME_START, code),
  ],
  ['the inside of a name', (c) => `<x${c}y/>`, (many) => `<x${many.join('')}y/>`, (code) => isIn(NAME, code)],
  [
    'a decimal reference',
    (c) => `<a>&#${c.codePointAt(0) ?? 0};</a>`,
    (many) => all(many, (c) => `&#${c.codePointAt(0) ?? 0};`),
    isChar,
  ],
  [
    'a hex reference in a value',
    (c) => `<a b="&#x${(c.codePointAt(0) ?? 0).toString(16)};"/>`,
    (many) => `<a b="${many.map((c) => `&#x${(c.codePointAt(0) ?? 0).toString(16)};`).join('')}"/>`,
    isChar,
  ],
  [
    'the place before the root',
    (c) => `<!---->${c}<a/>`,
    (many) => `${many.join('')}<a/>`,
    (code) => [0x9, 0xa, 0xd, 0x20].includes(code),
  ],
  [
    'the place after the root element',
    (c) => `<a/>${c}`,
    (many) => `<a/>${many.join('')}`,
    (code) => [0x9, 0xa, 0xd, 0x20].includes(code),
  ],
])('allowed in %s: each legal code point, and no other', (_, one, many, isLegal) => {
  const legal = CODES.filter(isLegal).map((code) => String.fromCodePoint(code));
  expect(refusalOf(many(legal))).toBeNull();
  const illegal = CODES.filter((code, i) => isTried(code, i) && !isLegal(code)).map((code) =>
    String.fromCodePoint(code),
  );
  expect(illegal.length).toBeGreaterThan(25);
  expect(illegal.filter((character) => refusalOf(one(character)) === null)).toEqual([]);
});

test('surrogates are not characters, in references or as bytes', () => {
  for (const code of ['d800', 'dbff', 'dc00', 'dfff']) {
    expect(refusalOf(`<a>&#x${code};</a>`)?.code).toBe('XML_REFERENCE');
    const [high, low] = [0xed, 0x80 | ((parseInt(code, 16) >> 6) & 0x3f)];
    expect(refusalOf(Uint8Array.of(0x3c, 0x61, 0x3e, high, low, 0x80))?.code).toBe('ENCODING_INVALID');
  }
});
