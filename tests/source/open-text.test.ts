import { MetabaseError } from '../../src/errors.ts';
import { memorySource, readSpan } from '../../src/source/source.ts';
import { openText, textIn } from '../../src/source/open-text.ts';

const XML = '<a/>';
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const utf32le = (text: string): Buffer =>
  Buffer.concat(Array.from(text, (c) => Buffer.from(Uint32Array.of(c.codePointAt(0) ?? 0).buffer)));
const utf32be = (text: string): Buffer => utf32le(text).swap32();

/** @returns The encoding that the first bytes tell, or the code of the refusal. */
function told(bytes: Uint8Array): string {
  try {
    return openText(memorySource(bytes)).encoding;
  } catch (error) {
    return (error as MetabaseError).code;
  }
}

/** @returns The encoding that the first bytes tell, or what the refusal says. */
function said(bytes: Uint8Array): string {
  try {
    return openText(memorySource(bytes)).encoding;
  } catch (error) {
    return (error as MetabaseError).message;
  }
}

/* XML 1.0, appendix F, and what the contract makes of each of its rows. */
test.each<[string, Uint8Array, string]>([
  ['nothing', Buffer.alloc(0), 'EMPTY_FILE'],
  ['one byte', Buffer.from('<'), 'utf-8'],
  ['UTF-8', Buffer.from(XML), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${XML}`), 'utf-8'],
  ['UTF-8 with a declaration', Buffer.from('<?xml version="1.0"?><a/>'), 'utf-8'],
  ['UTF-16, little endian, with a mark', utf16le(`\ufeff${XML}`), 'utf-16le'],
  ['UTF-16, big endian, with a mark', utf16be(`\ufeff${XML}`), 'utf-16be'],
  ['a mark of UTF-16 alone', Uint8Array.of(0xff, 0xfe), 'utf-16le'],
  ['UTF-16, little endian, without a mark', utf16le(XML), 'ENCODING_UNSUPPORTED'],
  ['UTF-16, big endian, without a mark', utf16be(XML), 'ENCODING_UNSUPPORTED'],
  ['UTF-16 without a mark, with a declaration', utf16le('<?xml version="1.0"?>'), 'ENCODING_UNSUPPORTED'],
  ['UTF-16, big endian, without a mark, with a declaration', utf16be('<?xml version="1.0"?>'), 'ENCODING_UNSUPPORTED'],
  ['UTF-32, little endian, with a mark', utf32le(`\ufeff${XML}`), 'ENCODING_UNSUPPORTED'],
  ['UTF-32, big endian, with a mark', utf32be(`\ufeff${XML}`), 'ENCODING_UNSUPPORTED'],
  ['UTF-32, little endian, without a mark', utf32le(XML), 'ENCODING_UNSUPPORTED'],
  ['UTF-32, big endian, without a mark', utf32be(XML), 'ENCODING_UNSUPPORTED'],
  ['UTF-32 in the order 2143, with a mark', Uint8Array.of(0, 0, 0xff, 0xfe, 0, 0, 0x3c, 0), 'ENCODING_UNSUPPORTED'],
  ['UTF-32 in the order 3412, with a mark', Uint8Array.of(0xfe, 0xff, 0, 0, 0x3c, 0, 0, 0), 'ENCODING_UNSUPPORTED'],
  ['UTF-32 in an unusual order', Uint8Array.of(0, 0x3c, 0, 0), 'ENCODING_UNSUPPORTED'],
  ['EBCDIC', Uint8Array.of(0x4c, 0x6f, 0xa7, 0x94, 0x93), 'ENCODING_UNSUPPORTED'],
  ['zeros', Buffer.alloc(16), 'BINARY_METABASE'],
  ['a NUL behind other bytes', Buffer.from('CLSA\0'), 'BINARY_METABASE'],
  ['a NUL at the end of the first 4 KB', Buffer.from(`${'x'.repeat(4095)}\0`), 'BINARY_METABASE'],
  ['a NUL behind the first 4 KB', Buffer.from(`${'x'.repeat(4096)}\0`), 'utf-8'],
  ['a NUL behind a mark', Buffer.from('\ufeff\0'), 'utf-8'],
  ['a NUL behind <?xm', Buffer.from('<?xml\0'), 'utf-8'],
  ['half a mark of UTF-8', Uint8Array.of(0xef, 0xbb, 0x3c), 'utf-8'],
  ['three bytes with NULs', Uint8Array.of(0, 0x3c, 0), 'BINARY_METABASE'],
])('%s', (_, bytes, expected) => {
  expect(told(bytes)).toBe(expected);
});

/* The first four bytes, as appendix F has them; the first row that fits counts. */
const ROWS: [RegExp, string][] = [
  [/^((fffe|feff)0000|0000(fffe|feff))$/, 'UTF-32 is not read: save the file as UTF-8'],
  [/^(3c000000|003c0000|00003c00|0000003c)$/, 'UTF-32 is not read: save the file as UTF-8'],
  [/^(3c00(?!00)..00|003c00(?!00)..)$/, 'UTF-16 without a byte order mark is not read: save the file as UTF-8'],
  [/^4c6fa794$/, 'EBCDIC is not read: save the file as UTF-8'],
  [/^fffe/, 'utf-16le'],
  [/^feff/, 'utf-16be'],
  [/^(efbbbf|3c3f786d)/, 'utf-8'],
  [
    /^(..)*00/,
    'this looks like the binary metabase of IIS 5.0 (MetaBase.bin), which has no XML form; ' +
      'change the value on the live server instead (adsutil.vbs, MetaEdit)',
  ],
  [/^/, 'utf-8'],
];

test('every combination of the bytes that matter, in the first four places', () => {
  const bytes = [0x00, 0x3c, 0x3f, 0x78, 0x6d, 0xff, 0xfe, 0xef, 0xbb, 0xbf, 0x4c, 0x6f, 0xa7, 0x94];
  const heads = bytes.flatMap((a) => bytes.flatMap((b) => bytes.flatMap((c) => bytes.map((d) => [a, b, c, d]))));
  const wrong = heads.filter((head) => {
    const hex = Buffer.from(head).toString('hex');
    return said(Uint8Array.from(head)) !== ROWS.find(([row]) => row.test(hex))?.[1];
  });
  expect(wrong).toEqual([]);
});

test('what is refused as a whole has no place in it', () => {
  expect(said(new Uint8Array(0))).toBe('the file is empty');
  for (const bytes of [[], [0], [0x4c, 0x6f, 0xa7, 0x94]]) {
    expect(() => openText(memorySource(Uint8Array.from(bytes)))).toThrow(
      expect.objectContaining({ line: null, column: null, offset: null }) as Error,
    );
  }
});

test('a text begins behind its mark, and encodes as its file is encoded', () => {
  const utf8 = openText(memorySource(Buffer.from(XML)));
  const marked = openText(memorySource(Buffer.from(`\ufeff${XML}`)));
  const wide = openText(memorySource(utf16be(`\ufeff${XML}`)));
  expect([utf8.start, marked.start, wide.start]).toEqual([0, 3, 3]);
  expect(Buffer.from(utf8.encode('é😀'))).toEqual(Buffer.from('é😀'));
  expect(Buffer.from(wide.encode('é😀'))).toEqual(utf16be('é😀'));
  expect([marked.toFileOffset(5), marked.fromFileOffset(5)]).toEqual([5, 5]);
});

test('a span that reaches beyond the end is shortened', () => {
  const source = memorySource(Uint8Array.of(1, 2, 3));
  expect([...readSpan(source, { offset: 2, length: 5 })]).toEqual([3]);
  expect([...readSpan(source, { offset: 9, length: 5 })]).toEqual([]);
});

describe('UTF-16 as UTF-8', () => {
  /** Around the borders of blocks of 64 KB: two, three and four bytes of UTF-8, and pairs that lie across. */
  const documents = [0, 1, 2, 3].map((shift) => `\ufeff${'a'.repeat(shift)}${'é€😀z'.repeat(20_000)}`);

  test.each(
    documents.flatMap(
      (text) =>
        [
          [utf16le(text), 'utf-16le', text],
          [utf16be(text), 'utf-16be', text],
        ] as const,
    ),
  )('document %# is the same text, read in steps of any size', (bytes, encoding, text) => {
    const view = textIn(memorySource(bytes), encoding);
    const expected = Buffer.from(text);
    expect(view.source.length).toBe(expected.length);
    for (const step of [7, 65_536, 1_000_000]) {
      const into = new Uint8Array(step);
      let at = 0;
      for (let read = view.source.read(at, into); read > 0; read = view.source.read(at, into)) {
        expect(expected.subarray(at, at + read).equals(into.subarray(0, read))).toBe(true);
        at += read;
        if (step === 7 && at > 5000) break;
      }
    }
  });

  test('offsets are mapped both ways, at every character around the borders', () => {
    const text = documents[1];
    const bytes = utf16le(text);
    const view = textIn(memorySource(bytes), 'utf-16le');
    let utf8 = 0;
    let file = 0;
    for (const character of text) {
      const isNear = file % 65_536 < 12 || file % 65_536 > 65_524 || file < 40;
      if (isNear) {
        expect([file, view.toFileOffset(utf8)]).toEqual([file, file]);
        expect([file, view.fromFileOffset(file)]).toEqual([file, utf8]);
      }
      utf8 += Buffer.byteLength(character);
      file += 2 * character.length;
    }
    expect([view.toFileOffset(utf8), view.fromFileOffset(file)]).toEqual([bytes.length, view.source.length]);
    expect([view.toFileOffset(utf8 + 9), view.fromFileOffset(file + 9)]).toEqual([bytes.length, view.source.length]);
  });

  test('half a pair and half a unit become bytes that are no UTF-8', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const text of ['a\ud800', 'a\udc00b', '\udc00\ud800', '\ud800\ud800\udc00']) {
      const view = textIn(memorySource(utf16le(`\ufeff${text}`)), 'utf-16le');
      expect(() => strict.decode(readSpan(view.source, { offset: 0, length: 100 }))).toThrow();
    }
    const odd = textIn(memorySource(Buffer.concat([utf16le('\ufeffab'), Buffer.from('c')])), 'utf-16le');
    expect(() => strict.decode(readSpan(odd.source, { offset: 0, length: 100 }))).toThrow();
  });
});
