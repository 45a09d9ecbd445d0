import type { InputFile } from '../files/input-file.ts';
import { toMetabaseError } from '../files/system-error.ts';
import type { FileEntry } from '../report/json.ts';
import { toJson } from '../report/visible.ts';
import { openNamed } from './inputs.ts';
import type { Invocation } from './invocation.ts';
import { encodingOf, type Outcome, statusOf, toEntry, type View } from './outcome.ts';
import { type Refusals, refuseOutputs } from './targets.ts';
import type { Terminal, ProcessStreams } from './terminal.ts';

/** What a command does with one input. */
export interface Work {
  /**
   * @param taken The places of all that the run reads or writes, which no backup may take.
   * @throws MetabaseError where the input is refused, or its output cannot be written
   */
  run(
    input: InputFile,
    taken: ReadonlySet<string>,
  ): Promise<{ readonly view: View; readonly output: string | null; readonly backup: string | null }>;
  /** Prints what became of it; errors and warnings are printed already. @returns The exit status so far. */
  show(outcome: Outcome & { readonly view: View }): Promise<number>;
}

/** What became of all inputs. */
export interface Outcomes {
  /** The highest exit status of them. */
  readonly status: number;
  /** Whether the run was refused before it began, so that nothing at all is written. */
  readonly isRefused: boolean;
  readonly counts: { readonly files: number; readonly refused: number };
  /** Kept only for the JSON document and the report. */
  readonly outcomes: readonly Outcome[];
  /** The diff of all inputs, kept only for `--diff`. */
  readonly diff?: string;
}

/**
 * Takes the inputs one after the other; each stands alone, and none stops the others.
 * @throws MetabaseError USAGE, and what concerns all inputs
 */
export async function eachInput(
  invocation: Invocation,
  terminal: Terminal,
  streams: ProcessStreams,
  work: Work,
): Promise<Outcomes> {
  const names = invocation.files;
  const refusals = refuseOutputs(invocation);
  const outcomes: Outcome[] = [];
  let status = 0;
  let unread = 0;
  for (const name of names) {
    const outcome = await attempt(name, refusals, streams, work);
    if (invocation.json || invocation.report !== null) outcomes.push(outcome);
    if (outcome.error !== null) unread++;
    status = Math.max(status, await tell(outcome, terminal, work));
  }
  const isRefused = refusals.all !== null;
  return { status, isRefused, counts: { files: names.length, refused: unread }, outcomes };
}

async function attempt(
  name: string,
  { all, each, taken }: Refusals,
  { stdin }: ProcessStreams,
  work: Work,
): Promise<Outcome> {
  const nothing = { file: name, encoding: null, view: null, output: null, backup: null };
  const refusal = all ?? each.get(name);
  if (refusal !== undefined) return { ...nothing, error: refusal };
  let input: InputFile | null = null;
  try {
    input = await openNamed(name, stdin);
    const done = await work.run(input, taken);
    return { file: name, error: null, encoding: done.view.plan.encoding, ...done };
  } catch (error) {
    return {
      ...nothing,
      error: toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read'),
      encoding: input === null ? null : encodingOf(input.source),
    };
  } finally {
    input?.close();
  }
}

async function tell(outcome: Outcome, terminal: Terminal, work: Work): Promise<number> {
  const { file, error, view } = outcome;
  if (error !== null) await terminal.error(file, error);
  if (error !== null || view === null) return error === null ? 0 : statusOf(error);
  for (const warning of view.warnings) await terminal.warning(file, warning);
  return work.show({ ...outcome, view });
}

/** Prints the JSON document of the command, if it was asked for. */
export async function printJson(
  invocation: Invocation,
  terminal: Terminal,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (!invocation.json) return;
  const files: FileEntry[] = outcomes.map((outcome) => toEntry(outcome, invocation.command === 'check'));
  await terminal.out.write(`${toJson({ version: 1, files })}\n`);
}
