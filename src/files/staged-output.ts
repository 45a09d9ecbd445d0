import { type BigIntStats, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Diagnostic, MetabaseError } from '../errors.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { outputChunks, type Replacement } from '../writer/patched-output.ts';
import { makeBackup } from './backup.ts';
import { fileIdentity, followLinks, statsOf, systemError } from './file-identity.ts';
import { type InputFile, memoryInput } from './input-file.ts';
import { initialMode, keepPermissions, type Permissions, permissionsOf, permissionWarnings } from './permissions.ts';
import { flushFolder, outputExists, publish, retriedOnWindows } from './publish.ts';
import { toMetabaseError } from './system-error.ts';
import { createTemporary, discardTemporary, removeQuietly, type TemporaryFile } from './temporary-files.ts';
import { copyInput, writeAt, writeChunks } from './write-bytes.ts';

/** Where a patched file goes. */
export interface Target {
  readonly path: string;
  /** Whether it is written even if nothing changes. */
  readonly always: boolean;
  /** Whether a file that has the name already is replaced. */
  readonly overwrite: boolean;
  /** Whether its folder is made if missing. */
  readonly makesFolder?: boolean;
  /** Whether the file that is replaced gets a backup. */
  readonly backup?: boolean;
  /**
   * The identities of what else the run reads and writes: the backup takes none of these names, even if no such file exists yet.
   */
  readonly reserved?: ReadonlySet<string>;
}

/** What was written. */
export interface Written {
  /** The paths, or null. */
  readonly output: string | null;
  readonly backup: string | null;
  /** What could not be done, although the files were written. */
  readonly warnings: readonly Diagnostic[];
}

/** The mode of an output if neither it nor the input is a file yet; the umask applies to it. */
const ANYONE = 0o666;

/** The copy of the input that becomes the output. */
interface StagedCopy extends TemporaryFile {
  /** The file that the output's name leads to, through links. */
  readonly target: string;
  /** The permissions of the file that is replaced, or else of the input; null if that is not a file either. */
  readonly permissions: Permissions | null;
}

/**
 * The patched copy of an input, on its way to the output: made beside it under another name, whole and on the disk before it
 * takes the output's name. Nothing is thrown before `commit`, so that what is wrong with the input is reported first. Whoever
 * creates one must call `abandon` in the end.
 */
export class StagedOutput {
  readonly #input: InputFile;
  readonly #target: Target | null;
  readonly #isDryRun: boolean;
  /** Null before the copy is begun; resolves to null if the output is written to directly. */
  #staging: Promise<StagedCopy | null> | null = null;

  /**
   * Begins to copy the input if the output is written in any case; that goes on while the input is read.
   * @param target Null to write nothing.
   * @param isDryRun Nothing is written either, but `commit` refuses what it would refuse otherwise.
   */
  constructor(input: InputFile, target: Target | null, isDryRun = false) {
    this.#input = input;
    this.#target = target;
    this.#isDryRun = isDryRun;
    if (isDryRun || target?.always !== true || !existsSync(dirname(target.path))) return;
    this.#staging = this.#stage(target);
    // An error waits until `commit`, which may never be called.
    this.#staging.catch(() => undefined);
  }

  /**
   * Makes the edits in the copy and gives it the output's name.
   * @param edits In the order of their offsets, in bytes of the input.
   * @throws MetabaseError WRITE_FAILED, OUTPUT_EXISTS, INPUT_CHANGED; then the output is what it was
   */
  async commit(edits: readonly Replacement[]): Promise<Written> {
    const target = this.#target;
    if (target === null || (!target.always && edits.length === 0)) return this.#nothing();
    try {
      if (this.#isDryRun) {
        existingOutput(target);
        return this.#nothing();
      }
      const copy = await (this.#staging ??= this.#stage(target));
      if (copy === null) return await this.#writeDirectly(edits, target.path);
      await this.#applyEdits(edits, copy.file);
      return await this.#publish(copy, target);
    } catch (error) {
      throw toMetabaseError(error, 'WRITE_FAILED', `cannot write ${target.path}`);
    }
  }

  #nothing(): Written {
    this.#input.assertUnchanged();
    return { output: null, backup: null, warnings: [] };
  }

