import type { Hunk } from '../writer/hunks.ts';

/** One side of a row: the line's number and its text, with the changed part in the middle. */
export interface Cell {
  readonly line: number;
  readonly before: string;
  readonly changed: string;
  readonly after: string;
}

/** A row of a diff in two columns; a side is null where the other has a line more. */
export interface Row {
  readonly old: Cell | null;
  readonly new: Cell | null;
  readonly isChange: boolean;
}

/** @returns The rows of a hunk: removed and added lines beside each other, in the order they stand. */
export function toRows({ oldStart, newStart, lines }: Hunk): Row[] {
  const rows: Row[] = [];
  let oldLine = oldStart;
  let newLine = newStart;
  for (let i = 0; i < lines.length;) {
    if (lines[i].startsWith(' ')) {
      rows.push({ old: plain(oldLine++, lines[i]), new: plain(newLine++, lines[i]), isChange: false });
      i++;
      continue;
    }
    const removed = run(lines, i, '-');
    const added = run(lines, i + removed.length, '+');
    i += removed.length + added.length;
    for (let k = 0; k < Math.max(removed.length, added.length); k++) {
      const [old, changed] = pair(removed.at(k), added.at(k));
      rows.push({
        old: old === null ? null : { line: oldLine++, ...old },
        new: changed === null ? null : { line: newLine++, ...changed },
        isChange: true,
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

function plain(line: number, text: string): Cell {
  return { line, before: withoutEnd(text), changed: '', after: '' };
}

type Parts = Omit<Cell, 'line'>;

/** What two lines have in common at their ends stays unmarked. */
function pair(removed: string | undefined, added: string | undefined): [Parts | null, Parts | null] {
  if (removed === undefined || added === undefined) return [whole(removed), whole(added)];
  const old = withoutEnd(removed);
  const changed = withoutEnd(added);
  const most = Math.min(old.length, changed.length);
  let head = 0;
  while (head < most && old[head] === changed[head]) head++;
  if (isSplit(old, head)) head--;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === changed.at(-1 - tail)) tail++;
  if (isSplit(old, old.length - tail)) tail--;
  return [parts(old, head, tail), parts(changed, head, tail)];
}

function whole(line: string | undefined): Parts | null {
  return line === undefined ? null : { before: '', changed: withoutEnd(line), after: '' };
}

/** Whether a character is cut in two there. */
function isSplit(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

function parts(text: string, head: number, tail: number): Parts {
  const end = text.length - tail;
  return { before: text.slice(0, head), changed: text.slice(head, end), after: text.slice(end) };
}

/** The line without its sign and its line end; tabs are narrow on a page. */
function withoutEnd(line: string): string {
  return line
    .slice(1)
    .replace(/\r?\n$/, '')
    .replaceAll('\t', '    ');
}
