import { linkSync, lstatSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { copyBytes } from './copy-bytes.ts';
import { openInput } from './input-file.ts';
import { placeOf } from './place.ts';
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
 * at no cost, and with its rights and times. A copy is made where the file system has no hard links, and of a file that has
 * other names, by which it could be written to later.
 * @param file The file itself. @param name The path the user knows it by.
 * @param taken The places that it may not take.
 * @throws the system's error
 */
export async function makeBackup(file: string, name: string, taken: ReadonlySet<string> = new Set()): Promise<Backup> {
  const freeName = (): string => firstFreeName(name, taken);
  const linked = statSync(file).nlink > 1 ? null : linkToFreeName(file, freeName);
  const path = linked ?? (await copyBackup(file, name, freeName));
  return {
    path,
    remove() {
      rmSync(path, { force: true });
    },
  };
}

/** @returns The first name that nothing has, and that nothing else of the run will take. */
function firstFreeName(name: string, taken: ReadonlySet<string>): string {
  for (let i = 0; ; i++) {
    const path = i === 0 ? `${name}.bak` : `${name}.bak.${i}`;
    const isFree = lstatSync(path, { throwIfNoEntry: false }) === undefined;
    if (isFree && !taken.has(placeOf(path) ?? '')) return path;
  }
}

/** A link never replaces: where the name was taken in the meantime, it looks for another. @returns The path; null where there are no hard links. */
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

async function copyBackup(file: string, name: string, freeName: () => string): Promise<string> {
  const copy = temporaryName(realpathSync.native(dirname(name)));
  try {
    await copyFile(file, copy);
    const linked = linkToFreeName(copy, freeName);
    if (linked !== null) return linked;
    const path = freeName();
    renameSync(copy, path);
    return path;
  } finally {
    removeTemporary(copy);
  }
}

/** With its rights and times, and flushed to the disk. */
async function copyFile(file: string, copy: string): Promise<void> {
  const from = openInput(file);
  try {
    const to = await open(copy, 'wx', 0o600);
    try {
      await copyBytes((offset, into) => from.readLater(offset, into), from.source.length, to);
      const { mode, atime, mtime } = statSync(file);
      await to.chmod(mode);
      await to.utimes(atime, mtime);
      await to.sync();
    } finally {
      await to.close();
    }
  } finally {
    from.close();
  }
}
