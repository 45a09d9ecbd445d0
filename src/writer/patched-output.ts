import type { Edit } from '../patch/plan.ts';
import type { Source, Span } from '../source/source.ts';
import { encodeUtf8 } from '../source/utf8.ts';

/** The bytes that an edit replaces, and the text that takes their place. */
export type Replacement = Pick<Edit, 'offset' | 'length' | 'new'>;

/** One step of making the output: bytes copied from the input, or new bytes. */
export type Piece = { readonly copy: Span } | { readonly bytes: Uint8Array };

/**
 * @param length The input's length in bytes.
 * @param edits In the order of their offsets, not overlapping.
 * @returns The pieces that make up the output, in order.
 */
export function toPieces(length: number, edits: readonly Replacement[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const copyUpTo = (end: number): void => {
    if (end > at) pieces.push({ copy: { offset: at, length: end - at } });
  };
  for (const edit of edits) {
    copyUpTo(edit.offset);
    pieces.push({ bytes: encodeUtf8(edit.new) });
    at = edit.offset + edit.length;
  }
  copyUpTo(length);
  return pieces;
}

/** How many bytes are copied at once. */
const CHUNK = 1 << 20;

/** A part of the output: its bytes, valid until the next part is requested. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Where in the input they are copied from; null for new bytes. */
  readonly from: number | null;
}

/** @returns The output of the edits, in order. */
export function* outputChunks(input: Source, edits: readonly Replacement[]): Generator<Chunk, void> {
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
export function patchedBytes(input: Uint8Array, edits: readonly Replacement[]): Uint8Array {
  const pieces = toPieces(input.length, edits);
  const output = new Uint8Array(
    pieces.reduce((sum, piece) => sum + ('copy' in piece ? piece.copy : piece.bytes).length, 0),
  );
  let at = 0;
  // Straight from the input: with chunks, everything would be copied twice.
  for (const piece of pieces) {
    const part =
      'copy' in piece ? input.subarray(piece.copy.offset, piece.copy.offset + piece.copy.length) : piece.bytes;
    output.set(part, at);
    at += part.length;
  }
  return output;
}

/** @returns Where the output goes unless the user says otherwise: `<name>.patched.xml`, without the input's final `.xml`. */
export function defaultOutput(path: string): string {
  return `${path.replace(/\.xml$/i, '')}.patched.xml`;
}
