import type { Edit } from '../patch/plan.ts';
import type { Source, Span } from '../source/source.ts';
import { encodeUtf8 } from '../source/utf8.ts';

/** The bytes that an edit replaces, and the text that takes their place. */
export type Replacement = Pick<Edit, 'offset' | 'length' | 'new'>;

/** A part of the output: a span of the input, or new bytes. */
export type Piece = Span | Uint8Array;

/**
 * @param length The input's length in bytes.
 * @param edits In the order of their offsets, not overlapping.
 * @returns The pieces that make up the output, in order.
 */
export function toPieces(length: number, edits: readonly Replacement[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const edit of [...edits, { offset: length, length: 0, new: '' }]) {
    if (edit.offset > at) pieces.push({ offset: at, length: edit.offset - at });
    if (edit.new !== '') pieces.push(encodeUtf8(edit.new));
    at = edit.offset + edit.length;
  }
  return pieces;
}

/** How many bytes are copied at once. */
const CHUNK = 1 << 20;

/** A part of the output: its bytes, valid until the next part is requested. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Where in the input they are copied from or, for new bytes, where they are put in. */
  readonly offset: number;
  readonly isNew: boolean;
}

/** @returns The output of the edits, in order. */
export function* outputChunks(input: Source, edits: readonly Replacement[]): Generator<Chunk, void> {
  const buffer = new Uint8Array(Math.min(CHUNK, input.length));
  let offset = 0;
  for (const piece of toPieces(input.length, edits)) {
    if (!('offset' in piece)) {
      yield { bytes: piece, offset, isNew: true };
      continue;
    }
    const end = piece.offset + piece.length;
    for (offset = piece.offset; offset < end; offset += CHUNK) {
      const bytes = buffer.subarray(0, end - offset);
      input.read(offset, bytes);
      yield { bytes, offset, isNew: false };
    }
    offset = end;
  }
}

/** @returns The whole output of the edits, made in memory. */
export function patchedBytes(input: Uint8Array, edits: readonly Replacement[]): Uint8Array {
  const pieces = toPieces(input.length, edits);
  const output = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  // Straight from the input: with chunks, everything would be copied twice.
  for (const piece of pieces) {
    output.set('offset' in piece ? input.subarray(piece.offset, piece.offset + piece.length) : piece, at);
    at += piece.length;
  }
  return output;
}

/** @returns Where the output goes unless the user says otherwise: `<name>.patched.xml`, without the input's final `.xml`. */
export function defaultOutput(path: string): string {
  return `${path.replace(/\.xml$/i, '')}.patched.xml`;
}
