import type { Request } from '../patch/request.ts';
import { toHex, unnamedBits, type Verb, VERB_NAMES, VERBS } from '../verbs.ts';
import { pluralize } from './format.ts';
import { type Html, html } from './html.ts';
import type { FileResult, ServerResult } from './result.ts';

/** @returns `turn off 8bitmime, turn on DSN`. */
export function requestInWords({ disable, enable }: Request, off = 'turn off', on = 'turn on'): string {
  const parts = [
    disable === 0 ? [] : [`${off} ${maskInWords(disable)}`],
    enable === 0 ? [] : [`${on} ${maskInWords(enable)}`],
  ];
  return parts.flat().join(', ');
}

function maskInWords(mask: number): string {
  const unnamed = unnamedBits(mask);
  return list([...verbsIn(mask), ...(unnamed === 0 ? [] : [`the undocumented bits ${toHex(unnamed)}`])]);
}

function verbsIn(mask: number): Verb[] {
  return VERB_NAMES.filter((verb) => (mask & VERBS[verb]) !== 0);
}

/** @returns `the SMTP service and every virtual server`, or the Locations asked for. */
export function serversAskedFor({ servers }: Request): string {
  if (servers === null) return 'the SMTP service and every virtual server';
  return list(servers.map((server) => (server.startsWith('/') ? server : `/LM/SmtpSvc/${server}`)));
}

/** @returns For who decides: what will change, what for, what stays as it is, and how to undo it. */
export function summaryParagraph(files: readonly FileResult[], request: Request): Html {
  const changing = files.filter(({ changed }) => changed);
  const sentences = [
    ...(changing.length === 0 ? [] : changeInWords(changing, files, request)),
    ...othersInWords(files, changing.length > 0, request),
  ];
  return html`<p class="lead">${sentences.map((sentence) => html`${sentence} `)}</p>`;
}

function changeInWords(changing: readonly FileResult[], files: readonly FileResult[], request: Request): Html[] {
  const isDone = changing.every(({ isWritten }) => isWritten);
  const isOne = changing.length === 1;
  const where = `${serversInWords(changing)} in ${files.length === 1 ? files[0].file : `${changing.length} of ${files.length} files`}`;
  const what = isDone
    ? html`<strong>Patched:</strong> ${requestInWords(request, 'turned off', 'turned on')} on ${where}.`
    : html`<strong>Proposed:</strong> ${requestInWords(request)} on ${where}.`;
  const effect = isOne
    ? 'the server itself changes only when the patched file is put in place.'
    : 'the servers themselves change only when the patched files are put in place.';
  return [
    what,
    ...purpose(request).map((text) => html`${text}`),
    html`In the ${isOne ? 'file' : 'files'}, ${editsInWords(changing)}; every other byte stays as it is.`,
    html`${isDone ? '' : 'Nothing is written yet, and '}${isDone ? capitalized(effect) : effect}`,
    html`${undo(changing, request)}`,
  ];
}

/** How the files are that do not change. */
function othersInWords(files: readonly FileResult[], hasChanges: boolean, request: Request): Html[] {
  const refused = files.filter(({ error }) => error !== null).length;
  const ready = files.filter(({ error, changed, ok }) => error === null && !changed && ok).length;
  const wrong = files.filter(({ error, changed, ok }) => error === null && !changed && !ok).length;
  const count = (number: number): string => {
    if (files.length === 1) return files[0].file;
    return hasChanges || number < files.length
      ? pluralize(number, hasChanges ? 'other file' : 'file')
      : `All ${number} files`;
  };
  const is = (number: number): string => (number === 1 || files.length === 1 ? 'is' : 'are');
  const asked = requestInWords(request);
  return [
    ready === 0
      ? []
      : html`<strong>Nothing to change:</strong> ${count(ready)} ${is(ready)} as requested already (${asked}).`,
    wrong === 0
      ? []
      : html`<strong>Not as requested:</strong> in ${count(wrong)} a server has no value, and nothing to inherit one from.`,
    refused === 0
      ? []
      : html`<strong>Refused:</strong> ${count(refused)} ${is(refused)} not patched, and nothing is written for ${refused === 1 ? 'it' : 'them'}; the reason is given below.`,
  ].flat();
}

function serversInWords(files: readonly FileResult[]): string {
  const changing = files.flatMap(({ servers, edits }) => {
    const edited = new Set(edits.map(({ location }) => location));
    return servers.filter(({ location, value, newValue }) => edited.has(location) || value !== newValue);
  });
  const services = changing.filter(isService).length;
  const virtual = changing.length - services;
  return list([
    ...(services === 0 ? [] : [services === 1 ? 'the SMTP service' : `${services} SMTP services`]),
    ...(virtual === 0 ? [] : [pluralize(virtual, 'virtual server')]),
  ]);
}

function isService({ location }: ServerResult): boolean {
  return /^\/lm\/smtpsvc\/?$/i.test(location);
}

/** Why somebody asks for this, as far as Microsoft's articles tell. */
function purpose({ disable, enable }: Request): string[] {
  const off = verbsIn(disable);
  const isTroubled = (verb: Verb): boolean => verb === 'CHUNKING' || verb === 'BINARYMIME';
  const troubled = off.filter(isTroubled);
  const others = off.filter((verb) => verb !== '8bitmime' && !isTroubled(verb));
  return [
    off.includes('8bitmime')
      ? 'While a server offers 8BITMIME, mail that it passes on to older hosts can be delayed or lost (Microsoft KB 286673).'
      : [],
    troubled.length === 0
      ? []
      : `Older mail servers and firewalls mishandle ${list(troubled)}, so that mail is delayed or lost (Microsoft KB 821733).`,
    others.length === 0 ? [] : `The server will not offer ${list(others)} any more.`,
    enable === 0 ? [] : `The server will offer ${maskInWords(enable)} to other mail servers.`,
  ].flat();
}

function editsInWords(files: readonly FileResult[]): string {
  const edits = files.flatMap((file) => file.edits);
  const inserted = edits.filter(({ kind }) => kind === 'insert').length;
  const replaced = edits.length - inserted;
  const words = [
    replaced === 0 ? [] : `${pluralize(replaced, 'number')} ${replaced === 1 ? 'changes' : 'change'}`,
    inserted === 0 ? [] : `${pluralize(inserted, 'value')} ${inserted === 1 ? 'is' : 'are'} inserted`,
  ];
  return words.flat().join(' and ');
}

function undo(files: readonly FileResult[], { disable, enable }: Request): string {
  const isOne = files.length === 1;
  const isReplaced = files.some(({ file, output }) => output === file);
  if (!isReplaced) return `To undo the change, put the original ${isOne ? 'file' : 'files'} back.`;
  if (files.every(({ backup }) => backup !== null)) {
    const what = isOne
      ? `the backup ${files[0].backup ?? ''} back: it is the original`
      : 'the backups back: they are the originals';
    return `To undo the change, put ${what}.`;
  }
  const options = [
    ...(disable === 0 ? [] : [`--enable ${toHex(disable)}`]),
    ...(enable === 0 ? [] : [`--disable ${toHex(enable)}`]),
  ];
  return `No backup was made: to undo the change, patch the ${isOne ? 'file' : 'files'} with ${options.join(' ')}.`;
}

/** @returns The text with a capital at its beginning. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @returns `a, b and c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.slice(-1).join('')}`;
}
