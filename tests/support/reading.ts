import { MetabaseError } from '../../src/errors.ts';
import type { MetabaseKey } from '../../src/parser/metabase-key.ts';
import { type Metabase, readMetabase, runToEnd } from '../../src/parser/read-metabase.ts';
import { memorySource, type Source } from '../../src/source/source.ts';

/** @returns A document as a source. */
export const sourceOf = (document: string | Uint8Array): Source => memorySource(Buffer.from(document));

/** Reads a whole metabase. @throws MetabaseError */
export function read(source: Source, windowSize?: number): Metabase {
  return runToEnd(readMetabase(source, windowSize));
}

/** @returns Its keys alone. */
export function readKeys(source: Source, windowSize?: number): readonly MetabaseKey[] {
  return read(source, windowSize).keys;
}

/** @returns Why the text or the bytes are refused; null if they are well-formed, whether they are a metabase or not. */
export function refusalOf(document: string | Uint8Array, windowSize?: number): MetabaseError | null {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  try {
    readKeys(memorySource(bytes), windowSize);
    return null;
  } catch (error) {
    if (!(error instanceof MetabaseError)) throw error;
    return error.code === 'NOT_A_METABASE' ? null : error;
  }
}
