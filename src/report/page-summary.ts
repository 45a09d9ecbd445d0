import { SERVICE, toPath } from '../locator/smtp-keys.ts';
import type { Request } from '../patch/request.ts';
import { type Verb, verbsIn } from '../verbs.ts';
import { pluralize } from './format.ts';
import { type Html, html } from './html.ts';
import { capitalized, listInWords, requestInWords } from './request-in-words.ts';
import { editedLocations, type FileResult } from './result.ts';

/** @returns For the person who decides: what will change, why, what stays as it is, and how to undo it. */
export function summaryParagraph(files: readonly FileResult[], request: Request): Html {
  const changing = files.filter(({ changed }) => changed);
  const sentences = [
    ...(changing.length === 0 ? [] : changeInWords(changing, files, request)),
    ...othersInWords(files, request),
  ];
  return html`<p class="lead">${sentences.map((sentence) => html`${sentence} `)}</p>`;
}

function changeInWords(changing: readonly FileResult[], files: readonly FileResult[], request: Request): Html[] {
  const isDone = changing.every(({ isWritten }) => isWritten);
  const isOne = changing.length === 1;
  const where = `${serversInWords(changing)} in ${countOf(changing, files)}`;
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
    html`${isDone ? capitalized(effect) : `Nothing is written yet, and ${effect}`}`,
    html`${undo(changing)}`,
  ];
}

/** Which files are already as requested, cannot be, or are refused. */
function othersInWords(files: readonly FileResult[], request: Request): Html[] {
  const refused = files.filter(({ error }) => error !== null);
  const ready = files.filter(({ changed, ok }) => !changed && ok);
  const short = files.filter(({ servers }) => servers.some(({ selected, newValue }) => selected && newValue === null));
  const is = (some: readonly FileResult[]): string => (some.length === 1 ? 'is' : 'are');
  const sentences = [
    ready.length === 0
      ? []
      : html`<strong>Nothing to change:</strong> ${countOf(ready, files)} ${is(ready)} already as requested (${requestInWords(request)}).`,
    short.length === 0
      ? []
      : html`<strong>Not as requested:</strong> in ${countOf(short, files)} a server has no value, and nothing to inherit one from; patch refuses this unless --set-missing inserts one.`,
    refused.length === 0
      ? []
      : html`<strong>Refused:</strong> ${countOf(refused, files)} ${is(refused)} not patched; the reason is given below.`,
  ];
  return sentences.flat();
}

/** @returns `a.xml`, `2 of 3 files` or `all 3 files`. */
function countOf(some: readonly FileResult[], files: readonly FileResult[]): string {
  if (files.length === 1) return files[0].file;
  return some.length === files.length ? `all ${files.length} files` : `${some.length} of ${files.length} files`;
}

function serversInWords(files: readonly FileResult[]): string {
  const changing = files.flatMap((file) => {
    const edited = editedLocations(file);
    return file.servers.filter(({ location, value, newValue }) => edited.has(location) || value !== newValue);
  });
  const services = changing.filter(({ location }) => toPath(location) === SERVICE).length;
  const virtual = changing.length - services;
  return listInWords([
    ...(services === 0 ? [] : [services === 1 ? 'the SMTP service' : `${services} SMTP services`]),
    ...(virtual === 0 ? [] : [pluralize(virtual, 'virtual server')]),
  ]);
}

/** Why someone may want this, according to Microsoft's articles. */
function purpose({ disable, enable }: Request): string[] {
  const [off, on] = [verbsIn(disable), verbsIn(enable)];
  const isTroubled = (verb: Verb): boolean => verb === 'CHUNKING' || verb === 'BINARYMIME';
  const troubled = off.filter(isTroubled);
  const others = off.filter((verb) => verb !== '8bitmime' && !isTroubled(verb));
  const sentences = [
    off.includes('8bitmime')
      ? 'While a server offers 8BITMIME, mail that it passes on to older hosts can be delayed or lost (Microsoft KB 286673).'
      : [],
    troubled.length === 0
      ? []
      : `Older mail servers and firewalls mishandle ${listInWords(troubled)}, so that mail is delayed or lost (Microsoft KB 821733).`,
    others.length === 0 ? [] : `The server will no longer offer ${listInWords(others)}.`,
    on.length === 0 ? [] : `The server will offer ${listInWords(on)} to other mail servers.`,
  ];
  return sentences.flat();
}

function editsInWords(files: readonly FileResult[]): string {
  const edits = files.flatMap((file) => file.edits);
  const inserted = edits.filter(({ kind }) => kind === 'insert').length;
  const replaced = edits.length - inserted;
  const words = [
    replaced === 0 ? [] : `${pluralize(replaced, 'value')} ${replaced === 1 ? 'changes' : 'change'}`,
    inserted === 0 ? [] : `${pluralize(inserted, 'value')} ${inserted === 1 ? 'is' : 'are'} inserted`,
  ];
  return words.flat().join(' and ');
}

function undo(files: readonly FileResult[]): string {
  const isOne = files.length === 1;
  const isReplaced = files.some(({ file, output }) => output === file);
  if (!isReplaced) return `To undo the change, put the original ${isOne ? 'file' : 'files'} back.`;
  if (files.every(({ backup }) => backup !== null)) {
    return isOne
      ? `To undo the change, put the backup ${files[0].backup ?? ''} back: it is the original.`
      : 'To undo the change, put the backups back: they are the originals.';
  }
  return 'No backup was made: to undo the change, reverse each of the changes that are shown below.';
}
