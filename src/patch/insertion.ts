import { type MetabaseKey, PROPERTY, PROPERTY_ID } from '../parser/metabase-key.ts';
import { readSpan, type Source, type Span } from '../source/source.ts';

/** Text to put into the file: `old` is null, but for the `/` that opening a self-closing element takes away. */
export interface Insertion extends Span {
  readonly old: string | null;
  readonly new: string;
}

const LATIN_1 = new TextDecoder('latin1');

/** The classes whose schema has the property, so that IIS writes it as an attribute. */
const SMTP_CLASSES = ['IIsSmtpService', 'IIsSmtpServer'];

/**
 * @param lineEnd The line end to use, asked for only where one is needed.
 * @returns How the property gets into a key that lacks it, written as IIS would.
 */
export function insertion(source: Source, key: MetabaseKey, value: number, lineEnd: () => string): Insertion {
  if (SMTP_CLASSES.includes(key.class)) return attributeInsertion(source, key, value);
  return customInsertion(source, key, value, lineEnd());
}

/** An attribute of the tag: its name, and the white space before it. */
interface TagAttribute {
  readonly name: string;
  readonly space: string;
  /** Where it ends, in the tag. */
  readonly end: number;
}

/** IIS sorts the attributes behind Location by name, as code units: SSL… before Smtp…. */
function attributeInsertion(source: Source, key: MetabaseKey, value: number): Insertion {
  const tag = LATIN_1.decode(readSpan(source, key.tag));
  const attributes = tagAttributes(tag);
  const location = attributes.findIndex(({ name }) => name === 'Location');
  const next = attributes.findIndex(({ name }, i) => i > location && name > PROPERTY);
  const before = attributes[next < 0 ? attributes.length - 1 : next - 1];
  const space =
    attributes.length === 1 ? spaceOfFirst(before, tag) : attributes[next < 0 ? attributes.length - 1 : next].space;
  return { offset: key.tag.offset + before.end, length: 0, old: null, new: `${space}${PROPERTY}="${String(value)}"` };
}

/** Where Location stands alone, the closing `>` tells whether attributes have lines of their own. */
function spaceOfFirst(location: TagAttribute, tag: string): string {
  const rest = tag.slice(location.end);
  const beforeEnd = rest.slice(0, rest.search(/[/>]/));
  return /[\r\n]/.test(beforeEnd) ? `${beforeEnd}\t` : location.space;
}

/** The tag is known to be well-formed. As Latin-1, where each byte is a character, indexes are offsets; S [3] is no \s there. */
function tagAttributes(tag: string): TagAttribute[] {
  let end = tag.search(/[ \t\r\n/>]/);
  return [...tag.matchAll(/([^ \t\r\n=]+)[ \t\r\n]*=[ \t\r\n]*("[^"]*"|'[^']*')/g)].map((match) => {
    const space = tag.slice(end, match.index);
    end = match.index + match[0].length;
    return { name: match[1], space, end };
  });
}

/** A key of another class, whose schema may lack the property, gets a `<Custom>` child in IIS' form. */
function customInsertion(source: Source, key: MetabaseKey, value: number, lineEnd: string): Insertion {
  const attributes = [
    `Name="${PROPERTY}"`,
    `ID="${PROPERTY_ID}"`,
    `Value="${String(value)}"`,
    'Type="DWORD"',
    'UserType="IIS_MD_UT_SERVER"',
    'Attributes="INHERIT"',
  ];
  const custom = ['\t<Custom', ...attributes.map((each) => `\t\t${each}`), '\t/>', ''].join(lineEnd);
  if (key.endTag === null) {
    const slash = key.tag.offset + key.tag.length - 2;
    return { offset: slash, length: 1, old: '/', new: `>${lineEnd}${custom}</${key.class}` };
  }
  const [before] = readSpan(source, { offset: key.endTag - 1, length: 1 });
  const beginsLine = before === 0x0a;
  return { offset: key.endTag, length: 0, old: null, new: beginsLine ? custom : `${lineEnd}${custom}` };
}

/** @returns The file's first line end, CRLF if it has none. */
export function firstLineEnd(source: Source): string {
  const chunk = new Uint8Array(1 << 12);
  let last = 0;
  for (let offset = 0; offset < source.length; offset += chunk.length) {
    const bytes = chunk.subarray(0, source.read(offset, chunk));
    const lf = bytes.indexOf(0x0a);
    if (lf >= 0) return (lf === 0 ? last : bytes[lf - 1]) === 0x0d ? '\r\n' : '\n';
    last = bytes[bytes.length - 1];
  }
  return '\r\n';
}
