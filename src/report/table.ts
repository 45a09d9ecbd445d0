import { ehloKeywords, toHex, unnamedBits, type Verb, VERB_NAMES } from '../verbs.ts';
import { formatValue, onOrOff, pluralize } from './format.ts';
import type { FileResult, ServerResult, VerbState } from './result.ts';

/** @returns The lines that show every SMTP key: its value, its verbs, what EHLO offers. At most 80 columns, unless a name is long. */
export function serverLines({ file, servers }: FileResult): string[] {
  const blocks = servers.flatMap((server) => ['', ...block(server)]);
  return [`${file}: utf-8, ${pluralize(servers.length, 'SMTP key')}`, ...blocks];
}

/** The widths of the columns; together with EHLO's they fit 80. */
const LABEL = 20;
const BEFORE = 24;
const AFTER = 6;

function block(server: ServerResult): string[] {
  const { value, newValue, source, unnamed } = server;
  if (value === null) return [title(server), ...noValue(server)];
  return [
    title(server),
    row('', 'before', 'after', 'EHLO offers'),
    row('value', formatValue(value), newValue === null ? '' : formatValue(newValue)),
    row('comes from', source ?? ''),
    ...VERB_NAMES.map((verb) => verbRow(verb, server.verbs[verb])),
    row('unnamed bits', unnamed ?? '', newValue === null ? '' : toHex(unnamedBits(newValue))),
  ];
}

function title({ location, class: type, comment, selected }: ServerResult): string {
  const named = comment === null ? '' : `, "${comment}"`;
  return `${location} (${type}${named})${selected ? '' : ', not selected'}`;
}

function noValue({ newValue }: ServerResult): string[] {
  const lines = [row('value', 'no valid value, and none to inherit')];
  return newValue === null ? lines : [...lines, row('after', formatValue(newValue))];
}

function verbRow(verb: Verb, state: VerbState): string {
  if (state === null) return row(verb, '');
  return row(verb, onOrOff(state.before), onOrOff(state.after), ehlo(verb, state));
}

/** What the server answers to EHLO about this verb. */
function ehlo(verb: Verb, { before, after }: { before: boolean; after: boolean }): string {
  const offered = ehloKeywords(verb).join(', ');
  if (before === after) return after ? offered : '';
  return `${offered}: ${after ? 'new' : 'no longer'}`;
}

function row(label: string, before: string, after = '', more = ''): string {
  const last = more === '' ? after : after.padEnd(AFTER) + more;
  return `  ${label.padEnd(LABEL)}${before.padEnd(BEFORE)}${last}`.trimEnd();
}
