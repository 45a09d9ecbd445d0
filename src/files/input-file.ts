import { type BigIntStats, closeSync, fstatSync, openSync, read, readFileSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { MetabaseError } from '../errors.ts';
import { memorySource, type Source } from '../source/source.ts';
import { isSameFile, statsOf, systemError } from './file-identity.ts';
import { toMetabaseError } from './system-error.ts';

/** A file that is open for reading, and that can be checked for changes. */
export interface InputFile {
  readonly path: string;
  readonly source: Source;
  /** What the file was when it was opened; null for an input that is not a regular file and was read into memory. */
  readonly stats: BigIntStats | null;
  /**
   * Fills `into` with the bytes from `offset` on, without blocking.
   * @throws MetabaseError INPUT_CHANGED if there are fewer, FILE_UNREADABLE
   */
  readAsync(offset: number, into: Uint8Array): Promise<void>;
  /**
   * @param hasNewLink Whether this run has made a hard link to the file, which changes its change time.
   * @throws MetabaseError INPUT_CHANGED if the file, or what its path leads to, is not what was opened
   */
  assertUnchanged(hasNewLink?: boolean): void;
  close(): void;
}

const readFrom = promisify(read);

/** @throws MetabaseError FILE_UNREADABLE */
export function openInput(path: string): InputFile {
  try {
    const fd = openSync(path, 'r');
    let isKept = false;
    try {
      const stats = fstatSync(fd, { bigint: true });
      if (stats.isDirectory()) throw systemError('EISDIR');
      isKept = stats.isFile();
      return isKept ? regularFile(path, fd, stats) : memoryInput(path, readFileSync(fd));
    } finally {
      if (!isKept) closeSync(fd);
    }
  } catch (error) {
    throw unreadable(error);
  }
}

/** Opens a file, and closes it when the work is done. @throws MetabaseError FILE_UNREADABLE, and what the work throws */
export async function withInput<Result>(
  path: string,
  work: (input: InputFile) => Result | Promise<Result>,
): Promise<Result> {
  const input = openInput(path);
  try {
    return await work(input);
  } finally {
    input.close();
  }
}

/** @returns An input made of bytes that do not come from a file, such as those of standard input. */
export function memoryInput(path: string, bytes: Uint8Array): InputFile {
  const source = memorySource(bytes);
  const nothing = (): void => undefined;
  const readAsync = (offset: number, into: Uint8Array): Promise<void> => {
    source.read(offset, into);
    return Promise.resolve();
  };
  return { path, source, stats: null, readAsync, assertUnchanged: nothing, close: nothing };
}

function regularFile(path: string, fd: number, stats: BigIntStats): InputFile {
  const length = Number(stats.size);
  let isOpen = true;
  return {
    path,
    stats,
    source: {
      length,
      read(offset, into) {
        const expected = Math.max(0, Math.min(into.length, length - offset));
        if (readFully(fd, into.subarray(0, expected), offset) < expected) throw inputChanged();
        return expected;
      },
    },
    async readAsync(offset, into) {
      for (let filled = 0; filled < into.length;) {
        const rest = into.length - filled;
        const { bytesRead } = await readFrom(fd, into, filled, rest, offset + filled).catch((error: unknown) => {
          throw unreadable(error);
        });
        if (bytesRead === 0) throw inputChanged();
        filled += bytesRead;
      }
    },
    assertUnchanged(hasNewLink = false) {
      const now = [statsOf(path)];
      if (isOpen) now.push(fstatSync(fd, { bigint: true }));
      if (!now.every((each) => each !== undefined && isSame(stats, each, hasNewLink))) throw inputChanged();
    },
    close() {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}

/** One read may return less than was asked for. */
function readFully(fd: number, into: Uint8Array, offset: number): number {
  let filled = 0;
  try {
    while (filled < into.length) {
      const read = readSync(fd, into, filled, into.length - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
  } catch (error) {
    throw unreadable(error);
  }
  return filled;
}

function isSame(before: BigIntStats, now: BigIntStats, hasNewLink: boolean): boolean {
  const isUntouched = now.size === before.size && now.mtimeNs === before.mtimeNs;
  return isSameFile(before, now) && isUntouched && (hasNewLink || now.ctimeNs === before.ctimeNs);
}

function unreadable(error: unknown): MetabaseError {
  return toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read');
}

function inputChanged(): MetabaseError {
  return new MetabaseError('INPUT_CHANGED', 'another program changed the file while it was being read; try again');
}
