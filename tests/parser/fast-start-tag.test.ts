import { fastStartTag, NOT_FAST } from '../../src/parser/fast-start-tag.ts';
import { StartTag, startTag } from '../../src/parser/start-tag.ts';
import { Window } from '../../src/parser/window.ts';
import { encodeUtf8 } from '../../src/source/utf8.ts';
import { sourceOf } from '../support/reading.ts';
import { expectAccepted, expectRefused, windowSizes } from './expect-refused.ts';
import { outcome, type Read } from './tag-outcome.ts';

const read = (document: string, at = 0): Read | string | null => outcome(fastStartTag, document, at);

test('NOT_FAST is not an index', () => {
  expect(NOT_FAST).toBe(-1);
});

/** Each tag is read alone, and among others. */
const AROUND = [
  ['', ''],
  ['x', 'y'],
  ['<z b="r" q="s">', '<z b="t">'],
];

test.each<[tag: string, name: string, attributes: [string, string][]]>([
  ['<a>', 'a', []],
  ['<a/>', 'a', []],
  ['<A_-.1:z \t\r\n>', 'A_-.1:z', []],
  ['<a b="c">', 'a', [['b', 'c']]],
  ['<a b=""  />', 'a', [['b', '']]],
  [
    '<Key\tLocation ="/LM/SmtpSvc/1"\r\n\t\tName  \t="x \'>\t\n/"\r\n\t>',
    'Key',
    [
      ['Location', '/LM/SmtpSvc/1'],
      ['Name', "x '>\t\n/"],
    ],
  ],
  [
    '<a b="&lt;" c="x&amp;&quot;y &gt; &apos;" d="&#38;&#x41;">',
    'a',
    [
      ['b', '&lt;'],
      ['c', 'x&amp;&quot;y &gt; &apos;'],
      ['d', '&#38;&#x41;'],
    ],
  ],
  ['<a b="é 部門 부서 😀"/>', 'a', [['b', 'é 部門 부서 😀']]],
  ['<a b="\uf000（株）\ufffd&amp;\ufeff">', 'a', [['b', '\uf000（株）\ufffd&amp;\ufeff']]],
  [
    '<a b = "c" d=\r\n\t"e">',
    'a',
    [
      ['b', 'c'],
      ['d', 'e'],
    ],
  ],
])('%j is read', (tag, name, attributes) => {
  for (const [before, after] of AROUND) {
    expect(read(before + tag + after, before.length)).toEqual([name, attributes, Buffer.byteLength(before + tag)]);
  }
});

test.each([
  ['a name beyond ASCII', '<é>'],
  ['one that goes on beyond ASCII', '<aé>'],
  ['an attribute beyond ASCII', '<a é="">'],
  ['single quotes', "<a b='c'>"],
  ['an attribute twice', '<a b="c" d="e" b="f">'],
  ['an attribute twice, once with a space after it', '<a b="c" b ="d">'],
  ['one of several letters twice', '<a bcd="" bce="" bcd="">'],
  ['no white space between attributes', '<a b="c"d="e">'],
  ['no quotes', '<a b=c>'],
  ['no quotes after white space', '<a b= c>'],
  ['a control character in a value', '<a b="\u0001">'],
  ['a < after a reference', '<a b="&lt;<">'],
  ['no value', '<a b>'],
  ['nothing after the =', '<a b=>'],
  ['no = but another character', '<a b/"c">'],
  ['a < in a value', '<a b="<">'],
  ['an attribute that begins with a digit', '<a 1="">'],
  ['something between / and >', '<a/ >'],
  ['something after /', '<a/b>'],
  ['no name', '< a>'],
  ['an end tag', '</a>'],
])('%s is left to the productions', (_, tag) => {
  for (const [before, after] of AROUND) expect(read(before + tag + after, before.length)).toBeNull();
});

test('and so is every tag that does not end inside the window', () => {
  const tag = '<ab cd="ef" gh="" />';
  for (let length = 1; length < tag.length; length++)
    expect([length, read(tag.slice(0, length))]).toEqual([length, null]);
});

/** Tags with attributes `n0`, `n1` …; there are more of them than bits for names. */
const withAttributes = (count: number, name: (i: number) => string): string =>
  `<a${Array.from({ length: count }, (_, i) => ` ${name(i)}=""`).join('')}>`;

test('64 attributes are read, though their names share bits; more are left to the productions', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const name of [
    (i: number) => `n${i}`,
    (i: number) => `${letters[i % 26]}${letters[Math.floor(i / 26)]}`,
    (i: number) => `aaaa${String(i).padStart(4, '0')}aaaaaaaaaaaaz`,
    (i: number) => 'n'.repeat(i + 1),
  ]) {
    const all = Array.from({ length: 64 }, (_, i): [string, string] => [name(i), '']);
    expect(read(withAttributes(64, name))?.[1]).toEqual(all);
    expect(read(withAttributes(65, name))).toBeNull();
    expect(read(withAttributes(20, (i) => name(i % 19)))).toBeNull();
  }
});

