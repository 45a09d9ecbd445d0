import type { Edit } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { linesAfter, linesBefore, readText, splitLines } from './lines.ts';

/** A stretch of lines with changes in it, as in a unified diff; line numbers are 1-based. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** Each line with its line end, after ` `, `-` or `+`. */
  readonly lines: readonly string[];
}

/** Lines from `offset` to `end` that are replaced, and the new ones. */
interface Change {
  readonly offset: number;
  end: number;
  readonly lines: string[];
}

/**
 * @param edits In the order of their offsets; none removes a line end.
 * @param context How many unchanged lines to show around a change.
 * @returns The hunks. Only the lines around the edits are compared; the rest of the text, up to the last edit, is read only to
 * count its lines.
 */
export function makeHunks(source: Source, edits: readonly Edit[], context: number): Hunk[] {
  const groups = groupChanges(source, toChanges(source, edits), context);
  const starts = groups.map(([first]) => linesBefore(source, first.offset, context));
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

/** A line makes one change, however many edits it has. Changes that touch are one: first all old lines, then all new ones. */
function toChanges(source: Source, edits: readonly Edit[]): Change[] {
  const changes: Change[] = [];
  for (let i = 0; i < edits.length;) {
    const offset = linesBefore(source, edits[i].offset, 0);
    const end = linesAfter(source, edits[i].offset, 1);
    let changed = '';
    let at = offset;
    do {
      changed += readText(source, at, edits[i].offset) + edits[i].new;
      at = edits[i].offset + edits[i].length;
      i++;
    } while (i < edits.length && edits[i].offset < end);
    const change = lineChange(offset, end, readText(source, offset, end), changed + readText(source, at, end));
    const last = changes.at(-1);
    if (last?.end !== change.offset) changes.push(change);
    else {
      last.end = change.end;
      // One by one: as arguments of one call, too many would exceed the stack.
      for (const line of change.lines) last.lines.push(line);
    }
  }
  return changes;
}

/** The line itself is unchanged if text is only inserted before or after it. */
function lineChange(offset: number, end: number, line: string, changed: string): Change {
  const lines = splitLines(changed);
  if (lines[0] === line) return { offset: end, end, lines: lines.slice(1) };
  if (lines.at(-1) === line) return { offset, end: offset, lines: lines.slice(0, -1) };
  return { offset, end, lines };
}

/** Changes whose context lines touch share a hunk: at most twice as many lines are between them. */
function groupChanges(source: Source, changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = [];
  let end: number | null = null;
  for (const change of changes) {
    const isNear = end !== null && linesAfter(source, end, 2 * context, change.offset) === change.offset;
    if (isNear) groups[groups.length - 1].push(change);
    else groups.push([change]);
    end = change.end;
  }
  return groups;
}

function hunkLines(source: Source, group: readonly Change[], start: number, context: number): string[] {
  const lines: string[] = [];
  const add = (mark: string, each: readonly string[]): void => {
    for (const line of each) lines.push(mark + line);
  };
  let at = start;
  for (const change of group) {
    add(' ', splitLines(readText(source, at, change.offset)));
    add('-', splitLines(readText(source, change.offset, change.end)));
    add('+', change.lines);
    at = change.end;
  }
  add(' ', splitLines(readText(source, at, linesAfter(source, at, context))));
  return lines;
}
