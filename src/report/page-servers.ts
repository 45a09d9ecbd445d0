import { INHERITED_PROPERTIES } from '../parser/read-metabase.ts';
import { toHex, unnamedBits, type Verb, VERB_NAMES } from '../verbs.ts';
import { onOrOff, switches } from './format.ts';
import { type Html, html, joined } from './html.ts';
import { valueText } from './page-parts.ts';
import { editedLocations, type FileResult, type ServerResult } from './result.ts';

/** The details of up to this many servers are shown; those of more are folded away. */
const MAX_UNFOLDED = 3;

/** @returns A row for each SMTP key: its value before and after, and the verbs that change. */
export function serversTable(result: FileResult): Html | null {
  const { servers } = result;
  if (servers.length === 0) return null;
  const edited = editedLocations(result);
  return html`
      <h3>Servers</h3>
      <table class="servers">
        <thead><tr><th scope="col">Server</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Verbs that change</th></tr></thead>
        <tbody>${servers.map((server) => serverRow(server, edited.has(server.location)))}</tbody>
      </table>`;
}

function serverRow(server: ServerResult, isEdited: boolean): Html {
  const { location, comment, value, newValue, source } = server;
  const inherited = source === null || source === location ? null : html` <small>from ${sourceInWords(source)}</small>`;
  const after = newValue === value ? html`<span class="quiet">the same</span>` : valueText(newValue);
  return html`
        <tr><th scope="row">${location}${comment === null ? null : html` <small>${comment}</small>`}</th><td>${valueText(value)}${inherited}</td><td>${after}</td><td>${changesOf(server, isEdited)}</td></tr>`;
}

function changesOf({ value, newValue, selected }: ServerResult, isEdited: boolean): Html {
  if (value === null && newValue !== null) return html`the value is ${isEdited ? 'inserted' : 'inherited'}`;
  if (value === null && selected) return html`<span class="bad">✕ no value</span>`;
  const changes = switches(value ?? 0, newValue ?? 0).map(
    ({ name, state }) => html`<span class="${state}">${name} ${state}</span>`,
  );
  if (changes.length > 0) return joined(changes, ', ');
  if (isEdited) return html`none; a second value changes, which does not count`;
  return html`<span class="quiet">${selected ? 'none' : 'none: not selected'}</span>`;
}

/** @returns Everything known about each SMTP key, folded away if there are more than a few. */
export function serverDetails({ servers }: FileResult): Html | null {
  if (servers.length === 0) return null;
  const articles = html`<div class="details">${servers.map(serverArticle)}</div>`;
  return servers.length <= MAX_UNFOLDED
    ? html`
      <h3>Details of each server</h3>
      ${articles}`
    : html`
      <details class="fold"><summary>Details of each of the ${servers.length} servers</summary>
      ${articles}</details>`;
}

function serverArticle(server: ServerResult): Html {
  const { location, class: type, comment, selected, value, line, column } = server;
  return html`
      <article class="server"><h4>${location}${comment === null ? null : html` <small>${comment}</small>`}</h4>
      <p>Class <code>${type}</code>, at line ${line}, column ${column}${selected ? '' : '; not selected'}. ${originOf(server)}</p>
      ${value === null ? null : verbTable(server)}</article>`;
}

function originOf({ location, value, newValue, source }: ServerResult): Html {
  if (value === null || source === null) {
    const after = newValue === null ? null : html` It gets ${valueText(newValue)}.`;
    return html`It has no valid value, and inherits none.${after}`;
  }
  return source === location
    ? html`The value is its own.`
    : html`The value is inherited from ${sourceInWords(source)}.`;
}

/** An exported branch has what it inherits from outside the file in sections of this class. */
function sourceInWords(source: string): string {
  return source === INHERITED_PROPERTIES ? `outside the file (${INHERITED_PROPERTIES})` : source;
}

function verbTable(server: ServerResult): Html {
  return html`
      <table class="verbs"><caption class="sr">ESMTP verbs of ${server.location}</caption>
      <thead><tr><th scope="col">Verb</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
      <tbody>${VERB_NAMES.map((verb) => verbRow(verb, server))}${unnamedRow(server)}</tbody></table>`;
}

/** The class `on` or `off` puts a sign before the word. */
function verbRow(verb: Verb, { verbs }: ServerResult): Html {
  const state = verbs[verb];
  if (state === null) return html``;
  const { before, after } = state;
  return html`<tr${before === after ? null : html` class="changed"`}><th scope="row" class="value">${verb}</th><td class="${onOrOff(before)}">${onOrOff(before)}</td><td class="${onOrOff(after)}">${onOrOff(after)}</td></tr>`;
}

function unnamedRow({ unnamed, newValue }: ServerResult): Html {
  const after = newValue === null ? null : toHex(unnamedBits(newValue));
  if (unnamed === null || after === null || (unnamed === '0x0' && after === '0x0')) return html``;
  const isKept = unnamed === after;
  return html`<tr${isKept ? null : html` class="changed"`}><th scope="row">unnamed bits${isKept ? ', kept' : ''}</th><td class="value">${unnamed}</td><td class="value">${after}</td></tr>`;
}
