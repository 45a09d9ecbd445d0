import type { Code, MetabaseError } from '../errors.ts';
import { errorAt } from '../source/position.ts';
import { isUtf8 } from '../source/is-utf8.ts';
import { bomLength, RESTORE } from '../source/encoding.ts';
import { readSpan, type Source } from '../source/source.ts';
import { decodeUtf8, firstMalformed, wholeSequences } from '../source/utf8.ts';

/** How many bytes a window has at first; it doubles for a token that is longer. */
export const WINDOW_SIZE = 1 << 17;

/** So much is new in a full window at least: a whole character, however it is encoded. */
const SMALLEST = 8;

/** Thrown by a production that met the end of the window: it is tried again when the window shows more. */
export const INCOMPLETE = new Error('the token does not end inside the window');

/**
 * The part of a text that the scanner looks at. Behind the last byte stands a 0, which no document may
 * hold: it stops every loop, and no loop reads past the array (which would make each of its reads slow).
 */
export class Window {
  bytes: Uint8Array;
  /** Where the document begins: after the byte order mark. */
  readonly start: number;
  /** The index in `bytes` behind the last byte that may be looked at. */
  end = 0;
  /** The offset in the text at which `bytes` begins. */
  base: number;
  #isBroken = false;

  constructor(
    readonly source: Source,
    size: number,
  ) {
    this.start = bomLength(source);
    this.base = this.start;
    this.bytes = new Uint8Array(Math.max(size, SMALLEST) + 1);
    this.#fill(0);
  }

  /** Moves on, keeping what stands from `from` on. @returns Whether there is more to look at than before. */
  slide(from: number): boolean {
    const kept = this.bytes.subarray(from, this.end);
    const size = this.bytes.length - 1;
    const target = kept.length > size / 2 ? new Uint8Array(size * 2 + 1) : this.bytes;
    target.set(kept);
    this.bytes = target;
    this.base += from;
    this.end = kept.length;
    const seen = this.end;
    this.#fill(seen);
    return this.end > seen;
  }

  /**
   * Refuses what stands at `at`. Where that is the end of the window, nothing is known yet.
   * @throws INCOMPLETE, or MetabaseError with the code
   */
  refuse(at: number, code: Code, message: string): never {
    if (at >= this.end) throw INCOMPLETE;
    throw this.#error(this.base + at, code, message);
  }

  /** @throws MetabaseError for a text that ends too early: ENCODING_INVALID where its bytes stop being UTF-8 */
  refuseEnd(message: string): never {
    const at = this.base + this.end;
    if (this.#isBroken) {
      throw this.#error(at, 'ENCODING_INVALID', 'these bytes are not UTF-8');
    }
    throw this.#error(at, 'XML_UNEXPECTED_END', message);
  }

  /** @returns The bytes from `start` to `end` as text. */
  decode(start: number, end: number): string {
    return decodeUtf8(this.bytes.subarray(start, end));
  }

  /** Whether everything was shown, so that what ends here is the document. */
  get isWhole(): boolean {
    return !this.#isBroken && this.base + this.end === this.source.length;
  }

  #error(offset: number, code: Code, message: string): MetabaseError {
    const advice = endsInNuls(this.source, offset)
      ? `; the file ends in NUL bytes, as after a power failure: ${RESTORE}`
      : '';
    return errorAt(this.source, offset, code, message + advice);
  }

  #fill(from: number): void {
    const { source } = this;
    const size = this.bytes.length - 1;
    const read = this.#isBroken ? 0 : source.read(this.base + from, this.bytes.subarray(from, size));
    const isLast = this.base + from + read >= source.length;
    this.end = isLast ? from + read : Math.max(from, wholeSequences(this.bytes, from + read));
    if (!isUtf8(this.bytes.subarray(from, this.end))) {
      this.#isBroken = true;
      this.end = firstMalformed(this.bytes, from, this.end);
    }
    this.bytes[this.end] = 0;
  }
}

/** How far from the place of an error the first NUL may be: the token that it cuts off begins there. */
const TOKEN = 256;

/** @returns Whether only NUL bytes follow to the end, from the offset on or a little later. */
function endsInNuls(source: Source, offset: number): boolean {
  const first = readSpan(source, { offset, length: TOKEN }).indexOf(0);
  if (first < 0) return false;
  for (let at = offset + first; at < source.length; at += WINDOW_SIZE) {
    if (readSpan(source, { offset: at, length: WINDOW_SIZE }).some((byte) => byte !== 0)) return false;
  }
  return true;
}
