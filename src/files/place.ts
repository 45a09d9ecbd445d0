import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { IS_WINDOWS } from './platform.ts';
import { statsOf } from './stats.ts';

/**
 * @returns What two paths have in common exactly when they lead to one file, through links too, be it there or not; null for a
 * device or a pipe, where nothing can be lost.
 */
export function placeOf(path: string): string | null {
  const stats = statsOf(path);
  if (stats !== undefined) return stats.isFile() ? `${stats.dev}:${stats.ino}` : null;
  const target = followLinks(path);
  const place = join(realFolder(dirname(target)), basename(target));
  return IS_WINDOWS ? place.toLowerCase() : place;
}

/** @returns The places of all paths that have one. */
export function placesOf(paths: readonly string[]): Set<string> {
  return new Set(paths.map(placeOf).filter((place) => place !== null));
}

const MOST_LINKS = 40;

/** @returns Where a path leads to through symbolic links; a link whose target is missing leads there all the same. */
export function followLinks(path: string): string {
  let target = resolve(path);
  for (let i = 0; i < MOST_LINKS; i++) {
    try {
      target = resolve(dirname(target), readlinkSync(target));
    } catch {
      break;
    }
  }
  return target;
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
