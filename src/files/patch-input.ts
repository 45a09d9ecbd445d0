import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MetabaseError } from '../errors.ts';
import type { Plan } from '../patch/plan.ts';
import type { Request } from '../patch/request.ts';
import type { InputFile } from './input-file.ts';
import { type Placement, StagedOutput } from './output-file.ts';
import { type OnProgress, readPlan } from './read-plan.ts';
import { outputExists } from './replace.ts';
import { statsOf } from './stats.ts';
import { toMetabaseError } from './system-error.ts';

/** Where a patched file goes. */
export interface Target extends Placement {
  readonly path: string;
  /** Whether it is written even where nothing changes. */
  readonly always: boolean;
  /** Whether its folder is made if missing. */
  readonly makesFolder: boolean;
}

/** What became of an input; `view` is what `describe` made of it. */
export interface Patched<View> {
  readonly view: View;
  /** The paths written, or null. */
  readonly output: string | null;
  readonly backup: string | null;
}

/**
 * Patches an open file to a target, whole or not at all.
 * @param target Null to write nothing.
 * @param describe Makes what the caller wants to know, while the input can still be read.
 * @throws MetabaseError for an input that is refused, and WRITE_FAILED, OUTPUT_EXISTS, INPUT_CHANGED
 */
export async function patchInput<View>(
  input: InputFile,
  request: Request,
  target: Target | null,
  describe: (plan: Plan) => View,
  onProgress?: OnProgress,
): Promise<Patched<View>> {
  if (target?.path === input.path && input.stats === null) {
    throw new MetabaseError('WRITE_FAILED', 'it is no regular file, so it cannot be replaced');
  }
  // What is written in any case is copied meanwhile.
  const early =
    target?.always === true && existsSync(dirname(target.path)) ? new StagedOutput(input, target.path) : null;
  try {
    const plan = await readPlan(input.source, request, 'refuse', onProgress);
    input.assertUnchanged();
    const view = describe(plan);
    const isWritten = target !== null && (target.always || plan.edits.length > 0);
    if (!isWritten) return { view, output: null, backup: null };
    const staged = early ?? stageNow(input, target);
    return { view, output: target.path, backup: await staged.commit(plan.edits, target) };
  } finally {
    await early?.abandon();
  }
}

function stageNow(input: InputFile, { path, overwrite, makesFolder }: Target): StagedOutput {
  if (!overwrite && statsOf(path)?.isFile() === true) throw outputExists(path);
  try {
    if (makesFolder) mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw toMetabaseError(error, 'WRITE_FAILED', `cannot write ${path}`);
  }
  return new StagedOutput(input, path);
}
