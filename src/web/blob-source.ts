import type { Source } from '../source/source.ts';

/** Workers have it; the types of a page do not. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** A blob is read in blocks of this size, because each read has a cost of its own. */
const BLOCK = 1 << 20;

/** @returns A file that the reader chose, as a source; for a worker only. */
export function blobSource(blob: Blob): Source {
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
