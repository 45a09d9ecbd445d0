import { MetabaseError } from '../../src/errors.ts';
import { adviceAt, assertUtf8, bomLength } from '../../src/source/encoding.ts';
import { memorySource, readSpan } from '../../src/source/source.ts';
import { sourceOf } from '../support/reading.ts';

const XML = '<a/>';
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const utf32le = (text: string): Buffer =>
  Buffer.concat(Array.from(text, (c) => Buffer.from(Uint32Array.of(c.codePointAt(0) ?? 0).buffer)));
const utf32be = (text: string): Buffer => utf32le(text).swap32();

/** @returns What the first bytes show: `utf-8`, or the refusal with the first words of its message. */
function verdict(bytes: Uint8Array): string {
  try {
    assertUtf8(memorySource(bytes));
    return 'utf-8';
  } catch (error) {
    const { code, message, line, column, offset } = error as MetabaseError;
    expect([line, column, offset]).toEqual([null, null, null]);
    return `${code}: ${message}`;
  }
}

const UTF_16 =
  'ENCODING_UNSUPPORTED: this is UTF-16; only UTF-8 is read: export the metabase again, or save the file as UTF-8';
const UTF_32 = UTF_16.replace('UTF-16', 'UTF-32');
const DAMAGED =
  'FILE_DAMAGED: the file begins with NUL bytes, as files do after a power failure: restore it from the history folder ' +
  '(inetsrv\\History on the server) or from a backup, because the rest cannot be trusted';
const BINARY =
  'BINARY_METABASE: this is a binary file, such as the metabase of IIS 5.0 (MetaBase.bin), which has no XML form; ' +
  'change the value on the live server instead (adsutil.vbs, MetaEdit)';
const compressed = (kind: string): string => `FILE_COMPRESSED: this is a ${kind} archive: unpack it first`;

