import { MetabaseError } from '../errors.ts';
import { PAGE_MARK } from '../report/page.ts';
import { readSpan } from '../source/source.ts';
import { decodeUtf8 } from '../source/utf8.ts';
import { fileIdentity, statsOf } from './file-identity.ts';
import { openInput } from './input-file.ts';
import { outputExists } from './publish.ts';

/**
 * @param inputs The identities (see `fileIdentity`) of all files that the same run reads.
 * @returns Why nothing may be written there, or null: OUTPUT_IS_INPUT, through a link too, or OUTPUT_EXISTS.
 */
export function checkOutput(output: string, inputs: ReadonlySet<string>, overwrite: boolean): MetabaseError | null {
  const identity = fileIdentity(output);
  if (identity === null) return null;
  if (inputs.has(identity)) {
    const message = `${output} is an input of this run; --in-place replaces a file, after a backup`;
    return new MetabaseError('OUTPUT_IS_INPUT', message);
  }
  return overwrite || statsOf(output) === undefined ? null : outputExists(output);
}

/** The mark of a report is within this many bytes of its beginning. */
const HEAD = 1000;

/**
 * Each run replaces an earlier report, as a build replaces what it made before; but nothing else, least of all a backup.
 * @returns Why no report may be written there, or null.
 */
export function checkReport(output: string, inputs: ReadonlySet<string>): MetabaseError | null {
  const refusal = checkOutput(output, inputs, true);
  if (refusal !== null || statsOf(output)?.isFile() !== true || isReport(output)) return refusal;
  return new MetabaseError('OUTPUT_EXISTS', `${output} exists already, and is not a report`);
}

/** What cannot be read is not known to be a report. */
function isReport(path: string): boolean {
  try {
    const input = openInput(path);
    try {
      return decodeUtf8(readSpan(input.source, { offset: 0, length: HEAD })).includes(PAGE_MARK);
    } finally {
      input.close();
    }
  } catch {
    return false;
  }
}
