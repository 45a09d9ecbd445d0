import type { MetabaseError } from '../errors.ts';
import type { InputFile } from '../files/input-file.ts';
import { toMetabaseError } from '../files/system-error.ts';
import { digestsOf, type Digests } from '../report/digest.ts';
import { fileEntry, toJson } from '../report/json.ts';
import { type FileResult, refusedResult } from '../report/result.ts';
import { assertUtf8 } from '../source/encoding.ts';
import type { Source } from '../source/source.ts';
import { newHash } from './sha256.ts';
import { openNamed } from './inputs.ts';
import type { Invocation } from './invocation.ts';
import { type Refusals, refuseOutputs } from './targets.ts';
import type { Terminal, ProcessStreams } from './terminal.ts';

/** What a command does with one input. */
export interface InputCommand {
  /** @throws MetabaseError if the input is refused, or its output cannot be written */
  run(input: InputFile): Promise<FileResult>;
  /** Prints the result for a file that was read; its warnings are printed already. @returns The exit status for it. */
  print(result: FileResult): Promise<number>;
}

/** The result for all inputs. */
export interface RunResult {
  /** The highest exit status. */
  readonly status: number;
  /** Whether the run was refused before it began, so that nothing at all is written. */
  readonly isRefused: boolean;
  readonly counts: { readonly files: number; readonly refused: number };
  /** Kept only for the JSON document and the report. */
  readonly results: readonly FileResult[];
  /** The diff of all inputs, kept only for `--diff`. */
  readonly diff?: string;
}

/**
 * Runs a command for the inputs, one after the other. An error in one does not stop the others.
 * @throws MetabaseError USAGE, and errors that concern all inputs
 */
export async function forEachInput(
  invocation: Invocation,
  terminal: Terminal,
  streams: ProcessStreams,
  command: InputCommand,
): Promise<RunResult> {
  const names = invocation.files;
  const refusals = refuseOutputs(invocation);
  const results: FileResult[] = [];
  let status = 0;
  let refused = 0;
  for (const name of names) {
    const result = await attempt(name, refusals, streams, command, invocation.report !== null);
    if (invocation.json || invocation.report !== null) results.push(result);
    if (result.error !== null) refused++;
    status = Math.max(status, await print(result, terminal, command));
  }
  const isRefused = refusals.all !== null;
  return { status, isRefused, counts: { files: names.length, refused }, results };
}

async function attempt(
  name: string,
  { all, each }: Refusals,
  { stdin }: ProcessStreams,
  command: InputCommand,
  hasReport: boolean,
): Promise<FileResult> {
  const refusal = all ?? each.get(name);
  if (refusal !== undefined) return refusedResult(name, refusal, null);
  let input: InputFile | null = null;
  try {
    input = await openNamed(name, stdin);
    return await command.run(input);
  } catch (error) {
    const encoding = input !== null && isUtf8File(input.source) ? 'utf-8' : null;
    const refusal = toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read');
    return refusedResult(name, refusal, encoding, hasReport ? inputDigests(input) : null);
  } finally {
    input?.close();
  }
}

async function print(result: FileResult, terminal: Terminal, command: InputCommand): Promise<number> {
  const { file, error, warnings } = result;
  if (error !== null) await terminal.error(file, error);
  for (const warning of warnings) await terminal.warning(file, warning);
  return error === null ? command.print(result) : statusOf(error);
}

/** The codes of files that are good, but cannot reach the requested state. */
const OUT_OF_REACH = ['NO_SMTP_SERVER', 'UNKNOWN_SERVER', 'VALUE_MISSING'];

/** @returns The exit status that an error means: 1 if the requested state cannot be reached, else 2. */
export function statusOf({ code }: Pick<MetabaseError, 'code'>): number {
  return OUT_OF_REACH.includes(code) ? 1 : 2;
}

/** Prints the JSON document of the command, if it was asked for. */
export async function printJson(
  { json, command }: Invocation,
  terminal: Terminal,
  results: readonly FileResult[],
): Promise<void> {
  if (!json) return;
  const files = results.map((result) => fileEntry(result, command === 'check'));
  await terminal.out.write(`${toJson({ version: 1, files })}\n`);
}

/** @returns The digest of an input that was refused; null if it cannot be read, or not any more. */
function inputDigests(input: InputFile | null): Digests | null {
  try {
    return input === null ? null : { ...digestsOf(input.source, [], newHash), output: null };
  } catch {
    return null;
  }
}

function isUtf8File(source: Source): boolean {
  try {
    assertUtf8(source);
    return true;
  } catch {
    return false;
  }
}
