import type { Finding, Position } from '../errors.ts';
import { PROPERTY } from '../parser/metabase-key.ts';
import type { Plan, Server, Warning } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import type { Encoding, Text } from '../source/text.ts';
import { toHex, unnamedBits, type Verb, VERB_NAMES, VERBS } from '../verbs.ts';

/** Whether a verb is on, before and after the run; null where there is no value. */
export type VerbState = Readonly<{ before: boolean; after: boolean }> | null;

/** A metabase key that can be patched, as the JSON and the library show it. */
export interface ServerResult {
  readonly location: string;
  readonly class: string;
  readonly comment: string | null;
  readonly selected: boolean;
  /** The effective value, and the Location that it comes from. */
  readonly value: number | null;
  readonly hex: string | null;
  readonly source: string | null;
  /** The effective value after the run. */
  readonly newValue: number | null;
  readonly newHex: string | null;
  readonly verbs: Readonly<Record<Verb, VerbState>>;
  /** The bits of the value that have no name, as hex. */
  readonly unnamed: string | null;
  readonly line: number;
  readonly column: number;
}

/** An edit of the file: its `length` bytes at `offset` become `new`, in the file's encoding. */
export interface EditResult extends Position {
  readonly location: string;
  readonly property: string;
  readonly kind: 'replace' | 'insert';
  readonly length: number;
  readonly old: string | null;
  readonly new: string;
}

/** What was found and what is to be changed; line and column are 1-based, offsets 0-based bytes of the file. */
export interface Inspection {
  readonly changed: boolean;
  readonly encoding: Encoding;
  readonly servers: readonly ServerResult[];
  readonly edits: readonly EditResult[];
  readonly warnings: readonly Finding[];
}

/** @returns The plan as users see it: with lines, columns and offsets of the file. */
export function toInspection(text: Text, plan: Plan): Inspection {
  const tags = plan.servers.map(({ key }) => key.elements[0].tag.offset);
  const positionOf = positionsOf(text, [...tags, ...plan.edits.map(({ offset }) => offset)]);
  return {
    changed: plan.edits.length > 0,
    encoding: plan.encoding,
    servers: plan.servers.map((server, i) => toServerResult(server, positionOf(tags[i]))),
    edits: plan.edits.map(({ location, kind, offset, length, old, new: changed }) => {
      const position = positionOf(offset);
      const end = text.toFileOffset(offset + length);
      return { location, property: PROPERTY, kind, ...position, length: end - position.offset, old, new: changed };
    }),
    warnings: toFindings(text, plan.warnings),
  };
}

/** @returns The warnings with their lines and columns. */
export function toFindings(text: Text, warnings: readonly Warning[]): Finding[] {
  const positionOf = positionsOf(
    text,
    warnings.map(({ offset }) => offset).filter((offset) => offset !== null),
  );
  return warnings.map(({ code, message, offset }) => {
    const place = offset === null ? { line: null, column: null, offset } : positionOf(offset);
    return { code, message, ...place };
  });
}

function toServerResult(server: Server, { line, column }: Position): ServerResult {
  const { key, selected, value, source, newValue } = server;
  const element = key.elements[0];
  return {
    location: key.location,
    class: element.class,
    comment: key.elements.find(({ comment }) => comment !== null)?.comment ?? null,
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
