import { Byte } from '../source/byte.ts';
import { MetabaseError } from '../errors.ts';
import { decodeUtf8 } from '../source/utf8.ts';
import { readSpan, type Source, type Span } from '../source/source.ts';

/** How many bytes are read at first to find a line end; the number doubles until one is found. */
const BLOCK = 1 << 12;

/** @returns Where the line that contains `offset` begins. */
export function lineStart(source: Source, offset: number): number {
  return linesBefore(source, offset, 0);
}

/** @returns Where the line begins that is `count` lines before the one that contains `offset`. */
export function linesBefore(source: Source, offset: number, count: number): number {
  let end = offset;
  for (let size = BLOCK; end > 0; size *= 2) {
    const begin = Math.max(0, end - size);
    const bytes = readSpan(source, { offset: begin, length: end - begin });
    for (
      let lf = bytes.lastIndexOf(Byte.LineFeed);
      lf >= 0;
      lf = lf === 0 ? -1 : bytes.lastIndexOf(Byte.LineFeed, lf - 1)
    ) {
      if (count-- === 0) return begin + lf + 1;
    }
    end = begin;
  }
  return 0;
}

/**
 * @param stop Where the search ends at the latest.
 * @returns How many lines there are from `offset` on, at most `count`, where the rest of its own line is the first; and where the
 * last of them ends: after its line end, at the end of the source, or at `stop`.
 */
export function linesAfter(
  source: Source,
  offset: number,
  count: number,
  stop = source.length,
): { count: number; end: number } {
  let found = 0;
  let at = offset;
  let lineEnd = offset;
  for (let size = BLOCK; found < count; size *= 2) {
    const bytes = readSpan(source, { offset: at, length: Math.min(size, stop - at) });
    if (bytes.length === 0) break;
    for (let lf = bytes.indexOf(Byte.LineFeed); lf >= 0 && found < count; lf = bytes.indexOf(Byte.LineFeed, lf + 1)) {
      found++;
      lineEnd = at + lf + 1;
    }
    at += bytes.length;
  }
  const hasUnendedLine = found < count && lineEnd < at;
  return hasUnendedLine ? { count: found + 1, end: at } : { count: found, end: lineEnd };
}

/** @returns Where the line that contains `offset` ends: after its line end, or at the end of the source. */
export function lineEnd(source: Source, offset: number): number {
  return linesAfter(source, offset, 1).end;
}

/** In bytes. A longer text may not fit into one string with the rest of a diff. */
const LONGEST = 100_000_000;

/** @returns The text of the span, a byte order mark kept. @throws MetabaseError LINE_TOO_LONG */
export function readText(source: Source, span: Span): string {
  if (span.length > LONGEST) {
    const message = `lines of ${Math.round(span.length / 1e6)} MB are too long for a diff; -q or --json patches without one`;
    throw new MetabaseError('LINE_TOO_LONG', message);
  }
  return decodeUtf8(readSpan(source, span));
}

/** @returns The lines of the text, each with its line end; the last may have none. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
