import { MetabaseError } from '../errors.ts';
import { Byte } from '../source/byte.ts';
import { readSpan, type Source } from '../source/source.ts';
import { decodeUtf8 } from '../source/utf8.ts';

/** How many bytes are read at first to find a line end; the number doubles until enough are found. */
const BLOCK = 1 << 12;

/** @returns Where the line begins that is `count` lines before the one that contains `offset`; 0 if there are not so many. */
export function linesBefore(source: Source, offset: number, count: number): number {
  let end = offset;
  for (let size = BLOCK; end > 0; size *= 2) {
    const begin = Math.max(0, end - size);
    const bytes = readSpan(source, { offset: begin, length: end - begin });
    for (let i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] === Byte.LineFeed && count-- === 0) return begin + i + 1;
    }
    end = begin;
  }
  return 0;
}

/**
 * @param to Where the search ends at the latest.
 * @returns Where the last of `count` lines ends, counting the rest of the line at `offset` as the first; at most `to`.
 */
export function linesAfter(source: Source, offset: number, count: number, to = source.length): number {
  let begin = offset;
  for (let size = BLOCK; count > 0; size *= 2) {
    const bytes = readSpan(source, { offset: begin, length: Math.min(size, to - begin) });
    if (bytes.length === 0) break;
    for (let lf = bytes.indexOf(Byte.LineFeed); lf >= 0; lf = bytes.indexOf(Byte.LineFeed, lf + 1)) {
      if (--count === 0) return begin + lf + 1;
    }
    begin += bytes.length;
  }
  return begin;
}

/** In bytes. A longer text might not fit into one string together with the rest of a diff. */
const LONGEST = 100_000_000;

/** @returns The text from one offset to the other, a byte order mark kept. @throws MetabaseError LINE_TOO_LONG */
export function readText(source: Source, from: number, to: number): string {
  const length = to - from;
  if (length > LONGEST) {
    const message = `lines of ${Math.round(length / 1e6)} MB are too long for a diff; -q or --json patches without one`;
    throw new MetabaseError('LINE_TOO_LONG', message);
  }
  return decodeUtf8(readSpan(source, { offset: from, length }));
}

/** @returns The lines of the text, each with its line end; the last may have none. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
