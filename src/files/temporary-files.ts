import { unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** A new file that is written under a name of its own, until it is whole. */
export interface TemporaryFile {
  readonly path: string;
  readonly file: FileHandle;
}

/** The temporary files that exist now or are being opened. */
const live = new Map<string, Promise<FileHandle>>();

/** @param mode Its mode, before the umask. @throws the system's error */
export async function createTemporary(folder: string, mode: number): Promise<TemporaryFile> {
  const unique = Math.random().toString(36).slice(2);
  const path = join(folder, `.iis-metabase-patch-${process.pid}-${unique}.tmp`);
  const opening = open(path, 'wx', mode);
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
  // Closing can fail as writing did; the file is removed all the same.
  await file.close().catch(() => undefined);
  removeQuietly(path);
}

/** Removes all of them, for a process that is about to end; what was being written is lost. */
export async function removeTemporaries(): Promise<void> {
  // A file that is being opened would appear after its name was removed.
  await Promise.allSettled(live.values());
  for (const path of live.keys()) removeQuietly(path);
}

/** Removes a file if that is possible; if not, nothing can be done, and whatever led here is reported already. */
export function removeQuietly(path: string): void {
  try {
    // Not rmSync: on Windows, that of some versions of Node 24 does nothing, or crashes, if the path has a character beyond ASCII.
    unlinkSync(path);
  } catch {
    // It has its final name by now, or the folder was made read-only in the meantime.
  }
  live.delete(path);
}
