import type { Source, Span } from '../source/source.ts';

/** One step of making the output: bytes copied from the input, or bytes put in between. */
export type Piece = { readonly copy: Span } | { readonly bytes: Uint8Array };

/** An edit in the bytes of the file: `length` bytes at `offset` become `bytes`. */
export interface ByteEdit extends Span {
  readonly bytes: Uint8Array;
}

/**
 * @param length The input's length in bytes.
 * @param edits In the order of their offsets, not overlapping.
 * @returns What to copy and what to put in between, in order, so that together they are the output.
 */
export function toPieces(length: number, edits: readonly ByteEdit[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const copyUpTo = (end: number): void => {
    if (end > at) pieces.push({ copy: { offset: at, length: end - at } });
  };
  for (const edit of edits) {
    copyUpTo(edit.offset);
    pieces.push({ bytes: edit.bytes });
    at = edit.offset + edit.length;
  }
  copyUpTo(length);
  return pieces;
}

/** So much of a copy is read at once. */
const CHUNK = 1 << 20;

/** A part of the output: its bytes, good until the next part is asked for. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Where in the input they are copied from; null for bytes that are put in. */
  readonly from: number | null;
}

/** @returns The output of the edits, in order. */
export function* outputChunks(input: Source, edits: readonly ByteEdit[]): Generator<Chunk, void> {
  const buffer = new Uint8Array(Math.min(CHUNK, input.length));
  for (const piece of toPieces(input.length, edits)) {
    if ('bytes' in piece) yield { bytes: piece.bytes, from: null };
    else {
      const end = piece.copy.offset + piece.copy.length;
      for (let from = piece.copy.offset; from < end; from += CHUNK) {
        const bytes = buffer.subarray(0, end - from);
        input.read(from, bytes);
        yield { bytes, from };
      }
    }
  }
}

/** @returns The whole output of the edits, made in memory. */
export function patchedBytes(input: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  const growth = edits.reduce((sum, { length, bytes }) => sum + bytes.length - length, 0);
  const output = new Uint8Array(input.length + growth);
  let at = 0;
  // Straight from the input: a chunk would be one copy more.
  for (const piece of toPieces(input.length, edits)) {
    const part =
      'copy' in piece ? input.subarray(piece.copy.offset, piece.copy.offset + piece.copy.length) : piece.bytes;
    output.set(part, at);
    at += part.length;
  }
  return output;
}
