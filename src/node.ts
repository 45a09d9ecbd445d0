import { type InputFile, openInput } from './files/input-file.ts';
import { patchInput, type Target } from './files/patch-input.ts';
import { checkOutput } from './files/output-check.ts';
import { placesOf } from './files/place.ts';
import { IS_WINDOWS } from './files/platform.ts';
import { type OnProgress, readPlan } from './files/read-plan.ts';
import { MetabaseError } from './errors.ts';
import { checkOptions } from './patch/library-options.ts';
import type { PatchOptions, PatchResult, Verification } from './index.ts';
import { type RequestOptions, toContext, toRequest } from './patch/request.ts';
import { type Result, toResult } from './report/result.ts';
import { firstDifference } from './writer/first-difference.ts';
import { makeHunks } from './writer/hunks.ts';
import { defaultOutput } from './writer/patched-output.ts';
import { diffName, unifiedDiff } from './writer/unified-diff.ts';

export type * from './index.ts';
export { MetabaseError } from './errors.ts';
export type { OnProgress } from './files/read-plan.ts';

export interface PatchFileOptions extends PatchOptions {
  /** Where to write; `<name>.patched.xml` beside the file unless given. It is written even where nothing changes. */
  readonly output?: string;
  /** Replaces the file itself, after a backup. */
  readonly inPlace?: boolean;
  /** Whether a file that is patched in place gets a backup; true unless given. */
  readonly backup?: boolean;
  /** Whether an existing output is replaced; false unless given. */
  readonly overwrite?: boolean;
  /** Whether nothing is written. */
  readonly dryRun?: boolean;
  readonly onProgress?: OnProgress;
}

export interface PatchFileResult extends Omit<PatchResult, 'bytes'> {
  /** The paths written, or null. */
  readonly output: string | null;
  readonly backup: string | null;
}

/**
 * Patches a file of any size in the memory of a window: the output appears whole or not at all.
 * @throws MetabaseError as `patch` does, and FILE_UNREADABLE, OUTPUT_EXISTS, OUTPUT_IS_INPUT, WRITE_FAILED, INPUT_CHANGED
 */
export async function patchFile(path: string, options: PatchFileOptions = {}): Promise<PatchFileResult> {
  checkOptions(options, 'patchFile');
  const request = toRequest(options);
  const context = toContext(options.context);
  const target = targetOf(path, options);
  return withInput(path, async (input) => {
    const { view, output, backup } = await patchInput(
      input,
      request,
      options.dryRun === true ? null : target,
      (plan) => ({
        ...toResult(input.source, plan),
        diff: unifiedDiff(options.name ?? diffName(path, IS_WINDOWS), makeHunks(input.source, plan.edits, context)),
      }),
      options.onProgress,
    );
    return { ...view, output, backup };
  });
}

/** `inspect` for a file of any size. @throws MetabaseError as `inspect` does, and FILE_UNREADABLE */
export async function inspectFile(path: string, options: RequestOptions = {}): Promise<Result> {
  checkOptions(options, 'inspect');
  const request = toRequest(options);
  return withInput(path, async ({ source }) => {
    return toResult(source, await readPlan(source, request, 'report'));
  });
}

/** `verify` for files of any size. @throws MetabaseError as `verify` does, and FILE_UNREADABLE */
export async function verifyFiles(
  original: string,
  patched: string,
  options: PatchOptions = {},
): Promise<Verification> {
  checkOptions(options, 'patch');
  const request = toRequest(options);
  return withInput(original, (input) =>
    withInput(patched, async (other) => {
      const plan = await readPlan(input.source, request, 'refuse');
      const difference = firstDifference(input.source, plan, other.source);
      return { ok: difference === null, differences: difference === null ? [] : [difference] };
    }),
  );
}

/** @throws MetabaseError USAGE, OUTPUT_IS_INPUT, OUTPUT_EXISTS */
function targetOf(path: string, { output, inPlace, backup, overwrite }: PatchFileOptions): Target {
  if (inPlace === true) {
    if (output !== undefined) throw new MetabaseError('USAGE', 'of output and inPlace only one can be given');
    return { path, always: false, makesFolder: false, overwrite: true, backup: backup ?? true };
  }
  const placement = { makesFolder: false, overwrite: overwrite ?? false, backup: false };
  const target = { path: output ?? defaultOutput(path), always: output !== undefined, ...placement };
  const refusal = checkOutput(target.path, placesOf([path]), target.overwrite || !target.always);
  if (refusal !== null) throw refusal;
  return target;
}

async function withInput<Result>(path: string, work: (input: InputFile) => Promise<Result>): Promise<Result> {
  const input = openInput(path);
  try {
    return await work(input);
  } finally {
    input.close();
  }
}
