import { errorAt } from '../source/position.ts';
import type { Span } from '../source/source.ts';
import type { Text } from '../source/text.ts';
import { isExactly } from './grammar.ts';
import {
  type MetabaseKey,
  metabaseKey,
  properties,
  PROPERTY,
  PROPERTY_ID,
  type RawAttribute,
  type RawTag,
} from './metabase-key.ts';
import { scan, type TagView, type TagVisitor } from './scanner.ts';

/** The levels of a metabase: `configuration`, `MBProperty`, the keys, and their Custom children. */
const ROOT = 0;
const PROPERTIES = 1;
export const KEY = 2;
const CUSTOM = 3;

const literal = (text: string): Uint8Array => new TextEncoder().encode(text);
const NAMES = { root: literal('configuration'), properties: literal('MBProperty'), custom: literal('Custom') };
const LOCATION = literal('Location');
const KEY_ATTRIBUTES = ['Location', 'ServerComment', PROPERTY];
const CUSTOM_ATTRIBUTES = ['ID', 'Value', 'Type', 'Attributes'];
const ID = literal('ID');
const ID_BYTES = literal(PROPERTY_ID);
/** In lower case: each of its bytes has the bit 0x20. */
const SERVICE_PATH = literal('/lm/smtpsvc');
const AMPERSAND = 0x26;

/**
 * Reads a metabase. Steps are windows: each yields the offset reached.
 * @returns The keys on the path of the SMTP service and below it, in the order of the file.
 * @throws MetabaseError XML_…, ENCODING_…, NOT_A_METABASE
 */
export function* readMetabase(text: Text, windowSize?: number): Generator<number, readonly MetabaseKey[]> {
  const reader = new KeyReader();
  yield* scan(text, reader, windowSize);
  if (!reader.hasProperties) {
    const message = 'this is no metabase: it has no <configuration> with an <MBProperty> in it';
    throw errorAt(text, reader.rootOffset, 'NOT_A_METABASE', message);
  }
  return reader.keys;
}

interface OpenKey extends RawTag {
  readonly class: string;
  readonly tag: Span;
  readonly customs: RawTag[];
}

class KeyReader implements TagVisitor {
  readonly keys: MetabaseKey[] = [];
  rootOffset = 0;
  hasProperties = false;
  #isMetabase = false;
  #inProperties = false;
  #key: OpenKey | null = null;

  startTag(level: number, tag: TagView): void {
    if (level === ROOT) {
      this.rootOffset = tag.window.base + tag.start;
      this.#isMetabase = isNamed(tag, NAMES.root);
    } else if (level === PROPERTIES) {
      this.#inProperties = this.#isMetabase && isNamed(tag, NAMES.properties);
      this.hasProperties ||= this.#inProperties;
    } else if (level === KEY && this.#inProperties && mayConcernSmtp(tag)) {
      const key = { ...rawTag(tag, KEY_ATTRIBUTES), class: tagName(tag), tag: tagSpan(tag), customs: [] };
      if (tag.isSelfClosing) this.#finish(key, null);
      else this.#key = key;
    } else if (level === CUSTOM && this.#key !== null && isNamed(tag, NAMES.custom) && mayBeProperty(tag)) {
      this.#key.customs.push(rawTag(tag, CUSTOM_ATTRIBUTES));
    }
  }

  endTag(level: number, offset: number): void {
    if (level !== KEY || this.#key === null) return;
    this.#finish(this.#key, offset);
    this.#key = null;
  }

  #finish(open: OpenKey, endTag: number | null): void {
    const key = metabaseKey(open, open.customs, { class: open.class, tag: open.tag, endTag });
    if (isOnSmtpPath(key.location)) this.keys.push(key);
  }
}

/** @returns Whether the Location is an ancestor of the SMTP service, the service, or below it. */
function isOnSmtpPath(location: string): boolean {
  return /^\/$|^\/lm\/?$|^\/lm\/smtpsvc(\/|$)/i.test(location);
}

/** A cheap first look at a key: false only where its Location cannot be on the SMTP path. */
function mayConcernSmtp({ window, attributes }: TagView): boolean {
  const index = attributes.find(window.bytes, LOCATION);
  if (index < 0) return false;
  const start = attributes.valueStart(index);
  const length = Math.min(attributes.valueEnd(index) - start, SERVICE_PATH.length);
  for (let k = 0; k < length; k++) {
    const byte = window.bytes[start + k];
    if (byte === AMPERSAND) return true;
    if ((byte | 0x20) !== SERVICE_PATH[k]) return false;
  }
  return true;
}

/** A cheap first look at a Custom: false only where its ID cannot be the property's. */
function mayBeProperty({ window, attributes }: TagView): boolean {
  const index = attributes.find(window.bytes, ID);
  if (index < 0) return false;
  const start = attributes.valueStart(index);
  const end = attributes.valueEnd(index);
  return isExactly(window.bytes, start, end, ID_BYTES) || window.bytes.subarray(start, end).includes(AMPERSAND);
}

function isNamed({ window, attributes, start }: TagView, name: Uint8Array): boolean {
  return isExactly(window.bytes, start + 1, attributes.elementEnd, name);
}

function tagName({ window, attributes, start }: TagView): string {
  return decode(window.bytes, start + 1, attributes.elementEnd);
}

function tagSpan({ window, start, end }: TagView): Span {
  return { offset: window.base + start, length: end - start };
}

function rawTag(tag: TagView, names: readonly string[]): RawTag {
  const { window, attributes } = tag;
  const found = new Map<string, RawAttribute>();
  for (let i = 0; i < attributes.count; i++) {
    const name = decode(window.bytes, attributes.nameStart(i), attributes.nameEnd(i));
    if (!names.includes(name)) continue;
    const start = attributes.valueStart(i);
    const end = attributes.valueEnd(i);
    found.set(name, {
      source: decode(window.bytes, attributes.nameStart(i), end + 1),
      raw: decode(window.bytes, start, end),
      span: { offset: window.base + start, length: end - start },
    });
  }
  return { offset: window.base + tag.start, attributes: found };
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array, start: number, end: number): string {
  return UTF8.decode(bytes.subarray(start, end));
}

/** @returns The Location of a key, references decoded; null where its tag has none. */
export function locationOf(tag: TagView): string | null {
  const [own] = properties([rawTag(tag, ['Location'])]);
  return own['Location'] ?? null;
}
