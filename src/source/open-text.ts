import { MetabaseError } from '../errors.ts';
import { readSpan, type Source } from './source.ts';
import type { Encoding, Text } from './text.ts';
import { utf16Text } from './utf16.ts';
import { encodeUtf8 } from './utf8.ts';

const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** How far a NUL is looked for before the file is called a binary metabase. */
const BINARY_PROBE = 4096;

/**
 * Finds out the encoding from the first bytes (XML 1.0, appendix F) and gives the file as UTF-8.
 * @throws MetabaseError EMPTY_FILE, ENCODING_UNSUPPORTED, BINARY_METABASE
 */
export function openText(file: Source): Text {
  if (file.length === 0) throw new MetabaseError('EMPTY_FILE', 'the file is empty');
  const head = readSpan(file, { offset: 0, length: BINARY_PROBE });
  refuseOtherEncodings(head);
  if (startsWith(head, 0xff, 0xfe)) return textIn(file, 'utf-16le');
  if (startsWith(head, 0xfe, 0xff)) return textIn(file, 'utf-16be');
  const hasMark = startsWith(head, ...UTF8_MARK);
  const isAsciiXml = startsWith(head, 0x3c, 0x3f, 0x78, 0x6d);
  if (!hasMark && !isAsciiXml && head.includes(0)) throw binaryMetabase();
  return textIn(file, 'utf-8');
}

/** @returns The file read in an encoding that is known. */
export function textIn(file: Source, encoding: Encoding): Text {
  if (encoding !== 'utf-8') return utf16Text(file, encoding);
  const hasMark = startsWith(readSpan(file, { offset: 0, length: UTF8_MARK.length }), ...UTF8_MARK);
  return {
    encoding,
    source: file,
    start: hasMark ? UTF8_MARK.length : 0,
    toFileOffset: (offset) => offset,
    fromFileOffset: (offset) => offset,
    encode: encodeUtf8,
  };
}

function refuseOtherEncodings(head: Uint8Array): void {
  const [a, b, c, d] = head;
  const refuse = (what: string): never => {
    throw new MetabaseError('ENCODING_UNSUPPORTED', `${what} is not read: save the file as UTF-8`);
  };
  if (head.length < 4) return;
  const isMark = (x: number, y: number): boolean => (x === 0xff && y === 0xfe) || (x === 0xfe && y === 0xff);
  if ((isMark(a, b) && c === 0 && d === 0) || (a === 0 && b === 0 && isMark(c, d))) refuse('UTF-32');
  const zeros = [a, b, c, d].filter((byte) => byte === 0).length;
  if (zeros === 3 && head.subarray(0, 4).includes(0x3c)) refuse('UTF-32');
  if (a === 0x3c && b === 0 && d === 0) refuse('UTF-16 without a byte order mark');
  if (a === 0 && b === 0x3c && c === 0) refuse('UTF-16 without a byte order mark');
  if (a === 0x4c && b === 0x6f && c === 0xa7 && d === 0x94) refuse('EBCDIC');
}

function binaryMetabase(): MetabaseError {
  return new MetabaseError(
    'BINARY_METABASE',
    'this looks like the binary metabase of IIS 5.0 (MetaBase.bin), which has no XML form; ' +
      'change the value on the live server instead (adsutil.vbs, MetaEdit)',
  );
}

function startsWith(head: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
