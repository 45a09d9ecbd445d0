import { existsSync } from 'node:fs';
import { pluralize, verbChanges } from '../../report/format.ts';
import type { FileResult } from '../../report/result.ts';
import { diffOf } from '../common-files.ts';
import type { Presentation } from '../for-each-input.ts';
import { isStream } from '../inputs.ts';
import { type Invocation, printsBytes } from '../invocation.ts';

/** The diff, and a summary of what was changed and written, or would be. */
export const patch: Presentation = {
  async print(result, invocation, terminal) {
    if (!invocation.json && !printsBytes(invocation)) await terminal.diff(diffOf(result));
    for (const line of summaryOf(result, invocation)) await terminal.summary(line);
  },
  total(results, { dryRun }) {
    const refused = results.filter(({ error }) => error !== null).length;
    const changed = results.filter((result) => result.changed).length;
    const parts = [
      `${changed} ${dryRun ? 'to patch' : 'patched'}`,
      `${results.length - refused - changed} with nothing to change`,
      `${refused} refused`,
    ];
    return `${pluralize(results.length, 'file')}: ${parts.join(', ')}`;
  },
};

/** @returns A line on what was done to an input and where, and one for each edit. */
function summaryOf(result: FileResult, invocation: Invocation): string[] {
  const { file, edits } = result;
  const values = pluralize(edits.length, 'value');
  const what = edits.length === 0 ? 'nothing to change' : `${values} ${invocation.dryRun ? 'to change' : 'changed'}`;
  const lines = edits.map((edit) => `  ${edit.location}: ${editInWords(edit)}`);
  return [`${file}: ${what}; ${destination(result, invocation)}`, ...lines];
}

function destination({ file, edits, output, outputName: path, backup }: FileResult, invocation: Invocation): string {
  const { inPlace, noBackup, dryRun } = invocation;
  if (printsBytes(invocation)) return 'written to standard output';
  if (output !== null) {
    if (!inPlace) return `written to ${output}`;
    return backup === null ? 'replaced, without a backup' : `replaced, backup in ${backup}`;
  }
  if (path === null) return isStream(file) ? '--output must say where it goes' : 'it would go to standard output';
  const isNamed = invocation.output !== null || invocation.outDir !== null;
  if (dryRun && (edits.length > 0 || isNamed)) {
    return inPlace
      ? `it would be replaced, ${noBackup ? 'without' : 'after'} a backup`
      : `it would be written to ${path}`;
  }
  const older = !inPlace && existsSync(path) ? ` (${path} is from an earlier run)` : '';
  return `${dryRun ? 'nothing would be written' : 'nothing is written'}${older}`;
}

function editInWords({ kind, old, oldValue, newValue }: FileResult['edits'][number]): string {
  const verbs = verbChanges(oldValue, newValue);
  return `${kind === 'replace' ? (old ?? '') : oldValue} -> ${newValue} (${verbs === '' ? 'inserted' : verbs})`;
}
