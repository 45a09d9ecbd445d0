import { SaxesParser } from 'saxes';

/*
 * A second opinion, written from the rules alone and sharing no code with src: slow, simple, on whole strings. It finds the
 * values with saxes and predicts the patched file.
 */

export interface OracleRequest {
  readonly disable?: number;
  readonly enable?: number;
  /** Locations in lower case; null for the service and all virtual servers. */
  readonly servers?: readonly string[] | null;
  readonly setMissing?: number | null;
}

export interface OracleEdit {
  readonly location: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Value {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  readonly inherits: boolean;
  readonly id?: string;
}

interface Element {
  readonly name: string;
  readonly path: string;
  readonly location: string;
  readonly start: number;
  readonly end: number;
  endTag: number | null;
  /** Whether it is a section of inherited properties, which is not a key. */
  readonly isSection: boolean;
  readonly values: Value[];
}

const PROPERTY = 'SmtpInboundCommandSupportOptions';

/** @returns The patched file, or a code in capitals where there is none. */
export function predict(bytes: Uint8Array, request: OracleRequest = {}): Uint8Array | string {
  const text = Buffer.from(bytes).toString();
  const edits = predictEdits(text, request);
  if (typeof edits === 'string') return edits;
  let output = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    output += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return Buffer.from(output + text.slice(at));
}

function predictEdits(text: string, request: OracleRequest): OracleEdit[] | string {
  const { disable = 0x400000, enable = 0, servers = null, setMissing = null } = request;
  const all = findElements(text);
  const elements = all.filter(({ isSection }) => !isSection);
  const sections = all.filter(({ isSection, values }) => isSection && values.length > 0);
  const paths = [...new Set(elements.map(({ path }) => path))];
  const patchable = paths.filter((path) => /^\/lm\/smtpsvc(\/\d+)?$/.test(path));
  if (patchable.length === 0) return 'NO_SMTP_SERVER';
  if (servers?.some((server) => !patchable.includes(server)) === true) return 'UNKNOWN_SERVER';
  const selected = patchable.filter((path) => servers === null || servers.includes(path));
  selected.sort((a, b) => Number(a !== '/lm/smtpsvc') - Number(b !== '/lm/smtpsvc'));

  const apply = (value: number): number => Number(((BigInt(value) & ~BigInt(disable)) | BigInt(enable)) & 0xffffffffn);
  const now = new Map<string, Value[]>();
  for (const { path, values } of elements) now.set(path, [...(now.get(path) ?? []), ...values]);
  const inherited = (path: string): number | null => {
    for (const parent of ['/lm/smtpsvc', '/lm', '/'].filter((each) => path.startsWith(each) && path !== each)) {
      const value = now.get(parent)?.find(({ inherits }) => inherits);
      if (value !== undefined) return value.value;
    }
    for (const place of [path, '/lm/smtpsvc', '/lm', '/'].filter((each) => path.startsWith(each))) {
      const section = sections.find((each) => each.path === place);
      if (section !== undefined) return section.values[0].value;
    }
    return null;
  };
  const customs = patchable.flatMap((path) => now.get(path) ?? []).filter(({ id }) => id !== undefined);
  const id = customs.sort((a, b) => a.start - b.start).at(0)?.id ?? '36998';
  const hasServer = selected.some((path) => path !== '/lm/smtpsvc');

  const edits: OracleEdit[] = [];
  let isMissing = false;
  for (const path of selected) {
    const own = now.get(path) ?? [];
    const element = elements.find((each) => each.path === path);
    if (element === undefined) continue;
    if (own.length > 0) {
      if (own.some(({ value }) => Number.isNaN(value))) return 'VALUE_INVALID';
      for (const { value, start, end } of own) {
        if (apply(value) !== value) edits.push({ location: element.location, start, end, text: String(apply(value)) });
      }
      now.set(
        path,
        own.map((each) => ({ ...each, value: apply(each.value) })),
      );
      continue;
    }
    const base = inherited(path) ?? setMissing;
    if (base === null && path === '/lm/smtpsvc' && servers === null && hasServer) continue;
    if (base === null) {
      isMissing = true;
      continue;
    }
    if (Number.isNaN(base)) return 'VALUE_INVALID';
    if (inherited(path) !== null && apply(base) === base) continue;
    edits.push({ location: element.location, ...insertion(text, element, id, apply(base)) });
    now.set(path, [{ value: apply(base), start: 0, end: 0, inherits: true }]);
  }
  return isMissing ? 'VALUE_MISSING' : edits;
}

/** The keys and sections on the path of the SMTP service. */
function findElements(text: string): Element[] {
  const parser = new SaxesParser({ position: true, xmlns: false });
  const names: string[] = [];
  const elements: Element[] = [];
  let open: Element | null = null;
  let start = 0;
  const offset = text.startsWith('\ufeff') ? 1 : 0;
  parser.on('opentagstart', (tag) => {
    start = text.lastIndexOf(`<${tag.name}`, parser.position + offset);
  });
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes as Record<string, string>;
    const end = text.indexOf('>', parser.position + offset - 1) + 1;
    const inProperties = names[0] === 'configuration' && names[1] === 'MBProperty';
    if (inProperties && names.length === 2 && 'Location' in attributes) {
      const isSection = tag.name === 'IIsInheritedProperties';
      const written = attributes['Location'];
      const location = isSection ? written.replace(/^[^/]*/, '') : written;
      const path = location.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/(.)\/$/, '$1');
      open = { name: tag.name, path, location, start, end, endTag: null, isSection, values: [] };
      elements.push(open);
      const span = valueSpan(text, start, end, PROPERTY);
      if (span !== null) open.values.push({ ...span, value: toValue(attributes[PROPERTY]), inherits: true });
    } else if (
      inProperties &&
      names.length === 3 &&
      tag.name === 'Custom' &&
      ['36998', '3699800'].includes(attributes['ID']) &&
      open !== null
    ) {
      const { Type, Attributes } = attributes as Record<string, string | undefined>;
      const span = valueSpan(text, start, end, 'Value') ?? { start, end: start };
      const value = Type === undefined || Type === 'DWORD' ? toValue(attributes['Value'] ?? '') : NaN;
      const inherits = Attributes === undefined || Attributes.split(/[|\s]+/).includes('INHERIT');
      open.values.push({ ...span, value, inherits, id: attributes['ID'] });
    }
    if (!tag.isSelfClosing) names.push(tag.name);
    else if (names.length === 2) open = null;
  });
  parser.on('closetag', (tag) => {
    if (tag.isSelfClosing) return;
    names.pop();
    if (names.length === 2 && open !== null) {
      open.endTag = text.lastIndexOf('</', parser.position + offset - 1);
      open = null;
    }
  });
  parser.write(text.slice(offset)).close();
  return elements.filter(({ path }) => path === '/' || path === '/lm' || /^\/lm\/smtpsvc(\/|$)/.test(path));
}

