import type { FileHandle } from 'node:fs/promises';

const CHUNK = 1 << 22;

/** So many chunks are on their way at once: while one is written, others are read. */
const AT_ONCE = 3;

/**
 * Copies the first `length` bytes of a file. (Node's own copyFile never ends where the file becomes shorter meanwhile.)
 * @param read Fills the array from the offset on, or throws where it cannot.
 */
export async function copyBytes(
  read: (offset: number, into: Uint8Array) => Promise<void>,
  length: number,
  to: FileHandle,
): Promise<void> {
  let next = 0;
  const copyChunks = async (): Promise<void> => {
    const chunk = new Uint8Array(Math.min(CHUNK, length));
    for (let at = next; at < length; at = next) {
      next += CHUNK;
      const part = chunk.subarray(0, Math.min(CHUNK, length - at));
      await read(at, part);
      await writeAt(to, part, at);
    }
  };
  // All of them have ended when the copy has: the caller closes the files.
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, copyChunks));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

/** Writes all the bytes, in as many calls as the system takes. @param position Null where there are no positions. */
export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number | null): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const at = position === null ? null : position + done;
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at);
    done += bytesWritten;
  }
}
