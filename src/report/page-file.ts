import type { Diagnostic, Excerpt } from '../errors.ts';
import type { Hunk } from '../writer/hunks.ts';
import { toHex, unnamedBits, type Verb, VERB_NAMES } from '../verbs.ts';
import { type Html, html } from './html.ts';
import type { FileResult, ServerResult, VerbState } from './result.ts';
import { type Cell, type Row, toRows } from './side-by-side.ts';
import { pluralize, formatValue } from './format.ts';

/** A verdict in a word, with the class it is drawn in. */
export interface Verdict {
  readonly word: string;
  readonly kind: 'good' | 'change' | 'bad';
}

/** @returns The file's verdict: refused, to be changed, missing a value, or nothing to do. */
export function verdictOf({ error, changed, edits, ok, output }: FileResult): Verdict {
  if (error !== null) return { word: 'Refused', kind: 'bad' };
  if (changed) {
    const values = pluralize(edits.length, 'value');
    return { word: output === null ? `${values} to change` : `${values} changed`, kind: 'change' };
  }
  return !ok ? { word: 'Not as requested', kind: 'bad' } : { word: 'Nothing to change', kind: 'good' };
}

/** @param id The anchor of the file's section. */
export function fileSection(report: FileResult, id: string): Html {
  const { file, error, warnings, servers, output, backup, hunks } = report;
  const verdict = verdictOf(report);
  return html`
    <section class="file" id="${id}" aria-labelledby="${id}-name">
      <h2 id="${id}-name">${file} <span class="verdict ${verdict.kind}">${verdict.word}</span></h2>
      ${error === null ? null : html`<p class="message bad"><strong>Error:</strong> ${place(error)}${error.message} <code>${error.code}</code></p>${excerptOf(error.excerpt)}`}
      ${output === null ? null : html`<p>Written to <code>${output}</code>${backup === null ? null : html`, backup in <code>${backup}</code>`}.</p>`}
      ${warnings.map((warning) => html`<p class="message warn"><strong>Warning:</strong> ${place(warning)}${warning.message} <code>${warning.code}</code></p>`)}
      <div class="servers">${servers.map(serverArticle)}</div>
      ${hunks.length === 0 ? null : diffTable(hunks, id)}
    </section>`;
}

/** The line an error stands in, and a caret under the place. */
function excerptOf(excerpt: Excerpt | null): Html | null {
  return excerpt === null
    ? null
    : html`<pre class="excerpt">${excerpt.text}${{ html: '\n' }}${' '.repeat(excerpt.caret)}^</pre>`;
}

function place({ line, column }: Diagnostic): string {
  return line === null ? '' : `line ${line}, column ${column ?? 1}: `;
}

function serverArticle(server: ServerResult): Html {
  const { location, class: type, comment, selected, value, newValue, source } = server;
  const from = source === null || source === location ? '' : `, inherited from ${source}`;
  return html`
    <article class="server ${selected ? '' : 'unselected'}">
      <h3>${location} <small>${type}${comment === null ? '' : `, “${comment}”`}${selected ? '' : ', not selected'}</small></h3>
      <p class="values">${value === null ? 'No value' : formatValue(value)}${from}${
        newValue === null || newValue === value
          ? null
          : html` <span aria-hidden="true">→</span><span class="sr">becomes</span> <strong>${formatValue(newValue)}</strong>`
      }${unnamedInWords(server)}</p>
      ${value === null ? null : verbTable(server)}
    </article>`;
}

function unnamedInWords({ unnamed, newValue }: ServerResult): string {
  if (unnamed === null || newValue === null) return '';
  const after = toHex(unnamedBits(newValue));
  if (unnamed !== after) return `; unnamed bits ${unnamed} become ${after}`;
  return unnamed === '0x0' ? '' : `; unnamed bits ${unnamed} are kept`;
}

function verbTable({ verbs, location }: ServerResult): Html {
  return html`
      <table class="verbs">
        <caption class="sr">ESMTP verbs of ${location}</caption>
        <thead><tr><th scope="col">Verb</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">EHLO</th></tr></thead>
        <tbody>${VERB_NAMES.map((verb) => verbRow(verb, verbs[verb]))}</tbody>
      </table>`;
}

function verbRow(verb: Verb, state: VerbState): Html {
  if (state === null) return html``;
  const { before, after } = state;
  const keyword = `250-${verb.toUpperCase().replace('/', ' 250-')}`;
  const ehlo =
    before === after
      ? after
        ? html`<code>${keyword}</code>`
        : html`<span class="quiet">not offered</span>`
      : after
        ? html`<ins><code>${keyword}</code></ins> will be offered`
        : html`<del><code>${keyword}</code></del> no longer offered`;
  return html`<tr class="${before === after ? '' : 'changed'}"><th scope="row">${verb}</th><td>${bit(before)}</td><td>${bit(after)}</td><td>${ehlo}</td></tr>`;
}

/** A bit as a small picture with its word. */
function bit(isOn: boolean): Html {
  return html`<span class="bit ${isOn ? 'on' : 'off'}"><i aria-hidden="true"></i>${isOn ? 'on' : 'off'}</span>`;
}

function diffTable(hunks: readonly Hunk[], id: string): Html {
  return html`
      <h3 id="${id}-diff">What changes in the file</h3>
      <div class="diff" tabindex="0" role="region" aria-labelledby="${id}-diff"><table>
        <colgroup><col class="number"><col><col class="number"><col></colgroup>
        <thead><tr><th scope="col" colspan="2">Before</th><th scope="col" colspan="2">After</th></tr></thead>
        ${hunks.map((hunk) => html`<tbody>${toRows(hunk).map(diffRow)}</tbody>`)}
      </table></div>`;
}

function diffRow({ old, new: changed, isChange }: Row): Html {
  return html`<tr class="${isChange ? 'changed' : ''}">${side(old, 'del', isChange)}${side(changed, 'ins', isChange)}</tr>`;
}

function side(cell: Cell | null, mark: 'del' | 'ins', isChange: boolean): Html {
  if (cell === null) return html`<td class="number"></td><td></td>`;
  const { line, before, changed, after } = cell;
  const marked = mark === 'del' ? html`<del>${changed}</del>` : html`<ins>${changed}</ins>`;
  return html`<td class="number">${line}</td><td class="${isChange ? mark : ''}">${before}${changed === '' ? null : marked}${after}</td>`;
}
