import { encodeUtf8 } from '../source/utf8.ts';
import { memoryInput } from './input-file.ts';
import { StagedOutput } from './output-file.ts';

/**
 * Writes a text under a name, whole or not at all.
 * @throws MetabaseError WRITE_FAILED, and OUTPUT_EXISTS where the name is taken and may not be overwritten
 */
export async function writeTextFile(path: string, text: string, overwrite: boolean): Promise<void> {
  const staged = new StagedOutput(memoryInput(path, encodeUtf8(text)), path);
  await staged.commit([], { overwrite, backup: false });
}
