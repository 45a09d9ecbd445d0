import { MetabaseError } from '../errors.ts';
import { placeOf } from './place.ts';
import { outputExists } from './replace.ts';
import { statsOf } from './stats.ts';

/**
 * @param inputs The places of everything that is read in the same run.
 * @returns Why nothing may be written there, or null: OUTPUT_IS_INPUT, through a link too, or OUTPUT_EXISTS.
 */
export function checkOutput(output: string, inputs: ReadonlySet<string>, overwrite: boolean): MetabaseError | null {
  const place = placeOf(output);
  if (place === null) return null;
  if (inputs.has(place)) {
    const message = `${output} is an input of this run; --in-place replaces a file, after a backup`;
    return new MetabaseError('OUTPUT_IS_INPUT', message);
  }
  return overwrite || statsOf(output) === undefined ? null : outputExists(output);
}
