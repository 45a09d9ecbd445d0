import { linkSync, lstatSync, realpathSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Diagnostic } from '../errors.ts';
import { fileIdentity } from './file-identity.ts';
import { withInput } from './input-file.ts';
import { initialMode, ifAllowed, keepPermissions, permissionWarnings } from './permissions.ts';
import { flushFolder, takeFreeName } from './publish.ts';
import { systemCode } from './system-error.ts';
import { createTemporary, discardTemporary } from './temporary-files.ts';
import { copyInput } from './write-bytes.ts';

/** A complete backup. */
export interface Backup {
  readonly path: string;
  /** Whether it is a hard link to the file. */
  readonly isLink: boolean;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Makes a backup named `<name>.bak`, or the first free one of `<name>.bak.1` and so on. A hard link is whole from its first moment,
 * costs nothing, and keeps permissions and times. A copy is made if the file system has no hard links, or if the file has other
 * names, through which it could be changed later.
 * @param file The real path of the file.
 * @param name The path by which the user knows it.
 * @param reserved The identities (see `fileIdentity`) of files whose names the backup must not take, though they may not exist yet.
 * @throws MetabaseError FILE_UNREADABLE, INPUT_CHANGED, or the system's error
 */
export async function makeBackup(file: string, name: string, reserved: ReadonlySet<string>): Promise<Backup> {
  const freeName = (): string => firstFreeName(name, reserved);
  const folder = realpathSync.native(dirname(name));
  const link = statSync(file).nlink > 1 ? null : linkToFreeName(file, freeName);
  const { path, notKept } =
    link === null ? await copyToFreeName(file, folder, freeName) : { path: link, notKept: null };
  // The file's own folder is flushed when the file has been replaced; another folder must be flushed now.
  const notFlushed = folder === dirname(file) ? [] : await flushFolder(folder);
  return { path, isLink: link !== null, warnings: [...permissionWarnings(path, notKept), ...notFlushed] };
}

function firstFreeName(name: string, reserved: ReadonlySet<string>): string {
  for (let i = 0; ; i++) {
    const path = i === 0 ? `${name}.bak` : `${name}.bak.${i}`;
    const isFree = lstatSync(path, { throwIfNoEntry: false }) === undefined;
    if (isFree && !reserved.has(fileIdentity(path) ?? '')) return path;
  }
}

/**
 * A hard link never replaces a file: if the name was taken in the meantime, the next is tried.
 * @returns The path; null without hard links.
 */
function linkToFreeName(file: string, freeName: () => string): string | null {
  for (;;) {
    const path = freeName();
    try {
      linkSync(file, path);
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') return null;
    }
  }
}

async function copyToFreeName(
  file: string,
  folder: string,
  freeName: () => string,
): Promise<{ path: string; notKept: string | null }> {
  const copy = await createTemporary(folder, initialMode(statSync(file)));
  try {
    const notKept = await copyFile(file, copy.file).finally(() => copy.file.close());
    for (;;) {
      const path = freeName();
      if (takeFreeName(copy.path, path)) return { path, notKept };
    }
  } finally {
    await discardTemporary(copy);
  }
}

/** Copies the bytes, the times and the permissions, and flushes them to the disk. @returns Which permissions could not be kept. */
function copyFile(file: string, copy: FileHandle): Promise<string | null> {
  return withInput(file, async (input) => {
    await copyInput(input, copy);
    const stats = statSync(file);
    // Before the owner changes, because only the owner may set the times.
    await ifAllowed(copy.utimes(stats.atime, stats.mtime));
    const notKept = await keepPermissions(copy, stats, null);
    await copy.sync();
    return notKept;
  });
}