test('an attribute of the previous tag is not one of this tag', () => {
  const document = '<a Location="x"><b><c ID="y">';
  const window = new Window(sourceOf(document), 100);
  const tag = new StartTag(window);
  fastStartTag(0, tag);
  expect(tag.find(encodeUtf8('Location'))).toBe(0);
  fastStartTag(16, tag);
  expect(tag.find(encodeUtf8('Location'))).toBe(-1);
  fastStartTag(19, tag);
  expect([tag.find(encodeUtf8('Location')), tag.find(encodeUtf8('ID'))]).toEqual([-1, 0]);
});

const REFERENCE = 'only &lt; &gt; &amp; &apos; &quot; and character references are allowed here';
const NOT_A_REFERENCE = 'this is not a character reference';
const FORBIDDEN = 'this refers to a character that is not allowed in XML';
const CHARACTER = 'this character is not allowed in XML';
const TWICE = 'the tag has this attribute twice';

test.each([
  ['<a b="¦& c"/>', 'XML_REFERENCE', REFERENCE],
  ['<a b="x¦&nbsp;"/>', 'XML_REFERENCE', REFERENCE],
  ['<a b="&lt;¦&LT;"/>', 'XML_REFERENCE', REFERENCE],
  ['<a b="c" d="&amp;¦&amp"/>', 'XML_REFERENCE', REFERENCE],
  ['<a b="¦&#x;"/>', 'XML_REFERENCE', NOT_A_REFERENCE],
  ['<a b="&#65;¦&#65"/>', 'XML_REFERENCE', NOT_A_REFERENCE],
  ['<a b="¦&#0;"/>', 'XML_REFERENCE', FORBIDDEN],
  ['<a b="¦&#xD800;" c="&bad;"/>', 'XML_REFERENCE', FORBIDDEN],
  ['<a b="\uff08¦\uffff"/>', 'XML_CHARACTER', CHARACTER],
  ['<a b="c" d="&amp;¦\ufffe"/>', 'XML_CHARACTER', CHARACTER],
  ['<a b="&amp;¦\u0001"/>', 'XML_CHARACTER', CHARACTER],
] as const)('%j: a mistake in a value is found at its place, in windows of any size', (document, code, message) => {
  expectRefused(document, code, message);
});

test.each([
  ['<a b="c" ¦b="d" e="&bad;"/>', 'XML_DUPLICATE_ATTRIBUTE', TWICE],
  ['<a b="&lt;" c="d" ¦b="&bad;"/>', 'XML_DUPLICATE_ATTRIBUTE', TWICE],
  ['<a b="¦&bad;" b="d"/>', 'XML_REFERENCE', REFERENCE],
  ['<a b="\uff08" ¦b="\uffff"/>', 'XML_DUPLICATE_ATTRIBUTE', TWICE],
  ['<a b="¦\uffff" c="&bad;"/>', 'XML_CHARACTER', CHARACTER],
  [
    '<a b="c"¦d="&bad;"/>',
    'XML_ATTRIBUTE',
    'white space, > or /> is expected here; perhaps a quote is missing on an earlier line',
  ],
  ['<a b=¦c d="&bad;"/>', 'XML_ATTRIBUTE', 'a quoted value is expected here'],
  [
    '<a b="¦<" c="&bad;"/>',
    'XML_ATTRIBUTE',
    'a < is not allowed in an attribute value; perhaps a quote is missing on an earlier line',
  ],
  ['<a b=\'¦&bad;\' c="&#0;"/>', 'XML_REFERENCE', REFERENCE],
] as const)('%j: the first of several mistakes is reported, in windows of any size', (document, code, message) => {
  expectRefused(document, code, message);
});

test.each(['<a b="&amp;&#x4e8b;" c="事（部）"/>', '<a b = "&quot;" c= "\ufffd" d\t=\n"&#9;"/>'])(
  '%j is accepted, in windows of any size',
  (document) => {
    expectAccepted(document);
  },
);

test.each([
  '<ab cd="ef&amp;gh" ij="&#x41;"/>',
  '<ab cd="（ef）\uffee" gh = "&quot;">',
  '<ab cd="&amp;" cd="&bad;"/>',
  '<ab cd="&amp;" ef="&bad;" cd=""/>',
  '<ab cd="\uffff"/>',
  '<ab cd="&#xFFFE;"/>',
])('%j: the productions agree with the fast reader, wherever document and window end', (tag) => {
  let compared = 0;
  for (let length = 1; length <= tag.length; length++) {
    const document = tag.slice(0, length);
    for (const size of windowSizes(Buffer.from(document))) {
      const fast = outcome(fastStartTag, document, 0, size);
      if (fast === null) continue;
      compared++;
      expect([document, size, fast]).toEqual([document, size, outcome(startTag, document, 0, size)]);
    }
  }
  expect(compared).toBeGreaterThan(5);
});
