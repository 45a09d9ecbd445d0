import { MetabaseError } from '../../src/errors.ts';
import type { MetabaseKey } from '../../src/parser/metabase-key.ts';
import { readMetabase } from '../../src/parser/metabase.ts';
import { finish } from '../../src/parser/steps.ts';
import { memorySource, type Source } from '../../src/source/source.ts';
import { openText } from '../../src/source/open-text.ts';

/** Reads a whole metabase. @throws MetabaseError */
export function readKeys(source: Source, windowSize?: number): readonly MetabaseKey[] {
  return finish(readMetabase(openText(source), windowSize));
}

/** @returns Why the text or the bytes are refused; null where they are well-formed, be they a metabase or not. */
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
