import { type Code, MetabaseError } from '../errors.ts';
import { Byte } from './byte.ts';
import { readSpan, type Source } from './source.ts';

/** How many bytes at the beginning of a file are searched for a NUL. */
const PROBE = 4096;

/** NUL bytes that begin within this distance of an error may be its cause: the error is where the token begins that they cut off. */
const TOKEN = 256;

const WHITE_SPACE: readonly number[] = [Byte.Space, Byte.Tab, Byte.LineFeed, Byte.CarriageReturn];

const UTF8_BOM = [0xef, 0xbb, 0xbf];

/**
 * The encodings that are refused: their byte order mark, the size of a code unit, and which of its bytes an ASCII character is in.
 * UTF-32 comes first, because its mark begins with that of UTF-16.
 */
const OTHERS: readonly (readonly [string, bom: readonly number[], size: number, index: number])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0], 4, 0],
  ['UTF-32', [0, 0, 0xfe, 0xff], 4, 3],
  ['UTF-16', [0xff, 0xfe], 2, 0],
  ['UTF-16', [0xfe, 0xff], 2, 1],
];

/** How archives begin: zip, gzip, cab, 7z. */
const ARCHIVES: readonly (readonly [string, readonly number[]])[] = [
  ['zip', [0x50, 0x4b]],
  ['gzip', [0x1f, 0x8b]],
  ['cab', [0x4d, 0x53, 0x43, 0x46]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
];

/** What to do about an encoding other than UTF-8, which is the only one that IIS documents. */
export const SAVE_AS_UTF8 = 'export the metabase again, or save the file as UTF-8';

/** What to do about a file with NUL bytes where text should be. */
const RESTORE =
  'restore it from the history folder (inetsrv\\History on the server) or from a backup, because the rest cannot be trusted';

/**
 * Checks by the first bytes whether a file can be read as UTF-8 (XML 1.0, appendix F).
 * @throws MetabaseError EMPTY_FILE, ENCODING_UNSUPPORTED, FILE_DAMAGED, FILE_COMPRESSED, BINARY_METABASE
 */
export function assertUtf8(source: Source): void {
  if (source.length === 0) throw new MetabaseError('EMPTY_FILE', 'the file is empty');
  const head = readSpan(source, { offset: 0, length: PROBE });
  if (startsWith(head, UTF8_BOM)) return;
  const other = OTHERS.find(([, bom, size, index]) => startsWith(head, bom) || beginsWithLessThan(head, size, index));
  if (other !== undefined) {
    throw new MetabaseError('ENCODING_UNSUPPORTED', `this is ${other[0]}; only UTF-8 is read: ${SAVE_AS_UTF8}`);
  }
  if (!beginsWithLessThan(head, 1, 0) && head.includes(0)) throw new MetabaseError(...reasonForNul(head));
}

/** @returns How many bytes the byte order mark of a UTF-8 file has: 3 or 0. */
export function bomLength(source: Source): number {
  return startsWith(readSpan(source, { offset: 0, length: UTF8_BOM.length }), UTF8_BOM) ? UTF8_BOM.length : 0;
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

/** Whether the first character after white space is `<`, in code units of `size` bytes with the character at `index`. */
function beginsWithLessThan(head: Uint8Array, size: number, index: number): boolean {
  for (let at = 0; at + size <= head.length; at += size) {
    const unit = head.subarray(at, at + size);
    if (unit.some((byte, i) => byte !== 0 && i !== index)) return false;
    if (unit[index] === Byte.LessThan) return true;
    if (!WHITE_SPACE.includes(unit[index])) return false;
  }
  return false;
}

function reasonForNul(head: Uint8Array): [Code, string] {
  if (head[0] === 0) {
    return ['FILE_DAMAGED', `the file begins with NUL bytes, as files do after a power failure: ${RESTORE}`];
  }
  const archive = ARCHIVES.find(([, signature]) => startsWith(head, signature));
  if (archive !== undefined) return ['FILE_COMPRESSED', `this is a ${archive[0]} archive: unpack it first`];
  return [
    'BINARY_METABASE',
    'this is a binary file, such as the metabase of IIS 5.0 (MetaBase.bin), which has no XML form; ' +
      'change the value on the live server instead (adsutil.vbs, MetaEdit)',
  ];
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
