import { XMLParser } from 'fast-xml-parser';
import type { Span } from '../source/source.ts';

export const PROPERTY = 'SmtpInboundCommandSupportOptions';

/** The property's ID: 36998 in Microsoft's property reference, and so what IIS writes; KB 286673 prints 3699800. */
export const PROPERTY_IDS = ['36998', '3699800'] as const;
export type PropertyId = (typeof PROPERTY_IDS)[number];

/** One value of the property, as an attribute of the key or as a `<Custom>` child of it. */
export interface PropertyValue {
  /** The ID of the Custom; null for an attribute. */
  readonly id: PropertyId | null;
  /** The value as an unsigned 32-bit number; null if it is not one. */
  readonly dword: number | null;
  /** Why it is not a DWORD, as a sentence; null if it is one. */
  readonly problem: string | null;
  /** Whether keys below inherit it: the metabase attribute INHERIT. */
  readonly inheritable: boolean;
  /** Where the text between the quotes is; null if a Custom has no Value. */
  readonly span: Span | null;
  /** Where an error about the value points: at the value, at a wrong Type, or at the `<` of a Custom without a Value. */
  readonly offset: number;
}

/** A metabase key on the path of the SMTP service, as far as the property is concerned. */
export interface MetabaseKey {
  readonly location: string;
  /** The element's name. */
  readonly class: string;
  /** The property ServerComment. */
  readonly comment: string | null;
  readonly values: readonly PropertyValue[];
  /** The offsets of the Customs that have the property's Name, but another ID or none. */
  readonly otherIds: readonly number[];
  /** The start tag, `<` and `>` included. */
  readonly tag: Span;
  /** Where the end tag begins; null for a self-closing element. */
  readonly endTag: number | null;
}

/** A tag as it is written in the file. */
export interface RawTag {
  readonly element: string;
  readonly span: Span;
  /** The attributes that matter here, each with its name and quotes. */
  readonly attributes: readonly string[];
  /** Where their values are, by name. */
  readonly values: ReadonlyMap<string, Span>;
}

/** A key as it is written in the file. */
export interface RawKey {
  readonly tag: RawTag;
  /** The tags of its direct Custom children whose ID or Name may be the property's. */
  readonly customs: readonly RawTag[];
  readonly endTag: number | null;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseAttributeValue: false,
  // Without these, references are not decoded. The scanner has accepted only the five entities and character references.
  processEntities: true,
  htmlEntities: true,
});

type Properties = Readonly<Partial<Record<string, string>>>;

/** Leading zeros of a character reference: fast-xml-parser does not decode one that is longer. */
const LEADING_ZEROS = /&#(x?)0+(?=[0-9a-f])/g;

/** @returns The attributes of each tag by name, references decoded. One call for many tags is ten times as fast as one for each. */
export function properties(tags: readonly RawTag[]): Properties[] {
  const elements = tags.map(({ attributes }) => `<k ${attributes.join(' ').replace(LEADING_ZEROS, '&#$1')}/>`);
  const nodes = parser.parse(elements.join('')) as { ':@'?: Properties }[];
  return nodes.map((node) => node[':@'] ?? {});
}

/** @returns What each key says about the property. */
export function metabaseKeys(keys: readonly RawKey[]): MetabaseKey[] {
  const decoded = properties(keys.flatMap(({ tag, customs }) => [tag, ...customs]));
  let at = 0;
  return keys.map((key) => metabaseKey(key, decoded.slice(at, (at += 1 + key.customs.length))));
}

function metabaseKey({ tag, customs, endTag }: RawKey, [own, ...children]: readonly Properties[]): MetabaseKey {
  const values: PropertyValue[] = [];
  const otherIds: number[] = [];
  const span = tag.values.get(PROPERTY);
  if (span !== undefined) {
    values.push({ id: null, inheritable: true, span, offset: span.offset, ...toDword(own[PROPERTY]) });
  }
  children.forEach((custom, i) => {
    const id = PROPERTY_IDS.find((each) => each === custom['ID']);
    if (id !== undefined) values.push(customValue(id, customs[i], custom));
    else if (custom['Name'] === PROPERTY) otherIds.push(customs[i].span.offset);
  });
  const comment = own['ServerComment'] ?? null;
  return { location: String(own['Location']), class: tag.element, comment, values, otherIds, tag: tag.span, endTag };
}

/** INHERIT among the words of a Custom's Attributes. */
const INHERIT = /(^|[| \t\r\n])INHERIT($|[| \t\r\n])/;

/** A Custom without Type and Attributes has those of the schema: a DWORD that is inherited. */
function customValue(id: PropertyId, tag: RawTag, custom: Properties): PropertyValue {
  const span = tag.values.get('Value') ?? null;
  const type = tag.values.get('Type');
  const inheritable = custom['Attributes'] === undefined || INHERIT.test(custom['Attributes']);
  if (type !== undefined && custom['Type'] !== 'DWORD') {
    const problem = `the Type of ${PROPERTY} must be DWORD, in capitals`;
    return { id, inheritable, span, offset: type.offset, dword: null, problem };
  }
  return { id, inheritable, span, offset: span?.offset ?? tag.span.offset, ...toDword(custom['Value']) };
}

/** A metabase DWORD is written as unsigned decimal digits, 0 to 4294967295. */
function toDword(text = ''): Pick<PropertyValue, 'dword' | 'problem'> {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value <= 0xffffffff) return { dword: value, problem: null };
  return { dword: null, problem: `${PROPERTY} must be a DWORD: digits only, 0 to 4294967295` };
}
