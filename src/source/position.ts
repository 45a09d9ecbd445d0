import { Byte } from './byte.ts';
import { type Code, type Excerpt, MetabaseError, type Position } from '../errors.ts';
import { bomLength } from './encoding.ts';
import { readSpan, type Source } from './source.ts';
import { decodeUtf8, isContinuation } from './utf8.ts';

const CHUNK = 1 << 16;

/** How many columns of a line an excerpt shows. */
const WIDTH = 80;

/**
 * Finds lines and columns in one pass over the file, up to the last offset.
 * @param offsets In any order.
 * @returns A function that gives the position of each of these offsets, and throws a RangeError for any other.
 */
export function positionsOf(source: Source, offsets: Iterable<number>): (offset: number) => Position {
  const chunk = new Uint8Array(CHUNK);
  const found = new Map<number, Position>();
  // A byte order mark is not counted as a column.
  let at = bomLength(source);
  let line = 1;
  let column = 1;
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    while (at < offset) {
      const into = chunk.subarray(0, offset - at);
      const bytes = into.subarray(0, source.read(at, into));
      if (bytes.length === 0) break;
      const lineStart = bytes.lastIndexOf(Byte.LineFeed) + 1;
      if (lineStart > 0) {
        line += countLineFeeds(bytes);
        column = 1;
      }
      for (let i = lineStart; i < bytes.length; i++) if (!isContinuation(bytes[i])) column++;
      at += bytes.length;
    }
    found.set(offset, { line, column, offset });
  }
  return (offset) => {
    const position = found.get(offset);
    if (position === undefined) throw new RangeError(`no position was asked for at ${String(offset)}`);
    return position;
  };
}

/**
 * Counts four bytes at once, as lanes of a 32-bit number: three times as fast as one by one, which would take as long as the scan.
 * @param bytes They must begin where their buffer does, so that they are aligned.
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
  for (let i = words.length << 2; i < bytes.length; i++) if (bytes[i] === Byte.LineFeed) count++;
  return count;
}

/** @returns The error at a place in the file, with its line and column and the line as an excerpt. */
export function errorAt(source: Source, offset: number, code: Code, message: string): MetabaseError {
  const position = positionsOf(source, [offset])(offset);
  return new MetabaseError(code, message, position, excerptAt(source, offset));
}

/** @returns The part of the line around the offset, in at most 80 columns, and the column of the offset in it. */
export function excerptAt(source: Source, offset: number): Excerpt {
  const reach = WIDTH * 4;
  const begin = Math.max(bomLength(source), offset - reach);
  const before = decodeUtf8(readSpan(source, { offset: begin, length: offset - begin }));
  const after = decodeUtf8(readSpan(source, { offset, length: reach }));
  const left = Array.from(before.replace(/.*\n/s, ''), visible);
  const right = Array.from(after.replace(/\r?\n.*/s, ''), visible);
  // The caret needs a column too if it points past the end of the line.
  const room = Math.max(WIDTH - Math.max(widthOf(right), 1), WIDTH / 2);
  const shownLeft = fitting(left.reverse(), room).reverse();
  const caret = widthOf(shownLeft);
  return { text: [...shownLeft, ...fitting(right, WIDTH - caret)].join(''), caret };
}

/** @returns How many columns the texts take. */
function widthOf(texts: readonly string[]): number {
  return Array.from(texts.join('')).length;
}

/** @returns The first of the texts, as many as fit into the columns. */
function fitting(texts: readonly string[], columns: number): string[] {
  let width = 0;
  return texts.filter((text) => (width += widthOf([text])) <= columns);
}

/** Controls, white space other than a space, and characters without width or that change the direction of the text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/** A tab takes one column; an invisible character is shown as its code: \u00a0. */
function visible(character: string): string {
  if (character === ' ' || character === '\t') return ' ';
  if (!INVISIBLE.test(character)) return character;
  const code = Number(character.codePointAt(0)).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
