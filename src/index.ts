import { finish } from './parser/steps.ts';
import { type MissingValues, planSteps } from './patch/make-plan.ts';
import type { Plan } from './patch/plan.ts';
import { type RequestOptions, toContext, toRequest } from './patch/request.ts';
import { type Inspection, toInspection } from './report/result.ts';
import { memorySource } from './source/source.ts';
import { openText } from './source/open-text.ts';
import type { Text } from './source/text.ts';
import { type Difference, firstDifference } from './writer/compare.ts';
import { toFileEdits } from './writer/file-edits.ts';
import { makeHunks } from './writer/hunks.ts';
import { patchedBytes } from './writer/pieces.ts';
import { unifiedDiff } from './writer/unified-diff.ts';

export { type Code, type Finding, MetabaseError, type Position } from './errors.ts';
export type { RequestOptions, VerbSelection } from './patch/request.ts';
export type { EditResult, Inspection, ServerResult, VerbState } from './report/result.ts';
export type { Encoding } from './source/text.ts';
export { type Verb, VERBS } from './verbs.ts';
export type { Difference } from './writer/compare.ts';

export interface PatchOptions extends RequestOptions {
  /** The file's name in the diff; `MetaBase.xml` unless given. */
  readonly name?: string;
  /** The context lines of the diff; 3 unless given. */
  readonly context?: number;
}

export interface PatchResult extends Inspection {
  /** The whole patched file. */
  readonly bytes: Uint8Array;
  /** A unified diff; empty where nothing changes. */
  readonly diff: string;
}

export interface Verification {
  readonly ok: boolean;
  /** The first place where the file is not what the patch makes; empty where it is. */
  readonly differences: readonly Difference[];
}

/**
 * Patches a whole metabase in memory: the right bits, and not one other byte.
 * @param bytes The exported MetaBase.xml.
 * @throws MetabaseError for a file that is refused, or that cannot reach the requested state
 */
export function patch(bytes: Uint8Array, options: PatchOptions = {}): PatchResult {
  const context = toContext(options.context);
  const { text, plan } = planFor(bytes, options, 'refuse');
  return {
    ...toInspection(text, plan),
    bytes: patchedBytes(bytes, toFileEdits(text, plan.edits)),
    diff: unifiedDiff(options.name ?? 'MetaBase.xml', makeHunks(text, plan.edits, context)),
  };
}

/**
 * Tells what a metabase holds and what a patch would change. A key without a value is no error here.
 * @throws MetabaseError for a file that is refused
 */
export function inspect(bytes: Uint8Array, options: RequestOptions = {}): Inspection {
  const { text, plan } = planFor(bytes, options, 'report');
  return toInspection(text, plan);
}

/**
 * Proves that `patched` is, byte for byte, what `patch` with the same options makes of `original`.
 * @throws MetabaseError as `patch` does, for the original
 */
export function verify(original: Uint8Array, patched: Uint8Array, options: PatchOptions = {}): Verification {
  const { text, plan } = planFor(original, options, 'refuse');
  const difference = firstDifference(memorySource(original), text, plan, memorySource(patched));
  return { ok: difference === null, differences: difference === null ? [] : [difference] };
}

function planFor(bytes: Uint8Array, options: PatchOptions, missing: MissingValues): { text: Text; plan: Plan } {
  const request = toRequest(options);
  const text = openText(memorySource(bytes));
  return { text, plan: finish(planSteps(text, request, missing)) };
}
