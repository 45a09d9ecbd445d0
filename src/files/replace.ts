import { linkSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { MetabaseError } from '../errors.ts';
import { IS_WINDOWS } from './platform.ts';
import { systemCode } from './system-error.ts';

/** @returns The error for an output that stands there already. */
export function outputExists(path: string): MetabaseError {
  return new MetabaseError('OUTPUT_EXISTS', `${path} exists already; --force overwrites it`);
}

/**
 * Gives a file a name that must be free: a hard link fails where it is taken, in one step; not every file system has them.
 * @param name The path the user knows it by.
 * @throws MetabaseError OUTPUT_EXISTS
 */
export function takeFreeName(temporary: string, target: string, name: string): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    const isTaken = statSync(target, { throwIfNoEntry: false }) !== undefined;
    if (isTaken || systemCode(error) === 'EEXIST') throw outputExists(name);
    renameSync(temporary, target);
  }
}

/** Windows refuses to rename over a file that a virus scanner or an indexer has just opened: a moment later it may. */
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

/** Puts the new name itself on the disk; Windows and some file systems have no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (IS_WINDOWS) return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    await folder.close();
  }
}
