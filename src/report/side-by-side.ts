import type { Hunk } from '../writer/hunks.ts';

/** The number of a line, 1-based, and its text, of which the part in the middle changes. */
export interface Line {
  readonly number: number;
  readonly before: string;
  /** All of an unchanged line is here. */
  readonly text: string;
  readonly after: string;
}

/** What was before beside what is after; a side is null if only the other has a line. */
export interface Pair {
  readonly old: Line | null;
  readonly new: Line | null;
}

/** @returns The lines of a hunk in their order: unchanged ones with their old numbers, removed and added ones in pairs. */
export function toRows({ oldStart, newStart, lines }: Hunk): (Line | Pair)[] {
  const rows: (Line | Pair)[] = [];
  let oldNumber = oldStart;
  let newNumber = newStart;
  for (let i = 0; i < lines.length;) {
    if (lines[i].startsWith(' ')) {
      rows.push({ number: oldNumber++, ...whole(lines[i++]) });
      newNumber++;
      continue;
    }
    const removed = run(lines, i, '-');
    const added = run(lines, i + removed.length, '+');
    i += removed.length + added.length;
    for (let k = 0; k < Math.max(removed.length, added.length); k++) {
      const [old, changed] = pair(removed.at(k), added.at(k));
      rows.push({
        old: old === null ? null : { number: oldNumber++, ...old },
        new: changed === null ? null : { number: newNumber++, ...changed },
      });
    }
  }
  return rows;
}

function run(lines: readonly string[], from: number, sign: string): string[] {
  let end = from;
  while (end < lines.length && lines[end].startsWith(sign)) end++;
  return lines.slice(from, end);
}

type Parts = Omit<Line, 'number'>;

/** Separates what two lines have in common at both ends from what differs; a number differs as a whole. */
function pair(removed: string | undefined, added: string | undefined): [Parts | null, Parts | null] {
  if (removed === undefined) return [null, added === undefined ? null : whole(added)];
  if (added === undefined) return [whole(removed), null];
  const old = withoutEnd(removed);
  const changed = withoutEnd(added);
  const most = Math.min(old.length, changed.length);
  let head = 0;
  while (head < most && old[head] === changed[head]) head++;
  while (isInside(old, head) || isInside(changed, head)) head--;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === changed[changed.length - 1 - tail]) tail++;
  while (isInside(old, old.length - tail) || isInside(changed, changed.length - tail)) tail--;
  return [parts(old, head, tail), parts(changed, head, tail)];
}

function whole(line: string): Parts {
  return { before: '', text: withoutEnd(line), after: '' };
}

/** Whether the place is inside a number or, of two code units, inside a character. */
function isInside(text: string, at: number): boolean {
  return /^([0-9]{2}|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

function parts(text: string, head: number, tail: number): Parts {
  const end = text.length - tail;
  return { before: text.slice(0, head), text: text.slice(head, end), after: text.slice(end) };
}

/** The line without its sign and its line end. */
function withoutEnd(line: string): string {
  return line.slice(1).replace(/\r?\n$/, '');
}
