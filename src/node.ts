import { usageError } from './errors.ts';
import { fileIdentities, IS_WINDOWS } from './files/file-identity.ts';
import { withInput } from './files/input-file.ts';
import { checkOutput } from './files/overwrite-check.ts';
import { readPlan } from './files/read-plan.ts';
import { StagedOutput, type Target } from './files/staged-output.ts';
import type { InspectOptions, PatchOptions, PatchResult, Verification } from './index.ts';
import { checkOptions, checkPath } from './library-options.ts';
import { toContext, toRequest } from './patch/request.ts';
import { type Result, toResult } from './report/result.ts';
import { verifyPatched } from './writer/verification.ts';
import { makeHunks } from './writer/hunks.ts';
import { defaultOutput } from './writer/patched-output.ts';
import { diffName, unifiedDiff } from './writer/unified-diff.ts';

export type * from './index.ts';
export { MetabaseError } from './errors.ts';

/** Called from time to time with the number of bytes read so far, and the length of the file. */
export type OnProgress = (offset: number, length: number) => void;

export interface PatchFileOptions extends PatchOptions {
  /** Where to write; `<name>.patched.xml` beside the file unless given. It is written even if nothing changes. */
  readonly output?: string;
  /** Replaces the file itself, after a backup. */
  readonly inPlace?: boolean;
  /** Whether a file that is patched in place gets a backup; true unless given. */
  readonly backup?: boolean;
  /** Whether an existing output is replaced; false unless given. */
  readonly overwrite?: boolean;
  /** Whether nothing is written; what the run itself would refuse is refused all the same. */
  readonly dryRun?: boolean;
  readonly onProgress?: OnProgress;
}

export interface PatchFileResult extends Omit<PatchResult, 'bytes'> {
  /** The paths written, or null. */
  readonly output: string | null;
  readonly backup: string | null;
}

/**
 * Patches a file of any size, with only a window of it in memory. The output appears whole or not at all. A signal that ends the
 * process may leave a temporary file beside the output.
 * @throws MetabaseError as `patch` does, and FILE_UNREADABLE, OUTPUT_EXISTS, OUTPUT_IS_INPUT, WRITE_FAILED, INPUT_CHANGED
 */
export async function patchFile(path: string, options: PatchFileOptions = {}): Promise<PatchFileResult> {
  checkPath(path);
  checkOptions(options, 'patchFile');
  const request = toRequest(options);
  const context = toContext(options.context);
  const name = options.name ?? diffName(path, IS_WINDOWS);
  const target = targetOf(path, options);
  return withInput(path, async (input) => {
    const needsFile = options.output === undefined && (options.dryRun !== true || options.inPlace === true);
    if (input.stats === null && needsFile)
      throw usageError('a pipe or a device needs the option output, which says where to write');
    const staged = new StagedOutput(input, target, options.dryRun);
    try {
      const plan = await readPlan(input, request, 'refuse', options.onProgress);
      const result = toResult(input.source, plan);
      const diff = unifiedDiff(name, makeHunks(input.source, plan.edits, context));
      const { output, backup, warnings } = await staged.commit(plan.edits);
      return { ...result, warnings: [...result.warnings, ...warnings], diff, output, backup };
    } finally {
      await staged.abandon();
    }
  });
}

/** `inspect` for a file of any size. @throws MetabaseError as `inspect` does, and FILE_UNREADABLE, INPUT_CHANGED */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<Result> {
  checkPath(path);
  checkOptions(options, 'inspect');
  const request = toRequest(options);
  return withInput(path, async (input) => {
    const result = toResult(input.source, await readPlan(input, request, 'report'));
    input.assertUnchanged();
    return result;
  });
}

/** `verify` for files of any size. @throws MetabaseError as `verify` does, and FILE_UNREADABLE, INPUT_CHANGED */
export async function verifyFiles(
  original: string,
  patched: string,
  options: PatchOptions = {},
): Promise<Verification> {
  checkPath(original);
  checkPath(patched);
  checkOptions(options, 'patch');
  const request = toRequest(options);
  return withInput(original, async (input) => {
    const plan = await readPlan(input, request, 'refuse');
    return withInput(patched, (other) => {
      try {
        return verifyPatched(input.source, plan, other.source);
      } finally {
        input.assertUnchanged();
        other.assertUnchanged();
      }
    });
  });
}

/** @throws MetabaseError USAGE, OUTPUT_IS_INPUT, OUTPUT_EXISTS */
function targetOf(path: string, { output, inPlace, backup, overwrite }: PatchFileOptions): Target {
  if (inPlace === true) {
    if (output !== undefined) throw usageError('only one of output and inPlace can be given');
    return { path, always: false, overwrite: true, backup: backup ?? true };
  }
  if (output === '') throw usageError('the option output is empty');
  const target = { path: output ?? defaultOutput(path), always: output !== undefined, overwrite: overwrite ?? false };
  const refusal = checkOutput(target.path, fileIdentities([path]), target.overwrite || !target.always);
  if (refusal !== null) throw refusal;
  return target;
}
