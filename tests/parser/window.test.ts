import { WINDOW_SIZE } from '../../src/parser/window.ts';
import { memorySource } from '../../src/source/source.ts';
import { readKeys, refusalOf } from '../support/reading.ts';
import { windowSizes } from './expect-refused.ts';
import { tagsOf } from './read-tags.ts';
import { watchedSource } from '../support/watched-source.ts';

const CHARACTERS = ['b', 'é', '€', '😀', '\ufffd'];

/** Bytes that are not UTF-8, and how many of them are the beginning of a sequence. */
const MALFORMED: [string, number[]][] = [
  ['a byte that leads nothing', [0xff]],
  ['a continuation byte alone', [0x80]],
  ['a lead byte alone', [0xc3]],
  ['two bytes of three', [0xe2, 0x82]],
  ['three bytes of four', [0xf0, 0x9f, 0x98]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['a form that is too long', [0xc0, 0x80]],
  ['more than U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
];

const PLACES: [string, string, string][] = [
  ['text', '<a>', '</a>'],
  ['a value', '<a b="', '"/>'],
  ['a name', '<a', '/>'],
  ['a comment', '<a><!--', '--></a>'],
  ['a CDATA section', '<a><![CDATA[', ']]></a>'],
  ['a processing instruction', '<a><?p ', '?></a>'],
];

describe.each(PLACES)('in %s', (_, before, after) => {
  test.each(MALFORMED)('%s is reported as not UTF-8, at its beginning, in windows of any size', (__, malformed) => {
    for (const character of CHARACTERS) {
      const good = before + character.repeat(3);
      for (const rest of [after, '']) {
        const bytes = Buffer.concat([Buffer.from(good), Uint8Array.from(malformed), Buffer.from(rest)]);
        const outcomes = windowSizes(bytes).map((size) => {
          const error = refusalOf(bytes, size);
          return `${error?.line ?? 0}:${error?.column ?? 0} @${error?.offset ?? 0} ${error?.message ?? ''}`;
        });
        const place = `1:${before.length + 4} @${Buffer.byteLength(good)}`;
        expect([...new Set(outcomes)]).toEqual([`${place} these bytes are not UTF-8`]);
      }
    }
  });
});

test('an error before bytes that are not UTF-8 comes first', () => {
  const bytes = Buffer.concat([Buffer.from('<a>]]></a>'), Uint8Array.of(0xff)]);
  for (const size of windowSizes(bytes)) expect(refusalOf(bytes, size)?.code).toBe('XML_TEXT');
});

test('bytes that are not UTF-8 are reported after the root element too, and before it', () => {
  for (const [before, after] of [
    ['<a/>', ''],
    ['<a/> ', ' '],
    ['\n', '<a/>'],
    ['<!---->', '<a/>'],
  ]) {
    const bytes = Buffer.concat([Buffer.from(before), Uint8Array.of(0xc3), Buffer.from(after)]);
    expect(refusalOf(bytes)).toMatchObject({ code: 'ENCODING_INVALID', offset: before.length });
  }
});

/* Each piece is longer than many windows, and at any distance from their borders. */
describe('a token longer than the window is read whole', () => {
  const long = 'xyz é€😀'.repeat(30);

  test.each([
    ['a tag', `<a b="${long}"/>`],
    ['a name', `<${'éЖ\u{10000}'.repeat(40)}/>`],
    ['text', `<a>${long}</a>`],
    ['a comment', `<!--${long}--><a/>`],
    ['a CDATA section', `<a><![CDATA[${long}]]></a>`],
    ['a processing instruction', `<?p ${long}?><a/>`],
    ['white space', `${'\n\t '.repeat(100)}<a/>${'\n\t '.repeat(100)}`],
    ['a reference', `<a>&#${'0'.repeat(300)}65;</a>`],
    ['many tags', `<a>${'<b c="é€😀"/>'.repeat(30)}</a>`],
    ['many levels', `${'<é>'.repeat(50)}${'</é>'.repeat(50)}`],
  ])('%s', (_, document) => {
    const expected = tagsOf(document);
    expect(expected.length).toBeGreaterThan(0);
    for (let size = 8; size < 40; size++) expect([size, tagsOf(document, size)]).toEqual([size, expected]);
    for (let size = 40; size < 1000; size += 31) expect([size, tagsOf(document, size)]).toEqual([size, expected]);
  });

  test('and so is a file longer than the initial window', () => {
    const key = '<k Location="/LM/SmtpSvc/1" ServerComment="é€😀"/>\n';
    const others = '<k Location="/LM/W3SVC/1" b="é€😀"/>\n'.repeat(100);
    const each = Buffer.byteLength(key + others);
    const count = Math.ceil((2.5 * WINDOW_SIZE) / each);
    const document = `<configuration><MBProperty>\n${(key + others).repeat(count)}</MBProperty></configuration>`;
    const keys = readKeys(memorySource(Buffer.from(document)));
    expect(keys.map(({ tag, comment }) => [tag.offset, comment])).toEqual(
      Array.from({ length: count }, (_, i) => [28 + i * each, 'é€😀']),
    );
  });
});

describe('a source', () => {
  const document = (content: string): Buffer =>
    Buffer.from(`<configuration><MBProperty>${content}</MBProperty></configuration>`);

  test('is read forward, each byte once except for the first look, while tokens fit into the window', () => {
    const { source, reads } = watchedSource(memorySource(document('<k/>'.repeat(200_000))));
    readKeys(source);
    const bytes = reads.reduce((sum, [, length]) => sum + length, 0);
    expect(bytes).toBeLessThan(source.length + 2 * WINDOW_SIZE);
    expect(Math.max(...reads.map(([, length]) => length))).toBe(WINDOW_SIZE);
    const offsets = reads.slice(2).map(([offset]) => offset);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  });

  test('is read once too if a token is many times as long as the window', () => {
    const { source, reads } = watchedSource(memorySource(document(`<k a="${'b'.repeat(3_000_000)}"/>`)));
    readKeys(source, 8);
    const places = reads.slice(2).map(([offset, length]) => [offset, Math.min(offset + length, source.length)]);
    for (let i = 1; i < places.length; i++) expect(places[i][0]).toBeLessThanOrEqual(places[i - 1][1]);
    expect(places.reduce((sum, [from, to]) => sum + to - from, 0)).toBeLessThan(source.length + 100);
    expect(places.length).toBeLessThan(60);
  });

  test('that ends before its stated length ends the reading', () => {
    const memory = memorySource(Buffer.from('<a></a>'));
    expect(() => readKeys({ length: 9, read: (offset, into) => memory.read(offset, into) })).toThrow('the file ends');
  });
});