/* XML 1.0, appendix F, and the files that people mistake for a metabase. */
test.each<[string, Uint8Array, string]>([
  ['nothing', Buffer.alloc(0), 'EMPTY_FILE: the file is empty'],
  ['one byte', Buffer.from('<'), 'utf-8'],
  ['UTF-8', Buffer.from(XML), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${XML}`), 'utf-8'],
  ['UTF-8 after white space, with a NUL later', Buffer.from(' \r\n\t<a>\0'), 'utf-8'],
  ['UTF-16, little endian, with a mark', utf16le(`\ufeff${XML}`), UTF_16],
  ['UTF-16, big endian, with a mark', utf16be(`\ufeff${XML}`), UTF_16],
  ['a mark of UTF-16 alone', Uint8Array.of(0xff, 0xfe), UTF_16],
  ['UTF-16, little endian, without a mark', utf16le(XML), UTF_16],
  ['UTF-16, big endian, without a mark', utf16be(XML), UTF_16],
  ['UTF-16, little endian, after white space', utf16le(` \r\n\t${XML}`), UTF_16],
  ['UTF-16, big endian, after white space', utf16be(` \r\n\t${XML}`), UTF_16],
  ['UTF-32, little endian, with a mark', utf32le(`\ufeff${XML}`), UTF_32],
  ['UTF-32, big endian, with a mark', utf32be(`\ufeff${XML}`), UTF_32],
  ['UTF-32, little endian, without a mark', utf32le(XML), UTF_32],
  ['UTF-32, big endian, without a mark', utf32be(XML), UTF_32],
  ['UTF-32, little endian, after white space', utf32le(`\r\n${XML}`), UTF_32],
  ['UTF-32, big endian, after white space', utf32be(`\r\n${XML}`), UTF_32],
  ['zeros', Buffer.alloc(16), DAMAGED],
  ['a head of zeros before the rest of a metabase', Buffer.from(`${'\0'.repeat(512)}</MBProperty>`), DAMAGED],
  ['zip', Buffer.from('PK\u0003\u0004\u0014\0'), compressed('zip')],
  ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0), compressed('gzip')],
  ['cab', Buffer.from('MSCF\0\0\0\0'), compressed('cab')],
  ['7z', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4), compressed('7z')],
  ...[
    [0x50, 0x4b],
    [0x1f, 0x8b],
    [0x4d, 0x53, 0x43, 0x46],
    [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  ].flatMap((head, i): [string, Uint8Array, string][] => [
    [
      `archive ${i}, its first NUL later`,
      Uint8Array.of(...head, 1, 2, 10, 0),
      compressed(['zip', 'gzip', 'cab', '7z'][i]),
    ],
    [`archive ${i} after another byte`, Uint8Array.of(1, ...head, 0), BINARY],
    [`archive ${i} without a NUL`, Uint8Array.of(...head, 1), 'utf-8'],
  ]),
  ['a NUL after other bytes', Buffer.from('CLSA\0'), BINARY],
  ['a NUL at the end of the first 4 KB', Buffer.from(`${'x'.repeat(4095)}\0`), BINARY],
  ['a NUL after the first 4 KB', Buffer.from(`${'x'.repeat(4096)}\0`), 'utf-8'],
  ['a NUL after a mark', Buffer.from('\ufeff\0'), 'utf-8'],
  ['half a mark of UTF-8', Uint8Array.of(0xef, 0xbb, 0x3c), 'utf-8'],
  ['white space and then something else in UTF-16', utf16le(' a<'), BINARY],
])('%s', (_, bytes, expected) => {
  expect(verdict(bytes)).toBe(expected);
});

/* The first four bytes of files without a mark; the first row that matches counts. */
const ROWS: [RegExp, string][] = [
  [/^(fffe0000|0000feff)/, UTF_32],
  [/^(fffe|feff)/, UTF_16],
  [/^efbbbf/, 'utf-8'],
  [/^(3c000000|0000003c)/, UTF_32],
  [/^(3c00|003c)/, UTF_16],
  [/^3c/, 'utf-8'],
  [/^00/, DAMAGED],
  [/^1f8b(..)*00/, compressed('gzip')],
  [/^504b(..)*00/, compressed('zip')],
  [/^(..)*00/, BINARY],
  [/^/, 'utf-8'],
];

test('every combination of the bytes that matter, in the first four places', () => {
  const bytes = [0x00, 0x3c, 0x3f, 0xff, 0xfe, 0xef, 0xbb, 0xbf, 0x50, 0x4b, 0x1f, 0x8b];
  const heads = bytes.flatMap((a) => bytes.flatMap((b) => bytes.flatMap((c) => bytes.map((d) => [a, b, c, d]))));
  const wrong = heads.filter((head) => {
    const hex = Buffer.from(head).toString('hex');
    return verdict(Uint8Array.from(head)) !== ROWS.find(([row]) => row.test(hex))?.[1];
  });
  expect(wrong).toEqual([]);
});

test('a document begins after its byte order mark', () => {
  expect([sourceOf(XML), sourceOf(`\ufeff${XML}`), sourceOf('\ufeff')].map(bomLength)).toEqual([0, 3, 3]);
});

test('a span that reaches beyond the end is shortened', () => {
  const source = memorySource(Uint8Array.of(1, 2, 3));
  expect([...readSpan(source, { offset: 2, length: 5 })]).toEqual([3]);
  expect([...readSpan(source, { offset: 9, length: 5 })]).toEqual([]);
});

describe('the advice for an error before NUL bytes', () => {
  const ADVICE =
    '; the file ends in NUL bytes, as after a power failure: restore it from the history folder (inetsrv\\History on the ' +
    'server) or from a backup, because the rest cannot be trusted';
  const after = (text: string, nuls: number, end = ''): string => text + '\0'.repeat(nuls) + end;

  test.each<[string, string, number, string]>([
    ['at the first of them', after('<a>', 5), 3, ADVICE],
    ['at one of them', after('<a>', 5), 6, ADVICE],
    ['at the beginning of a file of them', after('', 5), 0, ADVICE],
    ['shortly before them', after('x'.repeat(255), 1), 0, ADVICE],
    ['longer before them', after('x'.repeat(256), 1), 0, ''],
    ['before many', after('<a>', 10_000), 1, ADVICE],
    ['before many and another byte', after('<a>', 10_000, 'x'), 1, ''],
    ['before some and another byte', after('<a>', 5, '>'), 1, ''],
    ['before some, if the byte after 4096 of them is the last', after('', 4096, 'x'), 0, ''],
    ['before none', '<a>', 1, ''],
    ['at the end', '<a>', 3, ''],
  ])('%s', (_, document, offset, advice) => {
    expect(adviceAt(sourceOf(document), offset)).toBe(advice);
  });
});
