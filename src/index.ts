import { checkBytes, checkOptions } from './library-options.ts';
import { readMetabase, runToEnd } from './parser/read-metabase.ts';
import { makePlan, type MissingValues } from './patch/make-plan.ts';
import type { Plan } from './patch/plan.ts';
import { type RequestOptions, toContext, toRequest } from './patch/request.ts';
import { type Result, toResult } from './report/result.ts';
import { memorySource } from './source/source.ts';
import { type Verification, verifyPatched } from './writer/verification.ts';
import { makeHunks } from './writer/hunks.ts';
import { patchedBytes } from './writer/patched-output.ts';
import { unifiedDiff } from './writer/unified-diff.ts';

export { type Code, type Diagnostic, MetabaseError, type Position } from './errors.ts';
export type { RequestOptions, VerbSelection } from './patch/request.ts';
export type { EditResult, Result, ServerResult, VerbState } from './report/result.ts';
export { type Verb, VERBS } from './verbs.ts';
export type { Difference, Verification } from './writer/verification.ts';

/** What to report the verbs of, and where. */
export type InspectOptions = Omit<RequestOptions, 'setMissing'>;

export interface PatchOptions extends RequestOptions {
  /** The file's name in the diff; `MetaBase.xml` unless given. */
  readonly name?: string;
  /** The context lines of the diff; 3 unless given. */
  readonly context?: number;
}

export interface PatchResult extends Result {
  /** The whole patched file. */
  readonly bytes: Uint8Array;
  /** A unified diff; empty if nothing changes. */
  readonly diff: string;
}

/**
 * Patches a whole metabase in memory. Only the requested bits change, and not one other byte.
 * @param bytes The exported MetaBase.xml.
 * @throws MetabaseError for a file that is refused, or that cannot reach the requested state
 */
export function patch(bytes: Uint8Array, options: PatchOptions = {}): PatchResult {
  checkOptions(options, 'patch');
  const context = toContext(options.context);
  const plan = planFor(bytes, options, 'refuse');
  const source = memorySource(bytes);
  return {
    ...toResult(source, plan),
    bytes: patchedBytes(bytes, plan.edits),
    diff: unifiedDiff(options.name ?? 'MetaBase.xml', makeHunks(source, plan.edits, context)),
  };
}

/**
 * Reports what a metabase holds and what a patch would change. A key without a value is not an error here.
 * @throws MetabaseError for a file that is refused
 */
export function inspect(bytes: Uint8Array, options: InspectOptions = {}): Result {
  checkOptions(options, 'inspect');
  const plan = planFor(bytes, options, 'report');
  return toResult(memorySource(bytes), plan);
}

/**
 * Proves that `patched` is, byte for byte, what `patch` with the same options makes of `original`.
 * @throws MetabaseError as `patch` does, for the original
 */
export function verify(original: Uint8Array, patched: Uint8Array, options: PatchOptions = {}): Verification {
  checkOptions(options, 'patch');
  checkBytes(patched);
  const plan = planFor(original, options, 'refuse');
  return verifyPatched(memorySource(original), plan, memorySource(patched));
}

function planFor(bytes: Uint8Array, options: RequestOptions, missing: MissingValues): Plan {
  checkBytes(bytes);
  // A wrong request is reported first.
  const request = toRequest(options);
  const source = memorySource(bytes);
  return makePlan(source, runToEnd(readMetabase(source)), request, missing);
}
