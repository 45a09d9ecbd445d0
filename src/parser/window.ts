import type { Code, MetabaseError } from '../errors.ts';
import { errorAt } from '../source/position.ts';
import { adviceAt, bomLength } from '../source/encoding.ts';
import type { Source } from '../source/source.ts';
import { decodeUtf8, firstMalformed, isUtf8, lastSequenceStart } from '../source/utf8.ts';

/** The initial size of a window in bytes; it doubles for a longer token. */
export const WINDOW_SIZE = 1 << 17;

/** A window is at least this large, so that it can hold a whole character. */
const SMALLEST = 8;

/** Thrown by a production that reaches the end of the window; it is tried again when the window contains more. */
export const INCOMPLETE = new Error('the token does not end inside the window');

/**
 * The part of a file that the scanner sees. The last byte is followed by a 0, which no document may contain (Char [2]): it ends
 * every loop, so that no loop reads past the end of the array, which would make all its reads slow.
 */
export class Window {
  bytes: Uint8Array;
  /** Where the document begins: after the byte order mark. */
  readonly documentStart: number;
  /** The index in `bytes` after the last byte that may be looked at. */
  end = 0;
  /** The offset in the file at which `bytes` begins. */
  base: number;
  /** Whether the window ends early, because the bytes after it are not UTF-8. */
  isBroken = false;

  constructor(
    readonly source: Source,
    size: number,
  ) {
    this.documentStart = bomLength(source);
    this.base = this.documentStart;
    this.bytes = new Uint8Array(Math.max(size, SMALLEST) + 1);
    this.#fill(0);
  }

  /** Moves on, and keeps the bytes from index `from` on. @returns Whether the window has gained any bytes. */
  slide(from: number): boolean {
    const kept = this.bytes.subarray(from, this.end);
    const size = this.bytes.length - 1;
    if (kept.length > size / 2) this.bytes = new Uint8Array(size * 2 + 1);
    this.bytes.set(kept);
    this.base += from;
    this.#fill(kept.length);
    return this.end > kept.length;
  }

  /**
   * Refuses the document because of the byte at index `at`. At the end of the window that byte is not known yet.
   * @throws INCOMPLETE, or MetabaseError with the code
   */
  refuse(at: number, code: Code, message: string): never {
    if (at >= this.end) throw INCOMPLETE;
    throw this.#error(this.base + at, code, message);
  }

  /** @throws MetabaseError XML_UNEXPECTED_END, or ENCODING_INVALID if the bytes are not UTF-8 from here on */
  refuseEnd(message: string): never {
    const at = this.base + this.end;
    if (this.isBroken) throw this.#error(at, 'ENCODING_INVALID', 'these bytes are not UTF-8');
    throw this.#error(at, 'XML_UNEXPECTED_END', message);
  }

  /** @returns The bytes from `start` to `end` as text. */
  decode(start: number, end: number): string {
    return decodeUtf8(this.bytes.subarray(start, end));
  }

  #error(offset: number, code: Code, message: string): MetabaseError {
    return errorAt(this.source, offset, code, message + adviceAt(this.source, offset));
  }

  #fill(from: number): void {
    const { source } = this;
    const size = this.bytes.length - 1;
    const read = this.isBroken ? 0 : source.read(this.base + from, this.bytes.subarray(from, size));
    const isLast = this.base + from + read >= source.length;
    this.end = isLast ? from + read : Math.max(from, lastSequenceStart(this.bytes, from + read));
    const added = this.bytes.subarray(from, this.end);
    if (!isUtf8(added)) {
      this.isBroken = true;
      this.end = from + firstMalformed(added);
    }
    this.bytes[this.end] = 0;
  }
}
