import { type Code, type Excerpt, MetabaseError, type Position } from '../errors.ts';
import { bomLength } from './encoding.ts';
import { readSpan, type Source } from './source.ts';
import { decodeUtf8, isContinuation } from './utf8.ts';

const LF = 0x0a;
const CHUNK = 1 << 16;

/** How many columns of a line an excerpt shows. */
const WIDTH = 80;

/**
 * Finds lines and columns in one pass over the file, which goes no further than the last offset.
 * @param offsets In any order.
 * @returns The position of each of these offsets, and of no other.
 */
export function positionsOf(source: Source, offsets: Iterable<number>): (offset: number) => Position {
  const found = new Map<number, Position>();
  const cursor = new LineCursor(source);
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) found.set(offset, cursor.advance(offset));
  return (offset) => {
    const position = found.get(offset);
    if (position === undefined) throw new RangeError(`no position was asked for at ${String(offset)}`);
    return position;
  };
}

class LineCursor {
  #at: number;
  #line = 1;
  #column = 1;

  constructor(private readonly source: Source) {
    // A byte order mark is not counted as a column.
    this.#at = bomLength(source);
  }

  advance(offset: number): Position {
    const chunk = new Uint8Array(Math.max(0, Math.min(CHUNK, offset - this.#at)));
    while (this.#at < offset) {
      const into = chunk.subarray(0, offset - this.#at);
      const length = this.source.read(this.#at, into);
      if (length === 0) break;
      this.#pass(into.subarray(0, length));
      this.#at += length;
    }
    return { line: this.#line, column: this.#column, offset };
  }

  #pass(bytes: Uint8Array): void {
    const lineStart = bytes.lastIndexOf(LF) + 1;
    if (lineStart > 0) {
      this.#line += countLineFeeds(bytes);
      this.#column = 1;
    }
    for (let i = lineStart; i < bytes.length; i++) if (!isContinuation(bytes[i])) this.#column++;
  }
}

/**
 * Counts four bytes at once, as lanes of a 32-bit number: three times as fast as one by one, which would take as long as the scan.
 * @param bytes The beginning of an array of their own, so that they are aligned.
 */
function countLineFeeds(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let count = 0;
  for (let i = 0; i < words.length;) {
    // A lane of the sum holds 255 at most.
    const end = Math.min(i + 255, words.length);
    let sum = 0;
    for (; i < end; i++) {
      const lanes = words[i] ^ 0x0a0a0a0a;
      // The high bit of each lane that is 0, and no other bit.
      sum += ~(((lanes & 0x7f7f7f7f) + 0x7f7f7f7f) | lanes | 0x7f7f7f7f) >>> 7;
    }
    count += (sum & 0xff) + ((sum >>> 8) & 0xff) + ((sum >>> 16) & 0xff) + (sum >>> 24);
  }
  for (let i = words.length << 2; i < bytes.length; i++) if (bytes[i] === LF) count++;
  return count;
}

/** @returns The error for a place in the text, told as line and column, with the line it stands in. */
export function errorAt(source: Source, offset: number, code: Code, message: string): MetabaseError {
  const position = positionsOf(source, [offset])(offset);
  return new MetabaseError(code, message, position, excerptAt(source, offset));
}

/** @returns What is around the place in its line, in at most 80 columns, and where the place is in that. */
export function excerptAt(source: Source, offset: number): Excerpt {
  const reach = WIDTH * 4;
  const begin = Math.max(bomLength(source), offset - reach);
  const before = readSpan(source, { offset: begin, length: offset - begin });
  const after = readSpan(source, { offset, length: reach });
  const lineEnd = after.indexOf(LF);
  const left = toColumns(before.subarray(before.lastIndexOf(LF) + 1));
  const right = toColumns(lineEnd < 0 ? after : after.subarray(0, lineEnd));
  if (right.at(-1) === '\r') right.pop();
  // The caret needs a column too where it points behind the line.
  const room = Math.max(WIDTH - Math.max(right.length, 1), WIDTH / 2);
  const shown = left.slice(-Math.min(room, left.length) || left.length);
  const columns = [...shown, ...right].slice(0, WIDTH);
  return { text: columns.map(visible).join(''), caret: shown.length };
}

function toColumns(bytes: Uint8Array): string[] {
  return Array.from(decodeUtf8(bytes));
}

/** A tab takes one column, and a control character is shown as its picture, so that the caret stands right. */
function visible(character: string): string {
  if (character === '\t') return ' ';
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character) ? '\ufffd' : character;
}
