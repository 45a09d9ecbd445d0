import { XMLParser } from 'fast-xml-parser';
import type { Span } from '../source/source.ts';

export const PROPERTY = 'SmtpInboundCommandSupportOptions';
export const PROPERTY_ID = '3699800';

/** One value of the property, as an attribute of the key or as a `<Custom>` child of it. */
export interface PropertyValue {
  readonly form: 'attribute' | 'custom';
  /** The value as an unsigned 32-bit number, or null where it is none. */
  readonly dword: number | null;
  /** Whether keys below inherit it: the metabase attribute INHERIT. */
  readonly inheritable: boolean;
  /** What stands between the quotes of the value; null where a Custom has no Value. */
  readonly span: Span | null;
  /** The bytes of `span` as text, references not decoded. */
  readonly raw: string | null;
  /** Where a complaint about the value points: at the value, or at the `<` of its Custom. */
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
  /** The start tag, `<` and `>` included. */
  readonly tag: Span;
  /** Where the end tag begins; null for a self-closing element. */
  readonly endTag: number | null;
}

/** An attribute as it stands in the file: `source` is all of it, name and quotes included. */
export interface RawAttribute {
  readonly source: string;
  readonly raw: string;
  readonly span: Span;
}

/** The attributes of a tag that matter here, by name, and where the tag begins. */
export interface RawTag {
  readonly offset: number;
  readonly attributes: ReadonlyMap<string, RawAttribute>;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseAttributeValue: false,
  // Else references stay as they are. The scanner let no others pass than the five and characters.
  processEntities: true,
  htmlEntities: true,
});

type Properties = Readonly<Partial<Record<string, string>>>;

/** Of a longer reference fast-xml-parser sees no end. */
const LEADING_ZEROS = /&#(x?)0+(?=[0-9a-f])/g;

/** @returns The attributes of each tag by name, references decoded. */
export function properties(tags: readonly RawTag[]): Properties[] {
  const attributes = tags.map((tag) => [...tag.attributes.values()].map(({ source }) => source).join(' '));
  const elements = attributes.map((source) => `<k ${source.replace(LEADING_ZEROS, '&#$1')}/>`);
  const nodes = parser.parse(elements.join('')) as { ':@'?: Properties }[];
  return nodes.map((node) => node[':@'] ?? {});
}

/**
 * @param tag The key's start tag, which has a Location.
 * @param customs The tags of its direct Custom children whose ID may be the property's.
 * @returns What the key means for the property.
 */
export function metabaseKey(
  tag: RawTag,
  customs: readonly RawTag[],
  element: Pick<MetabaseKey, 'class' | 'tag' | 'endTag'>,
): MetabaseKey {
  const [own, ...children] = properties([tag, ...customs]);
  const values: PropertyValue[] = [];
  const attribute = tag.attributes.get(PROPERTY);
  if (attribute !== undefined) {
    const dword = toDword(own[PROPERTY]);
    values.push({ form: 'attribute', dword, inheritable: true, ...placeOf(attribute) });
  }
  children.forEach((custom, i) => {
    if (custom['ID'] === PROPERTY_ID) values.push(customValue(customs[i], custom));
  });
  return { location: String(own['Location']), comment: own['ServerComment'] ?? null, values, ...element };
}

function customValue(tag: RawTag, custom: Properties): PropertyValue {
  const value = tag.attributes.get('Value');
  const isDword = custom['Type'] === undefined || custom['Type'] === 'DWORD';
  const place = value === undefined ? { span: null, raw: null } : placeOf(value);
  return {
    form: 'custom',
    dword: isDword ? toDword(custom['Value']) : null,
    inheritable: custom['Attributes'] === undefined || /(^|[| \t\r\n])INHERIT($|[| \t\r\n])/.test(custom['Attributes']),
    ...place,
    offset: isDword && value !== undefined ? value.span.offset : tag.offset,
  };
}

function placeOf({ span, raw }: RawAttribute): Pick<PropertyValue, 'span' | 'raw' | 'offset'> {
  return { span, raw, offset: span.offset };
}

/** @returns A metabase DWORD: unsigned decimal digits, 0 to 4294967295; else null. */
function toDword(text = ''): number | null {
  const value = Number(text);
  return /^[0-9]+$/.test(text) && value <= 0xffffffff ? value : null;
}
