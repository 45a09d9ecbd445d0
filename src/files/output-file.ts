import { type BigIntStats, renameSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MetabaseError } from '../errors.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import type { Replacement } from '../writer/patched-output.ts';
import { makeBackup } from './backup.ts';
import { copyBytes, writeAt } from './copy-bytes.ts';
import type { InputFile } from './input-file.ts';
import { followLinks } from './place.ts';
import { retriedOnWindows, syncFolder, takeFreeName } from './replace.ts';
import { takeRights } from './rights.ts';
import { isSameFile, statsOf } from './stats.ts';
import { toMetabaseError } from './system-error.ts';
import { removeTemporary, temporaryName } from './temporary-files.ts';
import { writeOutput } from './write-output.ts';

/** How an output takes its name. */
export interface Placement {
  /** Whether a file that has the name already is replaced. */
  readonly overwrite: boolean;
  /** Whether the file that is replaced gets a backup. */
  readonly backup: boolean;
  /** The places that no backup may take, though nothing may stand there yet: those of what else the run reads and writes. */
  readonly taken?: ReadonlySet<string>;
}

const OWNER_ONLY = 0o600;
const ANYONE = 0o666;

/** A file that is being made under another name, beside the one it will have. */
interface Temporary {
  readonly path: string;
  /** The file that the output's path leads to through links. */
  readonly target: string;
  readonly file: FileHandle;
}

/**
 * The patched copy of an input, on its way to the output: made beside it under another name, whole and on the
 * disk before it takes the output's name. Nothing is thrown before `commit`, so that what is wrong with the
 * input is told first.
 */
export class StagedOutput {
  readonly #input: InputFile;
  readonly #path: string;
  readonly #existing: BigIntStats | undefined;
  #temporary: Temporary | null = null;
  /** The copy that is being made, and then what went wrong with it. */
  readonly #staged: Promise<unknown>;

  /** Begins to copy the input, which goes on while the input is read. */
  constructor(input: InputFile, path: string) {
    this.#input = input;
    this.#path = path;
    this.#existing = statsOf(path);
    this.#staged = this.#stage().then(
      () => null,
      (error: unknown) => error,
    );
  }

  async #stage(): Promise<void> {
    if (this.#isDirect) return;
    const target = followLinks(this.#path);
    if (this.#existing !== undefined && !isSameFile(this.#existing, statSync(target, { bigint: true }))) {
      throw new MetabaseError('WRITE_FAILED', `${this.#path} cannot be followed to its file`);
    }
    const path = temporaryName(dirname(target));
    const isFile = this.#input.stats !== null;
    // What has no file to take its mode from gets the one that the user's mask allows.
    const file = await open(path, 'wx+', isFile ? OWNER_ONLY : ANYONE);
    this.#temporary = { path, target, file };
    if (!isFile) return;
    await copyBytes((offset, into) => this.#input.readLater(offset, into), this.#input.source.length, file);
    // To the disk now, while the input is read: then little is left to be flushed behind the edits.
    await file.sync();
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
  async commit(edits: readonly Replacement[], placement: Placement): Promise<string | null> {
    try {
      const failure = await this.#staged;
      if (failure !== null) {
        this.#input.assertUnchanged();
        throw failure as Error;
      }
      if (this.#temporary === null) {
        await this.#writeDirectly(edits);
        return null;
      }
      await this.#finish(this.#temporary.file, edits);
      return await this.#place(this.#temporary, placement);
    } catch (error) {
      throw toMetabaseError(error, 'WRITE_FAILED', `cannot write ${this.#path}`);
    } finally {
      await this.abandon();
    }
  }

  /** Forgets the copy. */
  async abandon(): Promise<void> {
    await this.#staged;
    if (this.#temporary === null) return;
    await this.#temporary.file.close();
    removeTemporary(this.#temporary.path);
  }

  /** By the path as given: what /dev/stdout leads to has no other. */
  async #writeDirectly(edits: readonly Replacement[]): Promise<void> {
    const file = await open(this.#path, 'w');
    try {
      await writeOutput(file, this.#input.source, edits, null);
    } finally {
      await file.close();
    }
    this.#input.assertUnchanged();
  }

  async #finish(file: FileHandle, edits: readonly Replacement[]): Promise<void> {
    const { source, stats } = this.#input;
    const texts = edits.map((edit) => encodeUtf8(edit.new));
    if (stats !== null && edits.every(({ length }, i) => length === texts[i].length)) {
      for (const [i, { offset }] of edits.entries()) await writeAt(file, texts[i], offset);
    } else {
      const end = await writeOutput(file, source, edits, 0);
      await file.truncate(end);
    }
    await takeRights(file, this.#existing ?? stats);
    await file.sync();
    this.#input.assertUnchanged();
  }

  async #place({ path, target, file }: Temporary, { overwrite, backup, taken }: Placement): Promise<string | null> {
    const saved = backup ? await makeBackup(target, this.#path, taken) : null;
    // Windows does not replace a file that is open, and the input may be the target.
    this.#input.close();
    await file.close();
    try {
      await retriedOnWindows(() => {
        this.#input.assertUnchanged(saved !== null);
        if (overwrite) renameSync(path, target);
        else takeFreeName(path, target, this.#path);
      });
    } catch (error) {
      saved?.remove();
      throw error;
    }
    await syncFolder(dirname(target));
    return saved?.path ?? null;
  }
}
