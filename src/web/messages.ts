import type { RequestOptions } from '../patch/request.ts';
import type { FileResult } from '../report/result.ts';
import type { Piece } from '../writer/patched-output.ts';

/** What the page asks of the worker: one file, with what is to be done to it. */
export interface Order {
  readonly id: number;
  readonly file: File;
  readonly options: RequestOptions;
}

/** What the worker tells the page: how far it is, and then what became of the file. */
export type Answer =
  | { readonly id: number; readonly kind: 'progress'; readonly part: number }
  | {
      readonly id: number;
      readonly kind: 'done';
      readonly report: FileResult;
      /** What the patched file is made of, and its diff; null where the file was refused. */
      readonly result: { readonly pieces: readonly Piece[]; readonly diff: string } | null;
    };
