import { type BigIntStats, constants, linkSync, renameSync, statSync } from 'node:fs';
import { chmod, copyFile, type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MetabaseError } from '../errors.ts';
import { type ByteEdit, toPieces } from '../writer/pieces.ts';
import { makeBackup } from './backup.ts';
import { followLinks } from './place.ts';
import type { InputFile } from './input-file.ts';
import { IS_WINDOWS } from './platform.ts';
import { statsOf } from './stats.ts';
import { systemCode, toMetabaseError } from './system-error.ts';
import { removeTemporary, temporaryName } from './temporary-files.ts';
import { readBack, writePieces } from './write-pieces.ts';

/** How an output takes its name. */
export interface Placement {
  /** Whether a file that has the name already is replaced. */
  readonly overwrite: boolean;
  /** Whether the file that is replaced gets a backup. */
  readonly backup: boolean;
  /** The places that no backup may take, though nothing may stand there yet: those of what else the run reads and writes. */
  readonly taken?: ReadonlySet<string>;
}

const MODE = 0o7777;
const OWNER_ONLY = 0o600;
const ANYONE = 0o666;

/**
 * The patched copy of an input, on its way to the output: made beside it under another name, whole and on the
 * disk before it takes the output's name. Nothing is thrown before `commit`, so that what is wrong with the
 * input is told first.
 */
export class StagedOutput {
  readonly #input: InputFile;
  readonly #path: string;
  /** The file that the path leads to through links. */
  readonly #target: string;
  readonly #temporary: string;
  readonly #existing: BigIntStats | undefined;
  /** The copy that is being made, and then what went wrong with it. */
  readonly #copied: Promise<unknown>;

  /** Begins to copy the input, which the system does by itself while the input is read. */
  constructor(input: InputFile, path: string) {
    this.#input = input;
    this.#path = path;
    this.#target = followLinks(path);
    this.#temporary = temporaryName(dirname(this.#target));
    this.#existing = statsOf(path);
    this.#copied = this.#copy().then(
      () => null,
      (error: unknown) => error,
    );
  }

  async #copy(): Promise<void> {
    if (this.#isDirect) return;
    const isFile = this.#input.stats !== null;
    // What has no file to take its mode from gets the one that the user's mask allows.
    await (await open(this.#temporary, 'wx', isFile ? OWNER_ONLY : ANYONE)).close();
    if (!isFile) return;
    await copyFile(this.#input.path, this.#temporary, constants.COPYFILE_FICLONE);
    // The copy took over the input's mode, which may forbid writing.
    await chmod(this.#temporary, OWNER_ONLY);
    // To the disk now, while the input is read: then little is left to be flushed behind the edits.
    await flush(this.#temporary);
  }

  /** Devices and pipes are written to, never replaced. */
  get #isDirect(): boolean {
    return this.#existing !== undefined && !this.#existing.isFile();
  }

  /**
   * Makes the edits in the copy and gives it the output's name.
   * @param edits In the order of their offsets, in bytes of the input.
   * @returns The path of the backup, or null where none was asked for.
   * @throws MetabaseError WRITE_FAILED, OUTPUT_EXISTS, INPUT_CHANGED; then the output is what it was
   */
  async commit(edits: readonly ByteEdit[], placement: Placement): Promise<string | null> {
    try {
      const failure = await this.#copied;
      if (failure !== null) {
        this.#input.assertUnchanged();
        throw failure as Error;
      }
      if (this.#isDirect) {
        await this.#writeDirectly(edits);
        return null;
      }
      await this.#writeTemporary(edits);
      return await this.#place(placement);
    } catch (error) {
      throw toMetabaseError(error, 'WRITE_FAILED', `cannot write ${this.#path}`);
    } finally {
      await this.abandon();
    }
  }

  /** Forgets the copy. */
  async abandon(): Promise<void> {
    await this.#copied;
    removeTemporary(this.#temporary);
  }

  /** By the path as given: what /dev/stdout leads to has no other. */
  async #writeDirectly(edits: readonly ByteEdit[]): Promise<void> {
    const file = await open(this.#path, 'w');
    try {
      await writePieces(file, this.#input.source, toPieces(this.#input.source.length, edits), null);
    } finally {
      await file.close();
    }
    this.#input.assertUnchanged();
  }

  async #writeTemporary(edits: readonly ByteEdit[]): Promise<void> {
    const file = await open(this.#temporary, 'r+');
    try {
      const keepsLengths = edits.every(({ length, bytes }) => length === bytes.length);
      if (keepsLengths && this.#input.stats !== null) {
        for (const { offset, bytes } of edits) await file.write(bytes, 0, bytes.length, offset);
      } else {
        const end = await writePieces(file, this.#input.source, toPieces(this.#input.source.length, edits), 0);
        await file.truncate(end);
      }
      await this.#takeRights(file);
      await file.sync();
      await readBack(file, this.#input.source.length, edits);
      this.#input.assertUnchanged();
    } finally {
      await file.close();
    }
  }

  /** The file keeps the rights, and where that is allowed the owner, of the one it replaces, or else of the input. */
  async #takeRights(file: FileHandle): Promise<void> {
    const model = this.#existing ?? this.#input.stats;
    if (model === null) return;
    const uid = Number(model.uid);
    const gid = Number(model.gid);
    const own = await file.stat();
    if (own.uid !== uid || own.gid !== gid) {
      await file.chown(uid, gid).catch(async (error: unknown) => {
        if (systemCode(error) !== 'EPERM') throw error;
        await file.chown(-1, gid).catch(() => undefined);
      });
    }
    await file.chmod(Number(model.mode) & MODE);
  }

  async #place({ overwrite, backup, taken }: Placement): Promise<string | null> {
    const saved = backup ? await makeBackup(this.#target, this.#path, taken) : null;
    // Windows does not replace a file that is open, and the input may be the target.
    this.#input.close();
    try {
      await retriedOnWindows(() => {
        this.#input.assertUnchanged(saved !== null);
        if (overwrite) renameSync(this.#temporary, this.#target);
        else this.#takeFreeName();
      });
    } catch (error) {
      saved?.remove();
      throw error;
    }
    await syncFolder(dirname(this.#target));
    return saved?.path ?? null;
  }

  /** A hard link fails where the name is taken, in one step; not every file system has them. */
  #takeFreeName(): void {
    try {
      linkSync(this.#temporary, this.#target);
    } catch (error) {
      const isTaken = statSync(this.#target, { throwIfNoEntry: false }) !== undefined;
      if (isTaken || systemCode(error) === 'EEXIST') throw outputExists(this.#path);
      renameSync(this.#temporary, this.#target);
    }
  }
}

/** @returns The error for an output that stands there already. */
export function outputExists(path: string): MetabaseError {
  return new MetabaseError('OUTPUT_EXISTS', `${path} exists already; --force overwrites it`);
}

/** Windows refuses to rename over a file that a virus scanner or an indexer has just opened: a moment later it may. */
async function retriedOnWindows(action: () => void): Promise<void> {
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

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
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
