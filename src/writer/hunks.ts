import type { Edit } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import type { Text } from '../source/text.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { lineEnd, linesAfter, linesBefore, lineStart, readText, splitLines } from './lines.ts';

/** A stretch of lines with changes in it, as in a unified diff; line numbers are 1-based. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** Each line with its line end, behind ` `, `-` or `+`. */
  readonly lines: readonly string[];
}

/** Whole lines that are replaced: where they stand, and what they were and become. */
interface Change {
  readonly offset: number;
  readonly end: number;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/**
 * @param edits In the order of their offsets.
 * @param context How many unchanged lines to show around a change.
 * @returns The hunks, made from the lines around the edits alone; the rest of the text is not looked at,
 * but for counting its lines up to the last edit.
 */
export function makeHunks(text: Text, edits: readonly Edit[], context: number): Hunk[] {
  const { source } = text;
  const groups = groupChanges(source, toChanges(source, edits), context);
  const starts = groups.map((group) => linesBefore(source, group[0].offset, context));
  const position = positionsOf(text, starts);
  let growth = 0;
  return groups.map((group, i) => {
    const lines = hunkLines(source, group, starts[i], context);
    const oldCount = lines.filter((line) => !line.startsWith('+')).length;
    const newCount = lines.filter((line) => !line.startsWith('-')).length;
    const first = position(starts[i]).line;
    const hunk = {
      // An empty side is told by the line before it; the new one never is, for no edit takes a line away.
      oldStart: oldCount === 0 ? first - 1 : first,
      oldCount,
      newStart: first + growth,
      newCount,
      lines,
    };
    growth += newCount - oldCount;
    return hunk;
  });
}

function toChanges(source: Source, edits: readonly Edit[]): Change[] {
  const changes: Change[] = [];
  for (let i = 0; i < edits.length;) {
    const offset = lineStart(source, edits[i].offset);
    let end = offset;
    const inside: Edit[] = [];
    // The end of a line is looked for once, however many edits the line has.
    for (; i < edits.length && (inside.length === 0 || edits[i].offset < end); i++) {
      const editEnd = edits[i].offset + edits[i].length;
      if (editEnd >= end) end = lineEnd(source, editEnd);
      inside.push(edits[i]);
    }
    changes.push(trimmed({ offset, end, ...sides(source, inside, offset, end) }));
  }
  return changes;
}

function sides(source: Source, edits: readonly Edit[], offset: number, end: number): Pick<Change, 'old' | 'new'> {
  const piece = (from: number, to: number): string => readText(source, { offset: from, length: to - from });
  let changed = '';
  let at = offset;
  for (const edit of edits) {
    changed += piece(at, edit.offset) + edit.new;
    at = edit.offset + edit.length;
  }
  changed += piece(at, end);
  return { old: splitLines(piece(offset, end)), new: splitLines(changed) };
}

/** Takes the lines off that an insertion only stands beside. */
function trimmed(change: Change): Change {
  const { old, new: changed } = change;
  const most = Math.min(old.length, changed.length);
  let head = 0;
  while (head < most && old[head] === changed[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === changed.at(-1 - tail)) tail++;
  const bytes = (lines: readonly string[]): number => encodeUtf8(lines.join('')).length;
  return {
    offset: change.offset + bytes(old.slice(0, head)),
    end: change.end - bytes(old.slice(old.length - tail)),
    old: old.slice(head, old.length - tail),
    new: changed.slice(head, changed.length - tail),
  };
}

/** Changes whose context lines touch share a hunk. */
function groupChanges(source: Source, changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    const isNear =
      previous !== undefined && linesAfter(source, previous.end, 2 * context + 1, change.offset).count <= 2 * context;
    if (group !== undefined && isNear) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunkLines(source: Source, group: readonly Change[], start: number, context: number): string[] {
  const lines: string[] = [];
  let added: string[] = [];
  let at = start;
  const keep = (end: number): void => {
    for (const line of added) lines.push(line);
    added = [];
    for (const line of splitLines(readText(source, { offset: at, length: end - at }))) lines.push(` ${line}`);
  };
  for (const change of group) {
    // Changed lines that touch are one change, as diff tools have it: first all that go, then all that come.
    if (change.offset > at) keep(change.offset);
    for (const line of change.old) lines.push(`-${line}`);
    for (const line of change.new) added.push(`+${line}`);
    at = change.end;
  }
  keep(linesAfter(source, at, context).end);
  return lines;
}
