import type { MetabaseError } from '../errors.ts';
import { fileEntry, toJson } from '../report/json.ts';
import type { FileResult } from '../report/result.ts';
import { writeCommonFiles } from './common-files.ts';
import { namesOfInputs } from './inputs.ts';
import type { Invocation } from './invocation.ts';
import { placeOutputs } from './outputs.ts';
import { processInput } from './process-input.ts';
import { cleaningUpOnSignals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** The part of a result that is kept until the end of a run, whatever is printed. */
export type ShortResult = Pick<FileResult, 'error' | 'ok' | 'changed'>;

/** How a command that reads metabases shows them as text. */
export interface Presentation {
  /** Prints the result for an input that was read; its warnings are printed already. */
  print(result: FileResult, invocation: Invocation, terminal: Terminal): Promise<void>;
  /** @returns A line on several inputs together. */
  total?(results: readonly ShortResult[], invocation: Invocation): string;
}

/**
 * Does what the command does with its inputs, one after the other. An error in one does not stop the others.
 * @returns The highest exit status.
 * @throws MetabaseError USAGE, and errors that concern all inputs
 */
export async function forEachInput(
  invocation: Invocation,
  presentation: Presentation,
  terminal: Terminal,
): Promise<number> {
  const { command, json, diff, report } = invocation;
  const names = await namesOfInputs(invocation);
  const { placements, refusal } = placeOutputs(names, invocation);
  const results: ShortResult[] = [];
  const kept: FileResult[] = [];
  for (const placement of placements) {
    const result = await processInput(placement, invocation, terminal);
    const { file, error, warnings, ok, changed } = result;
    if (error !== null) await terminal.error(file, error);
    for (const warning of warnings) await terminal.warning(file, warning);
    if (error === null) await presentation.print(result, invocation, terminal);
    results.push({ error, ok, changed });
    if (json || diff !== null || report !== null) kept.push(result);
  }
  const total = names.length > 1 ? presentation.total?.(results, invocation) : undefined;
  if (total !== undefined) await terminal.summary(total);
  const files = kept.map((result) => fileEntry(result, command === 'check'));
  if (json) await terminal.out.write(`${toJson({ version: 1, files })}\n`);
  if (refusal === null) await cleaningUpOnSignals(() => writeCommonFiles(invocation, kept, terminal));
  return results.reduce((highest, result) => Math.max(highest, statusOf(result, command)), 0);
}

function statusOf({ error, ok }: ShortResult, command: Invocation['command']): number {
  if (error !== null) return statusOfError(error);
  return command === 'check' && !ok ? 1 : 0;
}

/** The codes of files that are good, but cannot reach the requested state. */
const OUT_OF_REACH = ['NO_SMTP_SERVER', 'UNKNOWN_SERVER', 'VALUE_MISSING'];

/** @returns The exit status that an error means: 1 if the requested state cannot be reached, else 2. */
export function statusOfError({ code }: Pick<MetabaseError, 'code'>): number {
  return OUT_OF_REACH.includes(code) ? 1 : 2;
}
