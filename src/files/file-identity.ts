import { type BigIntStats, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';

/** Windows compares names without regard to case, and takes `\` for a separator. */
export const IS_WINDOWS = process.platform === 'win32';

const MAX_LINKS = 40;

/** @returns What the path leads to; undefined if there is nothing, or if the system does not say: then reading or writing says why. */
export function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** @returns Whether both are one file, whatever path or link leads to them. */
export function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/**
 * @returns A text that two paths share exactly when they lead to the same file, through links too, whether it exists or not. Null
 * for a device, a pipe or a folder, where nothing can be lost.
 */
export function fileIdentity(path: string): string | null {
  const stats = statsOf(path);
  if (stats !== undefined) return stats.isFile() ? `${stats.dev}:${stats.ino}` : null;
  const missing = pathOfMissingFile(path);
  return IS_WINDOWS ? missing.toLowerCase() : missing;
}

/** @returns The identities of all paths that have one. */
export function fileIdentities(paths: readonly string[]): Set<string> {
  return new Set(paths.map(fileIdentity).filter((identity) => identity !== null));
}

/** A path that cannot be followed cannot be written to either, so any text that no other path has will do. */
function pathOfMissingFile(path: string): string {
  try {
    return followLinks(path);
  } catch {
    return resolve(path);
  }
}

/**
 * Follows a path as the system does, link by link. (Removing `..` from its text would lead elsewhere if a folder is a link.)
 * @returns The real path of the file, which need not exist, even if a link leads to it.
 * @throws the system's error (ENOENT for a missing folder), EISDIR for a path that names a folder, ELOOP
 */
export function followLinks(path: string): string {
  let target = path;
  for (let i = 0; i < MAX_LINKS; i++) {
    if ((IS_WINDOWS ? /[\\/]$/ : /\/$/).test(target)) throw systemError('EISDIR');
    const folder = realpathSync.native(dirname(target));
    target = join(folder, basename(target));
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return target;
    const link = readlinkSync(target);
    target = isAbsolute(link) ? link : `${folder}${sep}${link}`;
  }
  throw systemError('ELOOP');
}

/** @returns An error like the system's own. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
