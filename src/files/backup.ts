import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { placeOf } from './place.ts';
import { IS_WINDOWS } from './platform.ts';
import { systemCode } from './system-error.ts';
import { removeTemporary, temporaryName } from './temporary-files.ts';

/** A backup that stands there, whole. */
export interface Backup {
  readonly path: string;
  /** Takes it away, where the file it was made for stays as it is. */
  remove(): void;
}

/**
 * Gives the file a second name, `<name>.bak`, or the first free one of `<name>.bak.1` …: whole from its first moment,
 * at no cost, and with its rights and times. Where the file system has no hard links, a copy is made.
 * @param file The file itself. @param name The path the user knows it by.
 * @param taken The places that it may not take.
 */
export async function makeBackup(file: string, name: string, taken: ReadonlySet<string> = new Set()): Promise<Backup> {
  let copy: string | null = null;
  try {
    for (let i = 0; ; i++) {
      const path = i === 0 ? `${name}.bak` : `${name}.bak.${String(i)}`;
      if (taken.has(placeOf(path) ?? '')) continue;
      try {
        if (copy === null) linkSync(file, path);
        else takeName(copy, path);
        return {
          path,
          remove: () => {
            rmSync(path, { force: true });
          },
        };
      } catch (error) {
        if (systemCode(error) === 'EEXIST') continue;
        if (copy !== null) throw error;
        copy = await copyBeside(file, name);
        i--;
      }
    }
  } finally {
    if (copy !== null) removeTemporary(copy);
  }
}

async function copyBeside(file: string, name: string): Promise<string> {
  const copy = temporaryName(dirname(name));
  try {
    await copyFile(file, copy);
    // Windows flushes only what is open for writing; elsewhere the copy may be read-only, as the file is.
    const handle = await open(copy, IS_WINDOWS ? 'r+' : 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    removeTemporary(copy);
    throw error;
  }
  return copy;
}

function takeName(copy: string, path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) throw Object.assign(new Error(path), { code: 'EEXIST' });
  renameSync(copy, path);
}
