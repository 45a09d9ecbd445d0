import { INHERITED_PROPERTIES } from '../parser/read-metabase.ts';
import { toHex, unnamedBits, type Verb, VERB_NAMES } from '../verbs.ts';
import { onOrOff } from './format.ts';
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

function changesOf(server: ServerResult, isEdited: boolean): Html {
  const { value, newValue, selected } = server;
  if (value === null && newValue !== null) return html`the value is ${isEdited ? 'inserted' : 'inherited'}`;
  if (value === null && selected) return html`<span class="bad">✕ no value</span>`;
  const verbs = VERB_NAMES.flatMap((verb) => {
    const state = server.verbs[verb];
    return state === null || state.before === state.after
      ? []
      : html`<span class="${onOrOff(state.after)}">${verb} ${onOrOff(state.after)}</span>`;
  });
  if (value !== null && newValue !== null && unnamedBits(value ^ newValue) !== 0) {
    verbs.push(html`unnamed bits <span class="value">${toHex(unnamedBits(newValue))}</span>`);
  }
  if (verbs.length > 0) return joined(verbs, ', ');
  if (isEdited) return html`only another value of it, which does not count`;
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
    return html`It has no value, and nothing to inherit one from.${after}`;
  }
  return source === location
    ? html`The value is its own.`
    : html`The value is inherited from ${sourceInWords(source)}.`;
}

/** What an exported branch inherits from keys outside the file is in sections of this class. */
function sourceInWords(source: string): string {
  return source === INHERITED_PROPERTIES ? `outside the file (${INHERITED_PROPERTIES})` : source;
}

function verbTable(server: ServerResult): Html {
  return html`
      <table class="verbs"><caption class="sr">ESMTP verbs of ${server.location}</caption>
      <thead><tr><th scope="col">Verb</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
      <tbody>${VERB_NAMES.map((verb) => verbRow(verb, server))}${unnamedRow(server)}</tbody></table>`;
}

/** A state is a word, and the class by that name gives it a sign. */
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
