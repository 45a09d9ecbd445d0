import type { FileHandle } from 'node:fs/promises';
import type { InputFile } from './input-file.ts';

const CHUNK = 1 << 22;

/**
 * Copies the whole input without blocking. (Node's own copyFile never ends if the file becomes shorter in the meantime.)
 * @throws MetabaseError INPUT_CHANGED, FILE_UNREADABLE, or the system's error of writing
 */
export async function copyInput(input: InputFile, to: FileHandle): Promise<void> {
  const { length } = input.source;
  const chunk = new Uint8Array(Math.min(CHUNK, length));
  for (let at = 0; at < length; at += CHUNK) {
    const part = chunk.subarray(0, length - at);
    await input.readAsync(at, part);
    await writeAt(to, part, at);
  }
}

/**
 * Writes all chunks one after the other.
 * @param start Where in the file to begin; null for a device or a pipe, which has no positions.
 * @returns Where the writing ended.
 */
export async function writeChunks(
  file: FileHandle,
  chunks: Iterable<{ readonly bytes: Uint8Array }>,
  start: number | null,
): Promise<number> {
  let at = start ?? 0;
  for (const { bytes } of chunks) {
    await writeAt(file, bytes, start === null ? null : at);
    at += bytes.length;
  }
  return at;
}

/** Writes all the bytes, in as many calls as the system needs. */
export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number | null): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const at = position === null ? null : position + done;
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at);
    done += bytesWritten;
  }
}
