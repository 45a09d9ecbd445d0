import type { FileHandle } from 'node:fs/promises';
import type { Source } from '../source/source.ts';
import { outputChunks, type Replacement } from '../writer/patched-output.ts';
import { writeAt } from './copy-bytes.ts';

/**
 * Writes the output of the edits.
 * @param position Where in the file to begin; null for a device or a pipe, which has no positions.
 * @returns Where the writing ended.
 */
export async function writeOutput(
  file: FileHandle,
  source: Source,
  edits: readonly Replacement[],
  position: number | null,
): Promise<number> {
  let at = position ?? 0;
  for (const { bytes } of outputChunks(source, edits)) {
    await writeAt(file, bytes, position === null ? null : at);
    at += bytes.length;
  }
  return at;
}
