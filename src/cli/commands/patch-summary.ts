import { existsSync } from 'node:fs';
import { pluralize, verbChanges } from '../../report/format.ts';
import type { FileResult } from '../../report/result.ts';
import type { RunResult } from '../for-each-input.ts';
import { isStream } from '../inputs.ts';
import { type Invocation, printsBytes } from '../invocation.ts';

/** @returns What was done to an input, or with a dry run would be, and where: a line, and one for each edit. */
export function summaryOf(result: FileResult, invocation: Invocation): string[] {
  const { file, edits } = result;
  const values = pluralize(edits.length, 'value');
  const what = edits.length === 0 ? 'nothing to change' : `${values} ${invocation.dryRun ? 'to change' : 'changed'}`;
  const lines = edits.map((edit) => `  ${edit.location}: ${editInWords(edit)}`);
  return [`${file}: ${what}; ${destination(result, invocation)}`, ...lines];
}

function destination({ file, edits, output, outputName: path, backup }: FileResult, invocation: Invocation): string {
  const { inPlace, dryRun, outDir } = invocation;
  if (printsBytes(invocation)) return 'written to standard output';
  if (output !== null) {
    if (!inPlace) return `written to ${output}`;
    return backup === null ? 'replaced, without a backup' : `replaced, backup in ${backup}`;
  }
  if (path === null) return isStream(file) ? '--output must say where it goes' : 'it would go to standard output';
  const isNamed = invocation.output !== null || outDir !== null;
  if (dryRun && (edits.length > 0 || isNamed)) {
    if (inPlace) return `it would be replaced, ${invocation.noBackup ? 'without' : 'after'} a backup`;
    return `it would be written to ${path}`;
  }
  const older = !inPlace && existsSync(path) ? ` (${path} is from an earlier run)` : '';
  return `${dryRun ? 'nothing would be written' : 'nothing is written'}${older}`;
}

function editInWords({ kind, old, oldValue, newValue }: FileResult['edits'][number]): string {
  const verbs = verbChanges(oldValue, newValue);
  return `${kind === 'replace' ? (old ?? '') : oldValue} -> ${newValue} (${verbs === '' ? 'inserted' : verbs})`;
}

/** @returns How many inputs were patched, unchanged and refused; null for a single one. */
export function countsOf({ counts }: RunResult, changed: number, { dryRun }: Invocation): string | null {
  if (counts.files < 2) return null;
  const parts = [
    `${changed} ${dryRun ? 'to patch' : 'patched'}`,
    `${counts.files - counts.refused - changed} with nothing to change`,
    `${counts.refused} refused`,
  ];
  return `${pluralize(counts.files, 'file')}: ${parts.join(', ')}`;
}
