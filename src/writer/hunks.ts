import type { Edit } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { lineEnd, linesAfter, linesBefore, lineStart, readText, splitLines } from './lines.ts';

/** A stretch of lines with changes in it, as in a unified diff; line numbers are 1-based. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** Each line with its line end, after ` `, `-` or `+`. */
  readonly lines: readonly string[];
}

/** Lines from `offset` to `end` that are replaced: the old and the new ones. */
interface Change {
  readonly offset: number;
  readonly end: number;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/**
 * @param edits In the order of their offsets; none removes a line end.
 * @param context How many unchanged lines to show around a change.
 * @returns The hunks. Only the lines around the edits are compared; the rest of the text, up to the last edit, is read only to
 * count its lines.
 */
export function makeHunks(source: Source, edits: readonly Edit[], context: number): Hunk[] {
  const groups = groupChanges(source, joinTouching(toChanges(source, edits)), context);
  const starts = groups.map((group) => linesBefore(source, group[0].offset, context));
  const position = positionsOf(source, starts);
  let growth = 0;
  return groups.map((group, i) => {
    const lines = hunkLines(source, group, starts[i], context);
    const oldCount = lines.filter((line) => !line.startsWith('+')).length;
    const newCount = lines.filter((line) => !line.startsWith('-')).length;
    const first = position(starts[i]).line;
    // The number of an empty side is that of the line before it. The new side is never empty: no edit removes a line.
    const oldStart = oldCount === 0 ? first - 1 : first;
    const hunk = { oldStart, oldCount, newStart: first + growth, newCount, lines };
    growth += newCount - oldCount;
    return hunk;
  });
}

/** A line makes one change, however many edits it has. */
function toChanges(source: Source, edits: readonly Edit[]): Change[] {
  const changes: Change[] = [];
  for (let i = 0; i < edits.length;) {
    const offset = lineStart(source, edits[i].offset);
    const end = lineEnd(source, edits[i].offset);
    let changed = '';
    let at = offset;
    do {
      changed += textBetween(source, at, edits[i].offset) + edits[i].new;
      at = edits[i].offset + edits[i].length;
      i++;
    } while (i < edits.length && edits[i].offset < end);
    changes.push(lineChange(offset, end, textBetween(source, offset, end), changed + textBetween(source, at, end)));
  }
  return changes;
}

/** The line itself is unchanged if text is only inserted before or after it. */
function lineChange(offset: number, end: number, line: string, changed: string): Change {
  const lines = splitLines(changed);
  if (lines[0] === line) return { offset: end, end, old: [], new: lines.slice(1) };
  if (lines.at(-1) === line) return { offset, end: offset, old: [], new: lines.slice(0, -1) };
  return { offset, end, old: splitLines(line), new: lines };
}

/** Changed lines that touch are one change, as diff tools have it: first all old lines, then all new ones. */
function joinTouching(changes: readonly Change[]): Change[] {
  const joined: { offset: number; end: number; old: string[]; new: string[] }[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (last?.end !== change.offset) joined.push({ ...change, old: [...change.old], new: [...change.new] });
    else {
      last.end = change.end;
      last.old.push(...change.old);
      last.new.push(...change.new);
    }
  }
  return joined;
}

/** Changes whose context lines touch share a hunk. */
function groupChanges(source: Source, changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = [];
  let group: Change[] = [];
  for (const change of changes) {
    const end = group.at(-1)?.end;
    const isNear = end !== undefined && linesAfter(source, end, 2 * context + 1, change.offset).count <= 2 * context;
    if (isNear) group.push(change);
    else {
      group = [change];
      groups.push(group);
    }
  }
  return groups;
}

function hunkLines(source: Source, group: readonly Change[], start: number, context: number): string[] {
  const lines: string[] = [];
  const keep = (from: number, to: number): void => {
    for (const line of splitLines(textBetween(source, from, to))) lines.push(` ${line}`);
  };
  let at = start;
  for (const change of group) {
    keep(at, change.offset);
    for (const line of change.old) lines.push(`-${line}`);
    for (const line of change.new) lines.push(`+${line}`);
    at = change.end;
  }
  keep(at, linesAfter(source, at, context).end);
  return lines;
}

function textBetween(source: Source, from: number, to: number): string {
  return readText(source, { offset: from, length: to - from });
}
