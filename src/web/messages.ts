import type { Refusal } from '../errors.ts';
import type { Request } from '../patch/request.ts';
import type { FileResult } from '../report/result.ts';
import type { Difference } from '../writer/verification.ts';
import type { ChosenFile } from './chosen-files.ts';

/** What the page asks of the worker. */
export type WorkRequest =
  | { readonly kind: 'patch'; readonly chosen: ChosenFile; readonly request: Request }
  | { readonly kind: 'verify'; readonly original: File; readonly patched: File; readonly request: Request };

/** A server that can be chosen. */
export interface FoundServer {
  readonly location: string;
  readonly comment: string | null;
  /** Whether a request that names no servers selects it. */
  readonly isDefault: boolean;
}

/** A file that was read, whether it can be patched or not. */
export interface PatchedFile {
  readonly kind: 'patched';
  readonly result: FileResult;
  readonly found: readonly FoundServer[];
}

/** The result of a comparison. */
export interface Verified {
  readonly kind: 'verified';
  readonly difference: Difference | null;
  /** Why the original cannot be patched, or why a file cannot be read; null if there is no error. */
  readonly error: Refusal | null;
}

/** What the worker says: that it has started, how much of a request is done (0 to 1), and its result. */
export type WorkMessage =
  { readonly kind: 'ready' } | { readonly kind: 'progress'; readonly part: number } | PatchedFile | Verified;
