import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { IS_WINDOWS } from './platform.ts';
import { statsOf } from './stats.ts';

const MOST_LINKS = 40;

/**
 * Goes the way the system would, link by link; to take `..` off a path by its letters leads elsewhere where a folder is a link.
 * @returns Where the path leads to: the real path of a file, also of one that is not there yet, or that a link misses.
 * @throws the system's error (ENOENT for a missing folder), EISDIR for a path that names a folder, ELOOP
 */
export function followLinks(path: string): string {
  let target = path;
  for (let i = 0; i < MOST_LINKS; i++) {
    if (/[\\/]$/.test(target) && (IS_WINDOWS || target.endsWith('/'))) throw systemError('EISDIR');
    const folder = realpathSync.native(dirname(target));
    target = join(folder, basename(target));
    const link = linkAt(target);
    if (link === null) return target;
    target = isAbsolute(link) ? link : `${folder}${sep}${link}`;
  }
  throw systemError('ELOOP');
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/**
 * @returns What two paths have in common exactly when they lead to one file, through links too, be it there or not; null for a
 * device or a pipe, where nothing can be lost.
 */
export function placeOf(path: string): string | null {
  const stats = statsOf(path);
  if (stats !== undefined) return stats.isFile() ? `${stats.dev}:${stats.ino}` : null;
  const place = missingPlace(path);
  return IS_WINDOWS ? place.toLowerCase() : place;
}

/** A path that leads nowhere cannot be written to either; it gets a place of its own. */
function missingPlace(path: string): string {
  try {
    return followLinks(path);
  } catch {
    return resolve(path);
  }
}

/** @returns The places of all paths that have one. */
export function placesOf(paths: readonly string[]): Set<string> {
  return new Set(paths.map(placeOf).filter((place) => place !== null));
}
