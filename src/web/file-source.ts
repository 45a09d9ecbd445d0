import { MetabaseError } from '../errors.ts';
import type { Source } from '../source/source.ts';

/** Workers have it; the types of a page do not. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** A file is read in blocks of this size, because each read has a cost of its own. */
const BLOCK = 1 << 20;

/** @returns A file that the reader chose, as a source that throws FILE_UNREADABLE; for a worker only. */
export function fileSource(file: File): Source {
  let begin = 0;
  let block = new Uint8Array(0);
  return {
    length: file.size,
    read(offset, into) {
      if (offset < begin || offset + into.length > begin + block.length) {
        begin = offset;
        const end = offset + Math.max(BLOCK, into.length);
        block = readBlock(file, offset, end);
      }
      const part = block.subarray(offset - begin, offset - begin + into.length);
      into.set(part);
      return part.length;
    },
  };
}

/** @throws MetabaseError FILE_UNREADABLE, for instance if the file was changed after it was chosen */
function readBlock(file: File, offset: number, end: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(file.slice(offset, end)));
  } catch (cause) {
    throw new MetabaseError('FILE_UNREADABLE', `${file.name} cannot be read: ${String(cause)}`, null, null, { cause });
  }
}
