import { linkSync, lstatSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { type Diagnostic, MetabaseError, warningWithoutPosition } from '../errors.ts';
import { IS_WINDOWS } from './file-identity.ts';
import { systemCode, toMetabaseError } from './system-error.ts';

/** @returns The error for an output that exists already. */
export function outputExists(path: string): MetabaseError {
  return new MetabaseError('OUTPUT_EXISTS', `${path} exists already; --force overwrites it`);
}

/**
 * Gives a file its final name, in one step: at any time the name leads either to what it led to before, or to the whole file.
 * @param overwrite Whether a file of that name is replaced.
 * @param path The name as the user knows it.
 * @throws MetabaseError OUTPUT_EXISTS, or the system's error
 */
export function publish(temporary: string, target: string, overwrite: boolean, path: string): void {
  if (overwrite) renameSync(temporary, target);
  else if (!takeFreeName(temporary, target)) throw outputExists(path);
}

/**
 * Gives a file a name that nothing else has. Renaming would replace what exists. Making a hard link fails then, but not every file
 * system has hard links.
 * @returns Whether the name was free.
 */
export function takeFreeName(temporary: string, target: string): boolean {
  try {
    linkSync(temporary, target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || lstatSync(target, { throwIfNoEntry: false }) !== undefined) return false;
    renameSync(temporary, target);
  }
  return true;
}

/** Windows refuses to rename over a file that a virus scanner or an indexer has just opened; a moment later it may allow it. */
export async function retriedOnWindows(action: () => void): Promise<void> {
  const waits = IS_WINDOWS ? [20, 50, 100, 200, 400] : [];
  for (const wait of waits) {
    try {
      action();
      return;
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error) ?? '')) throw error;
      await setTimeout(wait);
    }
  }
  action();
}

/**
 * Flushes the names in a folder to the disk, so that a new one survives a power cut. Windows has no call for that.
 * @returns A warning if it cannot be done; it is not an error, because the file is there.
 */
export async function flushFolder(folder: string): Promise<Diagnostic[]> {
  if (IS_WINDOWS) return [];
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    return [];
  } catch (error) {
    const what = `the file was written, but its folder ${folder} could not be flushed to the disk`;
    const { code, message } = toMetabaseError(error, 'FOLDER_NOT_FLUSHED', what);
    return [warningWithoutPosition(code, message)];
  }
}
