import { type Finding, MetabaseError } from '../errors.ts';
import type { PlannedText } from '../files/read-plan.ts';
import type { Plan } from '../patch/plan.ts';
import { type FileEntry, fileEntry, refusedEntry, withVerdicts } from '../report/json.ts';
import { type Inspection, toFindings, toInspection } from '../report/result.ts';
import { openText } from '../source/open-text.ts';
import type { Encoding } from '../source/text.ts';
import type { Source } from '../source/source.ts';
import { type Hunk, makeHunks } from '../writer/hunks.ts';

/** What is to be shown of an input beside its warnings; each costs a look at the text. */
export interface Wanted {
  readonly inspection: boolean;
  /** How many lines of context the hunks have; null for no hunks. */
  readonly context: number | null;
}

/** What was found in an input, and what is to be shown of it. */
export interface View {
  readonly plan: Plan;
  readonly warnings: readonly Finding[];
  readonly inspection: Inspection | null;
  readonly hunks: readonly Hunk[];
}

/** @returns The view, made while the text can still be read. */
export function toView({ text, plan }: PlannedText, wanted: Wanted): View {
  return {
    plan,
    warnings: toFindings(text, plan.warnings),
    inspection: wanted.inspection ? toInspection(text, plan) : null,
    hunks: wanted.context === null ? [] : makeHunks(text, plan.edits, wanted.context),
  };
}

/** What became of one input. */
export interface Outcome {
  /** The name as it was given; `-` for standard input. */
  readonly file: string;
  readonly error: MetabaseError | null;
  /** Known on an error too, where the first bytes told it. */
  readonly encoding: Encoding | null;
  /** Null on an error. */
  readonly view: View | null;
  readonly output: string | null;
  readonly backup: string | null;
}

/** @returns Whether every selected key is in the requested state. */
export function isOk({ plan }: View): boolean {
  return plan.servers.every(({ selected, isOk }) => !selected || isOk);
}

/** The codes of files that are good, but cannot reach the requested state. */
const OUT_OF_REACH = ['NO_SMTP_SERVER', 'UNKNOWN_SERVER', 'VALUE_MISSING'];

/** @returns The exit status that an error means: 1 where the requested state cannot be reached, else 2. */
export function statusOf(error: MetabaseError): number {
  return OUT_OF_REACH.includes(error.code) ? 1 : 2;
}

/** @returns The input's entry in the JSON document; with verdicts for `check`. */
export function toEntry({ file, error, encoding, view, output, backup }: Outcome, hasVerdicts: boolean): FileEntry {
  const entry =
    error === null && view?.inspection
      ? fileEntry(file, view.inspection, { output, backup })
      : refusedEntry(file, error ?? new MetabaseError('FILE_UNREADABLE', 'was not read'), encoding);
  return hasVerdicts ? withVerdicts(entry, view?.plan.servers.map(({ isOk }) => isOk) ?? []) : entry;
}

/** @returns The encoding of a file that was refused, null where it has none that is read. */
export function encodingOf(source: Source): Encoding | null {
  try {
    return openText(source).encoding;
  } catch {
    return null;
  }
}
