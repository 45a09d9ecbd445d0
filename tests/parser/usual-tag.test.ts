import { StartTag } from '../../src/parser/start-tag.ts';
import { UNUSUAL, usualTag } from '../../src/parser/usual-tag.ts';
import { Window } from '../../src/parser/window.ts';
import { encodeUtf8 } from '../../src/source/utf8.ts';
import { sourceOf } from '../support/reading.ts';

/** What is read of the tag at `at`: its name, its attributes, and where it ends; null where it is unusual. */
function read(document: string, at = 0): [name: string, attributes: [string, string][], end: number] | null {
  const window = new Window(sourceOf(document), 10_000);
  const tag = new StartTag(window);
  tag.start = at;
  tag.end = usualTag(at, tag);
  if (tag.end === UNUSUAL) return null;
  const attributes = Array.from({ length: tag.count }, (_, i): [string, string] => {
    const [nameStart, nameEnd, start, end] = tag.spans.subarray(4 * i, 4 * i + 4);
    return [window.decode(nameStart, nameEnd), window.decode(start, end)];
  });
  return [tag.name, attributes, tag.end];
}

test('unusual is no index', () => {
  expect(UNUSUAL).toBe(-1);
});

/** Each stands alone, and among others. */
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
])('%j is read', (tag, name, attributes) => {
  for (const [before, after] of AROUND) {
    expect(read(before + tag + after, before.length)).toEqual([name, attributes, before.length + tag.length]);
  }
});

test.each([
  ['a name beyond ASCII', '<é>'],
  ['one that goes on beyond ASCII', '<aé>'],
  ['an attribute beyond ASCII', '<a é="">'],
  ['single quotes', "<a b='c'>"],
  ['a reference', '<a b="&lt;">'],
  ['white space behind the =', '<a b= "c">'],
  ['an attribute twice', '<a b="c" d="e" b="f">'],
  ['an attribute twice, once with a space behind it', '<a b="c" b ="d">'],
  ['one of several letters twice', '<a bcd="" bce="" bcd="">'],
  ['no white space between attributes', '<a b="c"d="e">'],
  ['no quotes', '<a b=c>'],
  ['no value', '<a b>'],
  ['nothing behind the =', '<a b=>'],
  ['no = but another character', '<a b/"c">'],
  ['a < in a value', '<a b="<">'],
  ['an attribute that begins with a digit', '<a 1="">'],
  ['something between / and >', '<a/ >'],
  ['something behind /', '<a/b>'],
  ['no name', '< a>'],
  ['an end tag', '</a>'],
])('%s is unusual', (_, tag) => {
  for (const [before, after] of AROUND) expect(read(before + tag + after, before.length)).toBeNull();
});

test('so is every tag that the window does not show whole', () => {
  const tag = '<ab cd="ef" gh="" />';
  for (let length = 1; length < tag.length; length++)
    expect([length, read(tag.slice(0, length))]).toEqual([length, null]);
});

/** Tags with attributes `n0`, `n1` …; they are more than the bits by which names are told apart. */
const withAttributes = (count: number, name: (i: number) => string): string =>
  `<a${Array.from({ length: count }, (_, i) => ` ${name(i)}=""`).join('')}>`;

test('64 attributes are read, though their names share bits; more are unusual', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const name of [
    (i: number) => `n${i}`,
    (i: number) => `${letters[i % 26]}${letters[Math.floor(i / 26)]}`,
    (i: number) => `aaaa${String(i).padStart(4, '0')}aaaaaaaaaaaaz`,
    (i: number) => 'n'.repeat(i + 1),
  ]) {
    expect(read(withAttributes(64, name))?.[1].map(([each]) => each)).toEqual(
      Array.from({ length: 64 }, (_, i) => name(i)),
    );
    expect(read(withAttributes(65, name))).toBeNull();
    expect(read(withAttributes(20, (i) => name(i % 19)))).toBeNull();
  }
});

test('an attribute of the tag before is none of this one', () => {
  const document = '<a Location="x"><b><c ID="y">';
  const window = new Window(sourceOf(document), 100);
  const tag = new StartTag(window);
  usualTag(0, tag);
  expect(tag.find(encodeUtf8('Location'))).toBe(0);
  usualTag(16, tag);
  expect(tag.find(encodeUtf8('Location'))).toBe(-1);
  usualTag(19, tag);
  expect([tag.find(encodeUtf8('Location')), tag.find(encodeUtf8('ID'))]).toEqual([-1, 0]);
});
