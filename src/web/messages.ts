import type { Refusal } from '../errors.ts';
import type { RequestOptions } from '../patch/request.ts';
import type { FileResult } from '../report/result.ts';
import type { Difference } from '../writer/verification.ts';
import type { Piece } from '../writer/patched-output.ts';

/** What the page asks of the worker. */
export type WorkRequest =
  | { readonly kind: 'patch'; readonly file: File; readonly names: FileNames; readonly options: RequestOptions }
  | { readonly kind: 'verify'; readonly original: File; readonly patched: File; readonly options: RequestOptions };

/** The names of a file: as the reader sees it, and of what is saved for it. */
export interface FileNames {
  readonly shown: string;
  readonly output: string;
  readonly diff: string;
}

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
  /** What the patched file is made of, and the diff; null if the file was refused. */
  readonly output: { readonly pieces: readonly Piece[]; readonly diff: string } | null;
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
