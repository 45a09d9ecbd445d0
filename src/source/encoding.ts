import { type Code, MetabaseError } from '../errors.ts';
import { readSpan, type Source } from './source.ts';

/** How many bytes at the beginning of a file are searched for a NUL. */
const PROBE = 4096;

/** NUL bytes within this distance after an error may be its cause: it is reported where the token begins that they cut short. */
const TOKEN = 256;

const UTF8_BOM = [0xef, 0xbb, 0xbf];

/** What to do about an encoding other than UTF-8, which is the only one that IIS documents. */
export const SAVE_AS_UTF8 = 'export the metabase again, or save the file as UTF-8';

/** What to do about a file with NUL bytes where text should be. */
const RESTORE =
  'restore it from the history folder (inetsrv\\History on the server) or from a backup, because the rest cannot be trusted';

/**
 * How the files that are refused begin, each byte as a character, and why they are refused. Encodings begin with their byte order mark, or with `<` after
 * white space; UTF-32 comes first, because its mark begins with that of UTF-16. A binary file has a NUL, and does not begin with `<`.
 */
const REFUSED: readonly (readonly [beginning: RegExp, Code, message: string])[] = [
  [
    /^(\xff\xfe\0\0|\0\0\xfe\xff|([ \t\r\n]\0\0\0)*<\0\0\0|(\0\0\0[ \t\r\n])*\0\0\0<)/,
    'ENCODING_UNSUPPORTED',
    `this is UTF-32; only UTF-8 is read: ${SAVE_AS_UTF8}`,
  ],
  [
    /^(\xff\xfe|\xfe\xff|([ \t\r\n]\0)*<\0|(\0[ \t\r\n])*\0<)/,
    'ENCODING_UNSUPPORTED',
    `this is UTF-16; only UTF-8 is read: ${SAVE_AS_UTF8}`,
  ],
  [/^\0/, 'FILE_DAMAGED', `the file begins with NUL bytes, as files do after a power failure: ${RESTORE}`],
  [/^PK.*\0/s, 'FILE_COMPRESSED', 'this is a zip archive: unpack it first'],
  [/^\x1f\x8b.*\0/s, 'FILE_COMPRESSED', 'this is a gzip archive: unpack it first'],
  [/^MSCF.*\0/s, 'FILE_COMPRESSED', 'this is a cab archive: unpack it first'],
  [/^7z\xbc\xaf\x27\x1c.*\0/s, 'FILE_COMPRESSED', 'this is a 7z archive: unpack it first'],
  [
    /^(?![ \t\r\n]*<).*\0/s,
    'BINARY_METABASE',
    'this is a binary file, such as the metabase of IIS 5.0 (MetaBase.bin), which has no XML form; ' +
      'change the value on the live server instead (adsutil.vbs, MetaEdit)',
  ],
];

/**
 * Checks by the first bytes whether a file can be read as UTF-8 (XML 1.0, appendix F).
 * @throws MetabaseError EMPTY_FILE, ENCODING_UNSUPPORTED, FILE_DAMAGED, FILE_COMPRESSED, BINARY_METABASE
 */
export function assertUtf8(source: Source): void {
  if (source.length === 0) throw new MetabaseError('EMPTY_FILE', 'the file is empty');
  if (bomLength(source) > 0) return;
  const head = String.fromCharCode(...readSpan(source, { offset: 0, length: PROBE }));
  for (const [beginning, code, message] of REFUSED) if (beginning.test(head)) throw new MetabaseError(code, message);
}

/** @returns How many bytes the byte order mark of a UTF-8 file has: 3 or 0. */
export function bomLength(source: Source): number {
  const head = readSpan(source, { offset: 0, length: UTF8_BOM.length });
  return UTF8_BOM.every((byte, i) => head[i] === byte) ? UTF8_BOM.length : 0;
}

/** @returns Advice to append to an error at the offset if only NUL bytes follow to the end of the file; else nothing. */
export function adviceAt(source: Source, offset: number): string {
  const first = readSpan(source, { offset, length: TOKEN }).indexOf(0);
  if (first < 0) return '';
  for (let at = offset + first; at < source.length; at += PROBE) {
    if (readSpan(source, { offset: at, length: PROBE }).some((byte) => byte !== 0)) return '';
  }
  return `; the file ends in NUL bytes, as after a power failure: ${RESTORE}`;
}