function toValue(text: string): number {
  return /^[0-9]+$/.test(text) && BigInt(text) <= 0xffffffffn ? Number(text) : NaN;
}

const ATTRIBUTE = /([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')/g;

interface SourceAttribute {
  readonly name: string;
  readonly space: string;
  readonly end: number;
  readonly valueStart: number;
}

function attributesOf(text: string, start: number, end: number): SourceAttribute[] {
  const nameEnd = start + (/^<[^\s/>]+/.exec(text.slice(start, end))?.[0].length ?? 0);
  let before = nameEnd;
  return [...text.slice(nameEnd, end).matchAll(ATTRIBUTE)].map((match) => {
    const at = nameEnd + match.index;
    const space = text.slice(before, at);
    before = at + match[0].length;
    return { name: match[1], space, end: before, valueStart: before - match[2].length + 1 };
  });
}

function valueSpan(text: string, start: number, end: number, name: string): { start: number; end: number } | null {
  const attribute = attributesOf(text, start, end).find((each) => each.name === name);
  return attribute === undefined ? null : { start: attribute.valueStart, end: attribute.end - 1 };
}

function insertion(text: string, element: Element, id: string, value: number): Omit<OracleEdit, 'location'> {
  if (element.name !== 'IIsSmtpService' && element.name !== 'IIsSmtpServer')
    return customInsertion(text, element, id, value);
  const attributes = attributesOf(text, element.start, element.end);
  const location = attributes.findIndex(({ name }) => name === 'Location');
  const next = attributes.findIndex(({ name }, i) => i > location && name > PROPERTY);
  const previous = attributes[next < 0 ? attributes.length - 1 : next - 1];
  let space = attributes[next < 0 ? attributes.length - 1 : next].space;
  if (attributes.length === 1) {
    const closing = /^\s*/.exec(text.slice(previous.end))?.[0] ?? '';
    space = /[\r\n]/.test(closing) ? `${closing}\t` : previous.space;
  }
  return { start: previous.end, end: previous.end, text: `${space}${PROPERTY}="${String(value)}"` };
}

function customInsertion(text: string, element: Element, id: string, value: number): Omit<OracleEdit, 'location'> {
  const lineEnd = /\r?\n|\r/.exec(text)?.[0] ?? '\r\n';
  const custom =
    `\t<Custom${lineEnd}\t\tName="${PROPERTY}"${lineEnd}\t\tID="${id}"${lineEnd}\t\tValue="${String(value)}"${lineEnd}` +
    `\t\tType="DWORD"${lineEnd}\t\tUserType="IIS_MD_UT_SERVER"${lineEnd}\t\tAttributes="INHERIT"${lineEnd}\t/>${lineEnd}`;
  if (element.endTag === null) {
    const slash = element.end - 2;
    return { start: slash, end: slash + 1, text: `>${lineEnd}${custom}</${element.name}` };
  }
  const inside = text.slice(element.end, element.endTag);
  const before = inside.replace(/[ \t]+$/, '');
  const at = element.end + before.length;
  return { start: at, end: at, text: /[\r\n]$/.test(before) ? custom : lineEnd + custom };
}
