import { refusalOf } from '../support/reading.ts';
import { expectAccepted, expectRefused } from './refused.ts';
import { toldOf } from './scanned.ts';

const DUPLICATE = 'the tag has this attribute twice';

test.each([
  '<a b="" ¦b=""/>',
  '<a b="1" c="2" ¦b=\'1\'/>',
  '<a b="" c="" d="" ¦d=""/>',
  '<a bcd="" ¦bcd=""/>',
  '<a é="" ¦é=""/>',
  '<a :\u07c0="" ¦:\u07c0=""/>',
  '<a b=""\n¦b/>',
  '<a><b c=""/><b c="" ¦c=""/></a>',
])('%j has an attribute twice', (document) => {
  expectRefused(document, 'XML_DUPLICATE_ATTRIBUTE', DUPLICATE);
});

test.each([
  '<a b="" B=""/>',
  '<a b="" bb="" bbb=""/>',
  '<a bcd="" bxd="" bcx="" xcd=""/>',
  '<a abcde="" axcde="" abcxe=""/>',
  '<a é="" ê="" e=""/>',
  '<a b=""><b b=""/></a>',
  '<a><b c=""/><b c=""/></a>',
  '<a b="c" c="b"/>',
])('%j has none twice', (document) => {
  expectAccepted(document);
});

/* Names of one length with the same beginning, middle and end, which a cheap hash takes for alike. */
const alike = (i: number): string => `aaaa${String(i).padStart(4, '0')}aaaaaaaaaaaaz`;
const unlike = (i: number): string => `n${i}`;
const repeated = (count: number, name: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => name(i));
const tag = (names: readonly string[], level = 0): string =>
  `<a${names.map((name, i) => `\n${name}="${i + level}"`).join('')}/>`;

describe.each([
  ['alike', alike],
  ['unlike', unlike],
])('of names that are %s', (_, name) => {
  test.each([1, 2, 3, 7, 8, 9, 10, 16, 63, 64, 65, 128, 129, 300])('%i are told as they stand', (count) => {
    const names = repeated(count, name);
    const document = `<r>${tag(names)}${tag([...names].reverse(), 7)}</r>`;
    const told = (order: readonly string[], level: number): object => ({
      name: 'a',
      attributes: order.map((attribute, i) => [attribute, String(i + level)]),
      isSelfClosing: true,
    });
    expect(toldOf(document).slice(1)).toEqual([told(names, 0), told([...names].reverse(), 7)]);
  });

  test.each([1, 2, 7, 8, 9, 10, 12, 63, 64, 65, 130])('each of %i is known when it comes again', (count) => {
    const names = repeated(count, name);
    for (const [i, again] of names.entries()) {
      const document = tag([...names, again]);
      expect([i, refusalOf(document)]).toMatchObject([
        i,
        { code: 'XML_DUPLICATE_ATTRIBUTE', message: DUPLICATE, line: count + 2, column: 1 },
      ]);
    }
  });

  test('one that comes again early is found before the others are read', () => {
    const names = repeated(40, name);
    for (let at = 1; at < 40; at++) {
      const document = tag([...names.slice(0, at), names[at - 1], ...names.slice(at)]);
      expect(refusalOf(document)).toMatchObject({ code: 'XML_DUPLICATE_ATTRIBUTE', line: at + 2 });
    }
  });
});

test('names of an earlier tag are no names of this one, however many tags there are', () => {
  const names = repeated(20, alike);
  const document = `<r>${`${tag(names)}${tag(names.slice(0, 3))}<a/>${tag([])}`.repeat(50)}</r>`;
  expect(refusalOf(document)).toBeNull();
  expect(refusalOf(document.replace('</r>', `${tag([...names.slice(0, 2), names[0]])}</r>`))?.code).toBe(
    'XML_DUPLICATE_ATTRIBUTE',
  );
});

test('a name that begins another is another', () => {
  expect(refusalOf(tag(repeated(300, (i) => 'a'.repeat(i + 1))))).toBeNull();
});

test('a name that begins with U+FEFF is not the one without it, among many that are alike', () => {
  const names = repeated(20, alike);
  expect(refusalOf(tag([...names, 'b', '\ufeffb']))).toBeNull();
  expect(refusalOf(tag([...names, '\ufeffb', '\ufeffb']))?.code).toBe('XML_DUPLICATE_ATTRIBUTE');
});

test('a tag that is cut by the window does not find its own names', () => {
  const names = repeated(20, alike);
  for (const size of [8, 100, 200, 300, 400]) {
    expect(refusalOf(Buffer.from(`<r>${tag(names)}${tag(names)}</r>`), size)).toBeNull();
  }
});
