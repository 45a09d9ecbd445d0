import { MetabaseError } from '../errors.ts';
import { outputExists } from './output-file.ts';
import { isSameFile, statsOf } from './stats.ts';

/**
 * @param inputs The paths of everything that is read in the same run.
 * @returns Why nothing may be written there, or null: OUTPUT_IS_INPUT, through a link too, or OUTPUT_EXISTS.
 */
export function checkOutput(output: string, inputs: readonly string[], overwrite: boolean): MetabaseError | null {
  const existing = statsOf(output);
  // A device or a pipe is no file that could be lost.
  if (existing?.isFile() !== true) return null;
  const input = inputs.find((path) => {
    const stats = statsOf(path);
    return stats !== undefined && isSameFile(stats, existing);
  });
  if (input !== undefined) {
    const message = `${output} is an input of this run; --in-place replaces a file, after a backup`;
    return new MetabaseError('OUTPUT_IS_INPUT', message);
  }
  return overwrite ? null : outputExists(output);
}
