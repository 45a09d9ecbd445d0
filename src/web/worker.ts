import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { internalError, MetabaseError, type Refusal } from '../errors.ts';
import { locateKeys, patchableKeys } from '../locator/smtp-keys.ts';
import { type Metabase, readMetabase, runToEnd } from '../parser/read-metabase.ts';
import { makePlan } from '../patch/make-plan.ts';
import { DEFAULT_CONTEXT, type Request } from '../patch/request.ts';
import { digestsOfRefused, type Hash } from '../report/digest.ts';
import { fileResult, refusedResult } from '../report/result.ts';
import type { Source } from '../source/source.ts';
import { verifyPatched } from '../writer/verification.ts';
import { fileSource } from './file-source.ts';
import type { FoundServer, PatchedFile, Verified, WorkMessage, WorkRequest } from './messages.ts';

/* The core in a worker, so that the page stays responsive whatever the size of the file. */

declare function postMessage(message: WorkMessage): void;

/** The file is read, and then it and its output are hashed. */
const PHASES = 3;

function patch({ chosen, request }: Extract<WorkRequest, { kind: 'patch' }>): PatchedFile {
  const source = fileSource(chosen.file);
  let phase = 0;
  const onProgress = (offset: number): void => {
    postMessage({ kind: 'progress', part: (phase + offset / source.length) / PHASES });
  };
  const newHash = (): Hash => {
    phase++;
    return hash(onProgress);
  };
  let found: FoundServer[] = [];
  try {
    const metabase = runToEnd(readMetabase(source), onProgress);
    found = foundServers(source, metabase, request);
    const plan = makePlan(source, metabase, request, 'refuse');
    const result = fileResult(chosen.name, source, plan, { positions: true, context: DEFAULT_CONTEXT, newHash });
    return { kind: 'patched', result: { ...result, outputName: chosen.output }, found };
  } catch (error) {
    const result = refusedResult(chosen.name, toRefusal(error), null, digestsOfRefused(source, newHash));
    return { kind: 'patched', result, found };
  }
}

/** @returns The servers of the file, even if the request cannot be met. */
function foundServers(source: Source, metabase: Metabase, request: Request): FoundServer[] {
  const defaults = defaultServers(source, metabase, request);
  return patchableKeys(locateKeys(metabase.keys)).map(({ location, comment }) => ({
    location,
    comment,
    isDefault: defaults?.has(location) ?? true,
  }));
}

/** @returns The Locations that a request without servers selects; null if no plan can be made for it. */
function defaultServers(source: Source, metabase: Metabase, request: Request): Set<string> | null {
  try {
    const { servers } = makePlan(source, metabase, { ...request, servers: null }, 'report');
    return new Set(servers.filter(({ selected }) => selected).map(({ key }) => key.location));
  } catch {
    return null;
  }
}

function hash(onProgress: (offset: number) => void): Hash {
  const sum = sha256.create();
  let length = 0;
  return {
    update(bytes) {
      sum.update(bytes);
      length += bytes.length;
      onProgress(length);
    },
    digest: () => bytesToHex(sum.digest()),
  };
}

function verify({ original, patched, request }: Extract<WorkRequest, { kind: 'verify' }>): Verified {
  try {
    const source = fileSource(original);
    const metabase = runToEnd(readMetabase(source), (offset) => {
      postMessage({ kind: 'progress', part: offset / source.length });
    });
    const plan = makePlan(source, metabase, request, 'refuse');
    const { differences } = verifyPatched(source, plan, fileSource(patched));
    return { kind: 'verified', difference: differences.at(0) ?? null, error: null };
  } catch (error) {
    return { kind: 'verified', difference: null, error: toRefusal(error) };
  }
}

/** An Error keeps little more than its message on the way to the page. */
function toRefusal(error: unknown): Refusal & Pick<MetabaseError, 'warnings'> {
  const { code, message, line, column, offset, excerpt, warnings } =
    error instanceof MetabaseError ? error : internalError(error);
  return { code, message, line, column, offset, excerpt, warnings };
}

addEventListener('message', ({ data }: MessageEvent<WorkRequest>) => {
  postMessage(data.kind === 'patch' ? patch(data) : verify(data));
});
postMessage({ kind: 'ready' });
