import type { LocatedKey } from '../locator/smtp-keys.ts';
import { type MetabaseKey, PROPERTY, PROPERTY_IDS, type PropertyId } from '../parser/metabase-key.ts';
import { readSpan, type Source } from '../source/source.ts';
import type { Edit } from './plan.ts';

/** Text to insert: `old` is null, or the `/` that is replaced when a self-closing element is opened. */
export type Insertion = Pick<Edit, 'offset' | 'length' | 'old' | 'new'>;

/** How many bytes are read at once. */
const BLOCK = 1 << 12;

const LATIN_1 = new TextDecoder('latin1');

/** The classes whose schema has the property, so that IIS writes it as an attribute. */
const SMTP_CLASSES = ['IIsSmtpService', 'IIsSmtpServer'];

/** Writes the property into keys that lack it, as IIS would. */
export class Inserter {
  #lineEnd: string | null = null;
  #id: PropertyId | null = null;

  /** @param keys All keys that can be patched. */
  constructor(
    private readonly source: Source,
    private readonly keys: readonly LocatedKey[],
  ) {}

  insertion(key: MetabaseKey, value: number): Insertion {
    if (SMTP_CLASSES.includes(key.class)) return attributeInsertion(this.source, key, value);
    // Searched for once, and only if they are needed.
    this.#lineEnd ??= firstLineEnd(this.source);
    this.#id ??= customId(this.keys);
    return customInsertion(this.source, key, customElement(this.#id, value, this.#lineEnd), this.#lineEnd);
  }
}

/** @returns The ID that the property has in the first Custom in the file, so that the file stays consistent. */
function customId(keys: readonly LocatedKey[]): PropertyId {
  const customs = keys.flatMap(({ values }) => values).filter(({ id }) => id !== null);
  return customs.sort((a, b) => a.offset - b.offset).at(0)?.id ?? PROPERTY_IDS[0];
}

/** An attribute of the tag, with the white space before it. */
interface TagAttribute {
  readonly name: string;
  readonly space: string;
  /** Where that white space begins in the tag, and where the attribute ends. */
  readonly start: number;
  readonly end: number;
}

/** IIS sorts the attributes after Location by name, as code units: SSL… before Smtp…. */
function attributeInsertion(source: Source, key: MetabaseKey, value: number): Insertion {
  const tag = LATIN_1.decode(readSpan(source, key.tag));
  const attributes = tagAttributes(tag);
  const last = attributes[attributes.length - 1];
  const location = attributes.findIndex(({ name }) => name === 'Location');
  const next = attributes.slice(location + 1).find(({ name }) => name > PROPERTY);
  const space = attributes.length === 1 ? spaceOfFirst(last, tag) : (next ?? last).space;
  const offset = key.tag.offset + (next?.start ?? last.end);
  return { offset, length: 0, old: null, new: `${space}${PROPERTY}="${String(value)}"` };
}

/** If Location is the only attribute, the white space before `>` shows whether attributes have lines of their own. */
function spaceOfFirst(location: TagAttribute, tag: string): string {
  const rest = tag.slice(location.end);
  const beforeEnd = rest.slice(0, rest.search(/[/>]/));
  return /[\r\n]/.test(beforeEnd) ? `${beforeEnd}\t` : location.space;
}

/** The tag is known to be well-formed. In Latin-1 each byte is a character, so indexes are offsets; \s is more than S [3]. */
function tagAttributes(tag: string): TagAttribute[] {
  let end = tag.search(/[ \t\r\n/>]/);
  return [...tag.matchAll(/([^ \t\r\n=]+)[ \t\r\n]*=[ \t\r\n]*("[^"]*"|'[^']*')/g)].map((match) => {
    const start = end;
    end = match.index + match[0].length;
    return { name: match[1], space: tag.slice(start, match.index), start, end };
  });
}

/** A `<Custom>` child as IIS writes it, for a class whose schema may lack the property. */
function customElement(id: PropertyId, value: number, lineEnd: string): string {
  const attributes = [
    `Name="${PROPERTY}"`,
    `ID="${id}"`,
    `Value="${String(value)}"`,
    'Type="DWORD"',
    'UserType="IIS_MD_UT_SERVER"',
    'Attributes="INHERIT"',
  ];
  return ['\t<Custom', ...attributes.map((each) => `\t\t${each}`), '\t/>', ''].join(lineEnd);
}

/** Inserts the Custom on lines of its own, before the end tag and the white space before that on its line. */
function customInsertion(source: Source, key: MetabaseKey, custom: string, lineEnd: string): Insertion {
  const tagEnd = key.tag.offset + key.tag.length;
  if (key.endTag === null) {
    return { offset: tagEnd - 2, length: 1, old: '/', new: `>${lineEnd}${custom}</${key.class}` };
  }
  const offset = beforeIndentation(source, tagEnd, key.endTag);
  const beginsLine = /[\r\n]/.test(LATIN_1.decode(readSpan(source, { offset: offset - 1, length: 1 })));
  return { offset, length: 0, old: null, new: beginsLine ? custom : `${lineEnd}${custom}` };
}

/** @returns Where the spaces and tabs before `end` begin, but not before `start`. */
function beforeIndentation(source: Source, start: number, end: number): number {
  for (let to = end; to > start; to -= BLOCK) {
    const offset = Math.max(start, to - BLOCK);
    const text = LATIN_1.decode(readSpan(source, { offset, length: to - offset }));
    const kept = /^.*[^ \t]/s.exec(text);
    if (kept !== null) return offset + kept[0].length;
  }
  return start;
}

/** @returns The file's first line end, CRLF, LF or CR; CRLF if it has none. */
function firstLineEnd(source: Source): string {
  for (let offset = 0; offset < source.length; offset += BLOCK) {
    // One byte more, for the LF after a CR.
    const match = /\r\n?|\n/.exec(LATIN_1.decode(readSpan(source, { offset, length: BLOCK + 1 })));
    if (match !== null && match.index < BLOCK) return match[0];
  }
  return '\r\n';
}
