import type { Span } from '../source/source.ts';

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

/** @returns The whole output, made in memory. */
export function joinPieces(input: Uint8Array, pieces: readonly Piece[]): Uint8Array {
  const parts = pieces.map((piece) =>
    'copy' in piece ? input.subarray(piece.copy.offset, piece.copy.offset + piece.copy.length) : piece.bytes,
  );
  const output = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    output.set(part, at);
    at += part.length;
  }
  return output;
}
