import { rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** A new file that is written under a name of its own, until it is whole. */
export interface TemporaryFile {
  readonly path: string;
  readonly file: FileHandle;
}

/** The temporary files that exist now or are being opened. */
const live = new Map<string, Promise<FileHandle>>();

/** @param mode The most that its mode may be. @throws the system's error */
export async function createTemporary(folder: string, mode: number): Promise<TemporaryFile> {
  const unique = Math.random().toString(36).slice(2);
  const path = join(folder, `.iis-metabase-patch-${process.pid}-${unique}.tmp`);
  const opening = open(path, 'wx+', mode);
  live.set(path, opening);
  try {
    return { path, file: await opening };
  } catch (error) {
    live.delete(path);
    throw error;
  }
}

/** Closes the file and removes its temporary name, if it still has it. */
export async function discardTemporary({ path, file }: TemporaryFile): Promise<void> {
  await file.close();
  remove(path);
}

/** Removes all of them, for a process that is about to end; what was being written is lost. */
export async function removeTemporaries(): Promise<void> {
  // A file that is being opened would appear after its name was removed.
  await Promise.allSettled(live.values());
  for (const path of live.keys()) remove(path);
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder was made read-only in the meantime: nothing can be done, and another error reports it.
  }
  live.delete(path);
}
