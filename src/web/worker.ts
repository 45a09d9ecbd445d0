import { MetabaseError } from '../errors.ts';
import { planPatch } from '../patch/make-plan.ts';
import { toRequest } from '../patch/request.ts';
import { fileResult, refusedResult } from '../report/result.ts';
import type { Source } from '../source/source.ts';
import { toPieces } from '../writer/patched-output.ts';
import { unifiedDiff } from '../writer/unified-diff.ts';
import type { Answer, Order } from './messages.ts';

/* The core at work, beside the page, so that the page stays awake whatever the file's size. */

/** Workers have it; the types of a page do not. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

declare function postMessage(answer: Answer): void;

const CONTEXT = 3;

/** A blob is read in pieces of this size, for each costs some time of its own. */
const BLOCK = 1 << 20;

function blobSource(blob: Blob): Source {
  const reader = new FileReaderSync();
  let begin = 0;
  let block = new Uint8Array(0);
  return {
    length: blob.size,
    read(offset, into) {
      if (offset < begin || offset + into.length > begin + block.length) {
        begin = offset;
        const end = offset + Math.max(BLOCK, into.length);
        block = new Uint8Array(reader.readAsArrayBuffer(blob.slice(offset, end)));
      }
      const part = block.subarray(offset - begin, offset - begin + into.length);
      into.set(part);
      return part.length;
    },
  };
}

function work({ id, file, options }: Order): Answer {
  try {
    const source = blobSource(file);
    const plan = planPatch(source, toRequest(options), 'refuse', (offset) => {
      postMessage({ id, kind: 'progress', part: offset / source.length });
    });
    const report = fileResult(file.name, source, plan, { positions: true, context: CONTEXT });
    const pieces = toPieces(file.size, plan.edits);
    return { id, kind: 'done', report, result: { pieces, diff: unifiedDiff(file.name, report.hunks) } };
  } catch (error) {
    // An error of a class would lose its fields on the way to the page.
    const { code, message, line, column, offset, excerpt } = toMetabaseError(error);
    const report = refusedResult(file.name, { code, message, line, column, offset, excerpt }, null);
    return { id, kind: 'done', report, result: null };
  }
}

function toMetabaseError(error: unknown): MetabaseError {
  if (error instanceof MetabaseError) return error;
  return new MetabaseError('FILE_UNREADABLE', `the file cannot be read: ${String(error)}`);
}

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  postMessage(work(data));
});
