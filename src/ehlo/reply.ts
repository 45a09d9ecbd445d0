import { MetabaseError } from '../errors.ts';
import { Byte } from '../source/byte.ts';
import { decodeUtf8 } from '../source/utf8.ts';

/** A reply of an SMTP server (RFC 5321, section 4.2). */
export interface Reply {
  /** The three digits, for instance 250. */
  readonly code: number;
  /** The text of each line, without the code; at least one line. */
  readonly lines: readonly string[];
  /** How many bytes the reply takes up, its line ends included. */
  readonly length: number;
}

/** The longest reply that is read, in bytes. Real ones have less than 1 KB; a longer one is a fault or an attack. */
const MAX_LENGTH = 64 * 1024;

/** Reply-code, then `-` on every line but the last, and a space or nothing on the last (RFC 5321, section 4.2). */
const REPLY_LINE = /^([2-5][0-5][0-9])(?:([ -])(.*))?$/s;

/** What may have arrived of such a line so far. */
const BEGINNING = /^(?:[2-5](?:[0-5](?:[0-9](?:[ -].*|\r)?)?)?)?$/s;

/**
 * Reads the reply that the bytes begin with. A line may end in a bare LF, as some servers send it.
 * @returns The reply, or null if more bytes are needed; what follows the reply is ignored.
 * @throws MetabaseError SMTP_PROTOCOL for what cannot be a reply: no reply code, two different ones, or over 64 KB
 */
export function readReply(bytes: Uint8Array): Reply | null {
  const lines: string[] = [];
  let code: string | null = null;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(Byte.LineFeed, start);
    if (end === -1) {
      const beginning = decodeUtf8(bytes.subarray(start));
      if (!BEGINNING.test(beginning)) throw notAReply(beginning);
      if (bytes.length > MAX_LENGTH) throw tooLong();
      return null;
    }
    const line = decodeUtf8(bytes.subarray(start, end)).replace(/\r$/, '');
    const match = REPLY_LINE.exec(line);
    if (match === null) throw notAReply(line);
    if (end >= MAX_LENGTH) throw tooLong();

    const [, lineCode, separator, text = ''] = match;
    if (code !== null && lineCode !== code) throw protocolError(`one reply has two codes, ${code} and ${lineCode}`);
    code = lineCode;
    lines.push(text);
    start = end + 1;
    if (separator !== '-') return { code: Number(code), lines, length: start };
  }
}

function notAReply(line: string): MetabaseError {
  return protocolError(`the server does not speak SMTP; it sent "${line.slice(0, 40)}"`);
}

function tooLong(): MetabaseError {
  return protocolError('the server sent a reply of more than 64 KB');
}

function protocolError(message: string): MetabaseError {
  return new MetabaseError('SMTP_PROTOCOL', message);
}
