import { MetabaseError } from '../errors.ts';
import { PAGE_MARK } from '../report/page-mark.ts';
import { readSpan } from '../source/source.ts';
import { decodeUtf8 } from '../source/utf8.ts';
import { openInput } from './input-file.ts';
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

/** Where a report has its mark, at the latest. */
const HEAD = 1000;

/**
 * A report is made anew at each run, as a build's result is; but nothing else is lost to it, least of all a backup.
 * @returns Why no report may be written there, or null.
 */
export function checkReport(output: string, inputs: ReadonlySet<string>): MetabaseError | null {
  const refusal = checkOutput(output, inputs, true);
  const stats = statsOf(output);
  if (refusal !== null || stats?.isFile() !== true || stats.size === 0n || isReport(output)) return refusal;
  return new MetabaseError('OUTPUT_EXISTS', `${output} exists already, and is no report`);
}

/** @throws MetabaseError FILE_UNREADABLE */
function isReport(path: string): boolean {
  const input = openInput(path);
  try {
    return decodeUtf8(readSpan(input.source, { offset: 0, length: HEAD })).includes(PAGE_MARK);
  } finally {
    input.close();
  }
}
