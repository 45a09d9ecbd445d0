import type { Diagnostic, Position, Refusal } from '../errors.ts';
import { PROPERTY } from '../parser/metabase-key.ts';
import type { Edit, Plan, Server } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { toHex, unnamedBits, type Verb, VERB_NAMES, VERBS } from '../verbs.ts';
import { type Hunk, makeHunks } from '../writer/hunks.ts';
import { type Digests, digestsOf, type Hash } from './digest.ts';

/** Whether a verb is on, before and after the run; null if there is no value. */
export type VerbState = Readonly<{ before: boolean; after: boolean }> | null;

/** A metabase key that can be patched. */
export interface ServerResult {
  readonly location: string;
  readonly class: string;
  /** The property ServerComment. */
  readonly comment: string | null;
  readonly selected: boolean;
  /** The effective value; null if there is none or if it is invalid. */
  readonly value: number | null;
  readonly hex: string | null;
  /** The Location that the value comes from, or the word IIsInheritedProperties. */
  readonly source: string | null;
  /** The effective value after the run. */
  readonly newValue: number | null;
  readonly newHex: string | null;
  readonly verbs: Readonly<Record<Verb, VerbState>>;
  /** The bits of the value that have no name, as hex. */
  readonly unnamed: string | null;
  /** Where the key's start tag begins, 1-based. */
  readonly line: number;
  readonly column: number;
}

/** An edit of the file: its `length` bytes at `offset` become `new`. */
export interface EditResult extends Position {
  readonly location: string;
  readonly property: string;
  readonly kind: 'replace' | 'insert';
  readonly length: number;
  /** The raw text that is replaced; null if nothing is, and `/` if an element without content is opened. */
  readonly old: string | null;
  readonly new: string;
}

/** What a metabase holds and what a patch changes; lines and columns are 1-based, offsets 0-based bytes of the file. */
export interface Result {
  readonly changed: boolean;
  readonly encoding: 'utf-8';
  readonly servers: readonly ServerResult[];
  readonly edits: readonly EditResult[];
  readonly warnings: readonly Diagnostic[];
}

/** The result for one input of a command; the text, the JSON and the page each show a part of it. */
export interface FileResult extends Omit<Result, 'encoding' | 'servers' | 'edits'> {
  /** The name as it was given; `-` for standard input. */
  readonly file: string;
  /** Whether every selected key is in the requested state before the run; false on an error. */
  readonly ok: boolean;
  readonly error: Refusal | null;
  /** Null if the file is not UTF-8. */
  readonly encoding: 'utf-8' | null;
  /** `ok` is null for a key that is not selected. */
  readonly servers: readonly (ServerResult & { readonly ok: boolean | null })[];
  /** With the property's value before and after each. */
  readonly edits: readonly (EditResult & Pick<Edit, 'oldValue' | 'newValue'>)[];
  readonly hunks: readonly Hunk[];
  /** The paths written, or null. */
  readonly output: string | null;
  readonly backup: string | null;
  /** The name of the output, also in a dry run, which does not write it; null if it has none. */
  readonly outputName: string | null;
  /** Whether the output was written, to a file or to standard output. */
  readonly isWritten: boolean;
  /** Null unless they were requested. */
  readonly digests: Digests | null;
}

/** What to put into the result for a file; each takes another look at its text. */
export interface ResultOptions {
  /** Whether lines and columns of servers and edits are shown; they are 0 otherwise. Counting them takes a third of a scan. */
  readonly positions: boolean;
  /** How many lines of context the hunks have; null for no hunks. */
  readonly context: number | null;
  /** What makes the digests; null for none. They take a look at each byte. */
  readonly newHash: (() => Hash) | null;
}

/** @returns The result of a file that was read; nothing is written yet. */
export function fileResult(file: string, source: Source, plan: Plan, options: ResultOptions): FileResult {
  const { servers, edits, ...result } = toResult(source, plan, options.positions);
  return {
    file,
    error: null,
    ok: plan.servers.every(({ ok }) => ok !== false),
    ...result,
    servers: servers.map((server, i) => ({ ...server, ok: plan.servers[i].ok })),
    edits: edits.map((edit, i) => ({ ...edit, oldValue: plan.edits[i].oldValue, newValue: plan.edits[i].newValue })),
    hunks: options.context === null ? [] : makeHunks(source, plan.edits, options.context),
    output: null,
    backup: null,
    outputName: null,
    isWritten: false,
    digests: options.newHash === null ? null : digestsOf(source, plan.edits, options.newHash),
  };
}

/** @returns The result of a file that was refused. */
export function refusedResult(
  file: string,
  error: Refusal & { readonly warnings?: readonly Diagnostic[] },
  encoding: 'utf-8' | null,
  digests: Digests | null = null,
): FileResult {
  const { warnings = [] } = error;
  const content = { warnings, servers: [], edits: [], changed: false, hunks: [] };
  const output = { output: null, backup: null, outputName: null, isWritten: false };
  return { file, error, ok: false, encoding, ...content, ...output, digests };
}

/** @returns The Locations of the keys that are edited. */
export function editedLocations({ edits }: Pick<Result, 'edits'>): ReadonlySet<string> {
  return new Set(edits.map(({ location }) => location));
}

/** @returns The plan as users see it, with lines and columns if these are needed. */
export function toResult(source: Source, plan: Plan, hasPositions = true): Result {
  const tags = plan.servers.map(({ key }) => key.elements[0].tag.offset);
  const positionOf = hasPositions
    ? positionsOf(source, [...tags, ...plan.edits.map(({ offset }) => offset)])
    : (offset: number): Position => ({ line: 0, column: 0, offset });
  return {
    changed: plan.edits.length > 0,
    encoding: 'utf-8',
    servers: plan.servers.map((server, i) => toServerResult(server, positionOf(tags[i]))),
    edits: plan.edits.map(({ location, kind, offset, length, old, new: text }) => {
      const { line, column } = positionOf(offset);
      return { location, property: PROPERTY, kind, offset, length, old, new: text, line, column };
    }),
    warnings: plan.warnings,
  };
}

function toServerResult(server: Server, { line, column }: Position): ServerResult {
  const { key, selected, value, source, newValue } = server;
  const element = key.elements[0];
  return {
    location: key.location,
    class: element.class,
    comment: key.comment,
    selected,
    value,
    hex: value === null ? null : toHex(value),
    source: value === null ? null : source,
    newValue,
    newHex: newValue === null ? null : toHex(newValue),
    verbs: verbStates(value, newValue),
    unnamed: value === null ? null : toHex(unnamedBits(value)),
    line,
    column,
  };
}

function verbStates(value: number | null, newValue: number | null): Record<Verb, VerbState> {
  const state = (verb: Verb): VerbState => {
    if (value === null || newValue === null) return null;
    const bit = VERBS[verb];
    return { before: (value & bit) !== 0, after: (newValue & bit) !== 0 };
  };
  return Object.fromEntries(VERB_NAMES.map((verb) => [verb, state(verb)])) as Record<Verb, VerbState>;
}
