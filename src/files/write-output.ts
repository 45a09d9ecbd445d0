import type { FileHandle } from 'node:fs/promises';
import { MetabaseError } from '../errors.ts';
import type { Source } from '../source/source.ts';
import { type ByteEdit, outputChunks } from '../writer/pieces.ts';
import { writeAt } from './copy-bytes.ts';

/**
 * Writes the output of the edits.
 * @param position Where in the file to begin; null for a device or a pipe, which has no positions.
 * @returns Where the writing ended.
 */
export async function writeOutput(
  file: FileHandle,
  source: Source,
  edits: readonly ByteEdit[],
  position: number | null,
): Promise<number> {
  let at = position ?? 0;
  for (const { bytes } of outputChunks(source, edits)) {
    await writeAt(file, bytes, position === null ? null : at);
    at += bytes.length;
  }
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
