import type { Hunk } from '../writer/hunks.ts';
import { fileText, type Html, html } from './html.ts';
import { foldRest } from './page-parts.ts';
import type { EditResult, FileResult } from './result.ts';
import { type Line, type Pair, toRows } from './side-by-side.ts';

/** How many changes are shown at once; the others are folded away. */
const SHOWN = 10;

/** @returns The lines that change: side by side on a wide screen, before over after on a narrow one and on paper. */
export function diffSection({ hunks, edits }: FileResult): Html | null {
  if (hunks.length === 0) return null;
  const shown = foldRest(
    hunks.map((hunk) => hunkBlock(hunk, edits)),
    SHOWN,
    'change',
  );
  return html`
      <h3>What changes in the file</h3>
      <p class="note"><b>−</b> is the line before, <b>+</b> the line after. The lines around a change stay as they are.</p>
      <div class="diff">${shown}</div>`;
}

function hunkBlock(hunk: Hunk, edits: readonly EditResult[]): Html {
  const { oldStart, oldCount } = hunk;
  // What is inserted after the last old line has the number of the line below it.
  const inHunk = edits.filter(({ line }) => line >= oldStart && line <= oldStart + Math.max(oldCount, 1));
  const keys = [...new Set(inHunk.map(({ location }) => location))].join(', ');
  return html`
        <div class="hunk"><p class="place">${keys}</p>${toRows(hunk).map(rowBlock)}</div>`;
}

function rowBlock(row: Line | Pair): Html {
  if ('number' in row) return html`<div class="line" data-line="${row.number}">${fileText(row.text)}</div>`;
  return html`<div class="pair">${changedLine(row.old, 'del')}${changedLine(row.new, 'ins')}</div>`;
}

function changedLine(line: Line | null, kind: 'del' | 'ins'): Html {
  if (line === null) return html`<div class="line"></div>`;
  const { number, before, text, after } = line;
  const sign = html`<span class="sign">${kind === 'del' ? '−' : '+'}</span>`;
  const whole = /^[0-9]+$/.test(text) ? html`<span class="value">${text}</span>` : fileText(text);
  const part = kind === 'del' ? html`<del>${whole}</del>` : html`<ins>${whole}</ins>`;
  return html`<div class="line ${kind}" data-line="${number}">${sign}${fileText(before)}${text === '' ? null : part}${fileText(after)}</div>`;
}
