import { existsSync } from 'node:fs';
import { pluralize, verbChanges } from '../../report/format.ts';
import type { FileResult } from '../../report/result.ts';
import type { RunResult } from '../each-input.ts';
import { type Invocation, printsBytes } from '../invocation.ts';
import { targetOf } from '../targets.ts';

/** @returns What was done to an input, or with a dry run would be, and where: a line, and one for each edit. */
export function summaryOf({ file, edits, output, backup }: FileResult, invocation: Invocation): string[] {
  const values = pluralize(edits.length, 'value');
  const what = edits.length === 0 ? 'nothing to change' : `${values} ${invocation.dryRun ? 'to change' : 'changed'}`;
  const target = targetOf(file, invocation);
  const where = placeOf(edits.length > 0, output, backup, target?.path ?? null, invocation);
  const lines = edits.map((edit) => `  ${edit.location}: ${editInWords(edit)}`);
  return [`${file}: ${what}; ${where}`, ...lines];
}

function placeOf(
  hasEdits: boolean,
  output: string | null,
  backup: string | null,
  path: string | null,
  invocation: Invocation,
): string {
  const { inPlace, dryRun, outDir, force } = invocation;
  if (printsBytes(invocation)) return 'written to standard output';
  if (output !== null) {
    if (!inPlace) return `written to ${output}`;
    return backup === null ? 'replaced, without a backup' : `replaced, backup in ${backup}`;
  }
  const isNamed = invocation.output !== null || outDir !== null;
  if (path === null) return dryRun ? 'it would go to standard output' : 'nothing is written';
  if (dryRun && (hasEdits || isNamed)) {
    if (inPlace) return `it would be replaced, ${invocation.backup ? 'after' : 'without'} a backup`;
    const isTaken = !isNamed && !force && existsSync(path);
    return `it would be written to ${path}${isTaken ? ', which exists already: --force would be needed' : ''}`;
  }
  const older = !inPlace && existsSync(path) ? ` (${path} is of an earlier run)` : '';
  return `${dryRun ? 'nothing would be written' : 'nothing is written'}${older}`;
}

function editInWords({ kind, old, oldValue, newValue }: FileResult['edits'][number]): string {
  const verbs = verbChanges(oldValue, newValue);
  return `${kind === 'replace' ? (old ?? '') : oldValue} -> ${newValue} (${verbs === '' ? 'inserted' : verbs})`;
}

/** @returns How many inputs came out how; null for a single one. */
export function countsOf({ counts }: RunResult, changed: number, { dryRun }: Invocation): string | null {
  if (counts.files < 2) return null;
  const parts = [
    `${changed} ${dryRun ? 'to patch' : 'patched'}`,
    `${counts.files - counts.refused - changed} with nothing to change`,
    `${counts.refused} refused`,
  ];
  return `${pluralize(counts.files, 'file')}: ${parts.join(', ')}`;
}
