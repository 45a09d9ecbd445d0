import { type BigIntStats, statSync } from 'node:fs';

/** @returns Whether both are one file, whatever the path or link it was found by. */
export function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** @returns What stands at the path; undefined where nothing does, or where reading or writing will say what is wrong. */
export function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