  /** Removes the copy, unless it has become the output. */
  async abandon(): Promise<void> {
    const copy = (await this.#staging?.catch(() => null)) ?? null;
    if (copy !== null) await discardTemporary(copy);
  }

  /** Copies the input, but not for a device or a pipe: these are written to, never replaced. */
  async #stage(target: Target): Promise<StagedCopy | null> {
    const existing = existingOutput(target);
    if (existing?.isFile() === false) return null;
    const { path, makesFolder = false } = target;
    if (makesFolder) mkdirSync(dirname(path), { recursive: true });
    const followed = followLinks(path);
    if (fileIdentity(path) !== fileIdentity(followed)) {
      // Perhaps another run has replaced the file between the two looks at it.
      this.#input.assertUnchanged();
      throw new MetabaseError('WRITE_FAILED', `the link ${path} could not be followed`);
    }
    const model = existing ?? this.#input.stats;
    const permissions = model && permissionsOf(model);
    const copy = await createTemporary(dirname(followed), permissions === null ? ANYONE : initialMode(permissions));
    try {
      await copyInput(this.#input, copy.file);
      // Flushed now, while the input is read, so that little is left to flush after the edits.
      await copy.file.sync();
    } catch (error) {
      await discardTemporary(copy);
      throw error;
    }
    return { ...copy, target: followed, permissions };
  }

  /** Opens the path as given, since what /dev/stdout leads to may have no other name. */
  async #writeDirectly(edits: readonly Replacement[], path: string): Promise<Written> {
    const file = await open(path, 'w');
    try {
      await writeChunks(file, outputChunks(this.#input.source, edits), null);
    } finally {
      await file.close();
    }
    this.#input.assertUnchanged();
    return { output: path, backup: null, warnings: [] };
  }

  async #applyEdits(edits: readonly Replacement[], file: FileHandle): Promise<void> {
    const texts = edits.map((edit) => encodeUtf8(edit.new));
    if (edits.every(({ length }, i) => length === texts[i].length)) {
      for (const [i, { offset }] of edits.entries()) await writeAt(file, texts[i], offset);
    } else {
      const end = await writeChunks(file, outputChunks(this.#input.source, edits), 0);
      await file.truncate(end);
    }
  }

  async #publish(
    { path: temporary, file, target, permissions }: StagedCopy,
    { path, overwrite, backup = false, reserved = new Set() }: Target,
  ): Promise<Written> {
    const input = this.#input;
    const limit = input.stats && permissionsOf(input.stats);
    const notKept = permissions && (await keepPermissions(file, permissions, limit));
    await file.sync();
    // Windows does not replace a file that is open, and the input may be the one to replace.
    input.close();
    await file.close();
    // A backup that is a link in the same folder, and the replacement, are made in one turn of the event loop: no signal comes
    // between. Elsewhere a signal may leave the old file with a backup.
    input.assertUnchanged();
    const saved = backup ? await makeBackup(target, path, reserved) : null;
    try {
      await retriedOnWindows(() => {
        input.assertUnchanged(saved?.isLink);
        publish(temporary, target, overwrite, path);
      });
    } catch (error) {
      if (saved !== null) removeQuietly(saved.path);
      throw error;
    }
    const notFlushed = await flushFolder(dirname(target));
    const warnings = [...permissionWarnings(path, notKept), ...(saved?.warnings ?? []), ...notFlushed];
    return { output: path, backup: saved?.path ?? null, warnings };
  }
}

/**
 * Looks for what is in the way of an output, but not for the right to write it: a dry run may be made where nothing else may.
 * @returns What the path leads to already, if anything.
 * @throws MetabaseError OUTPUT_EXISTS, or the system's error if no file can be there
 */
function existingOutput({ path, overwrite, makesFolder = false }: Target): BigIntStats | undefined {
  const existing = statsOf(path);
  if (existing?.isDirectory() === true) throw systemError('EISDIR');
  if (existing?.isFile() === true && !overwrite) throw outputExists(path);
  if (existing !== undefined) return existing;
  const folder = dirname(path);
  const nearest = makesFolder ? nearestExisting(folder) : folder;
  const parent = nearest === folder ? dirname(followLinks(path)) : nearest;
  if (statsOf(parent)?.isDirectory() !== true) throw systemError('ENOTDIR');
  return undefined;
}

/** @returns The path, or the nearest one above it at which there is something. */
function nearestExisting(path: string): string {
  const above = dirname(path);
  return above === path || lstatSync(path, { throwIfNoEntry: false }) !== undefined ? path : nearestExisting(above);
}

/**
 * Writes a text under a name, whole or not at all.
 * @returns What could not be done, although the file was written.
 * @throws MetabaseError WRITE_FAILED, and OUTPUT_EXISTS if the file exists and may not be overwritten
 */
export async function writeTextFile(path: string, text: string, overwrite: boolean): Promise<readonly Diagnostic[]> {
  const staged = new StagedOutput(memoryInput(path, encodeUtf8(text)), { path, always: true, overwrite });
  try {
    const { warnings } = await staged.commit([]);
    return warnings;
  } finally {
    await staged.abandon();
  }
}
