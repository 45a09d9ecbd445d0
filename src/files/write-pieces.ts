import type { FileHandle } from 'node:fs/promises';
import { MetabaseError } from '../errors.ts';
import { memorySource, type Source } from '../source/source.ts';
import { writeAt } from './copy-bytes.ts';
import type { ByteEdit, Piece } from '../writer/pieces.ts';

const CHUNK = 1 << 20;

/** What takes bytes: an open file, or a stream. */
type Sink = (bytes: Uint8Array) => Promise<void>;

/** Hands on the bytes of the pieces, in order, chunk by chunk. */
export async function streamPieces(source: Source, pieces: readonly Piece[], sink: Sink): Promise<void> {
  const chunk = new Uint8Array(CHUNK);
  for (const piece of pieces) {
    const [from, { offset, length }] =
      'copy' in piece ? [source, piece.copy] : [memorySource(piece.bytes), { offset: 0, length: piece.bytes.length }];
    for (let done = 0; done < length;) {
      const read = from.read(offset + done, chunk.subarray(0, Math.min(CHUNK, length - done)));
      await sink(chunk.subarray(0, read));
      done += read;
    }
  }
}

/**
 * @param position Where in the file to begin; null for a device or a pipe, which has no positions.
 * @returns Where the writing ended.
 */
export async function writePieces(
  file: FileHandle,
  source: Source,
  pieces: readonly Piece[],
  position: number | null,
): Promise<number> {
  let at = position ?? 0;
  await streamPieces(source, pieces, async (bytes) => {
    await writeAt(file, bytes, position === null ? null : at);
    at += bytes.length;
  });
  return at;
}

/**
 * Reads what was written at the edited places, and the length.
 * @throws MetabaseError WRITE_FAILED where the file does not hold what it should
 */
export async function readBack(file: FileHandle, inputLength: number, edits: readonly ByteEdit[]): Promise<void> {
  let growth = 0;
  let isRight = true;
  for (const { offset, length, bytes } of edits) {
    const written = new Uint8Array(bytes.length);
    await file.read(written, 0, bytes.length, offset + growth);
    isRight &&= written.every((byte, i) => byte === bytes[i]);
    growth += bytes.length - length;
  }
  const { size } = await file.stat();
  if (!isRight || size !== inputLength + growth) {
    throw new MetabaseError('WRITE_FAILED', 'what was written could not be read back; the disk may be failing');
  }
}
