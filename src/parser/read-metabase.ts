import { errorAt } from '../source/position.ts';
import type { Source, Span } from '../source/source.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { AMPERSAND } from './character-class.ts';
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
import { type KeyVisitor, MetabaseStructure } from './metabase-structure.ts';
import { scan } from './scanner.ts';
import type { StartTag } from './start-tag.ts';

const LOCATION = encodeUtf8('Location');
const KEY_ATTRIBUTES = ['Location', 'ServerComment', PROPERTY];
const CUSTOM = encodeUtf8('Custom');
const CUSTOM_ATTRIBUTES = ['ID', 'Value', 'Type', 'Attributes'];
const ID = encodeUtf8('ID');
const ID_BYTES = encodeUtf8(PROPERTY_ID);
/** In lower case: each of its bytes has the bit 0x20. */
const SERVICE_PATH = encodeUtf8('/lm/smtpsvc');

/**
 * Reads a metabase. Steps are windows: each yields the offset reached.
 * @returns The keys on the path of the SMTP service and below it, in the order of the file.
 * @throws MetabaseError XML_…, ENCODING_…, NOT_A_METABASE
 */
export function* readMetabase(source: Source, windowSize?: number): Generator<number, readonly MetabaseKey[]> {
  const reader = new KeyReader();
  const structure = new MetabaseStructure(reader);
  yield* scan(source, structure, windowSize);
  if (!structure.hasProperties) {
    const message = 'this is no metabase: it has no <configuration> with an <MBProperty> in it';
    throw errorAt(source, structure.rootOffset, 'NOT_A_METABASE', message);
  }
  return reader.keys;
}

interface OpenKey extends RawTag {
  readonly class: string;
  readonly tag: Span;
  readonly customs: RawTag[];
}

/** Picks up what the keys on the SMTP path hold of the property. */
class KeyReader implements KeyVisitor {
  readonly keys: MetabaseKey[] = [];
  #open: OpenKey | null = null;

  key(tag: StartTag): void {
    if (!mayBeOnSmtpPath(tag)) return;
    this.#open = { ...rawTag(tag, KEY_ATTRIBUTES), class: tag.name, tag: tag.span, customs: [] };
  }

  child(tag: StartTag): void {
    if (this.#open === null || !tag.isNamed(CUSTOM) || !mayBeProperty(tag)) return;
    this.#open.customs.push(rawTag(tag, CUSTOM_ATTRIBUTES));
  }

  endKey(endTag: number | null): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const key = metabaseKey(open, open.customs, { class: open.class, tag: open.tag, endTag });
    if (isOnSmtpPath(key.location)) this.keys.push(key);
  }
}

/** @returns Whether the Location is an ancestor of the SMTP service, the service, or below it. */
function isOnSmtpPath(location: string): boolean {
  return /^\/$|^\/lm\/?$|^\/lm\/smtpsvc(\/|$)/i.test(location);
}

/** A cheap first look at a key: false only where its Location cannot be on the SMTP path. */
function mayBeOnSmtpPath(tag: StartTag): boolean {
  const index = tag.find(LOCATION);
  if (index < 0) return false;
  const { bytes } = tag.window;
  const start = tag.spans[4 * index + 2];
  const length = Math.min(tag.spans[4 * index + 3] - start, SERVICE_PATH.length);
  for (let k = 0; k < length; k++) {
    const byte = bytes[start + k];
    if (byte === AMPERSAND) return true;
    if ((byte | 0x20) !== SERVICE_PATH[k]) return false;
  }
  return true;
}

/** A cheap first look at a Custom: false only where its ID cannot be the property's. */
function mayBeProperty(tag: StartTag): boolean {
  const index = tag.find(ID);
  if (index < 0) return false;
  const id = tag.value(index);
  return isExactly(id, 0, id.length, ID_BYTES) || id.includes(AMPERSAND);
}

function rawTag(tag: StartTag, names: readonly string[]): RawTag {
  const { window, spans, span } = tag;
  const found = new Map<string, RawAttribute>();
  for (let at = 0; at < 4 * tag.count; at += 4) {
    const [nameStart, nameEnd, start, end] = spans.subarray(at, at + 4);
    const name = window.decode(nameStart, nameEnd);
    if (!names.includes(name)) continue;
    found.set(name, {
      source: window.decode(nameStart, end + 1),
      raw: window.decode(start, end),
      span: { offset: window.base + start, length: end - start },
    });
  }
  return { offset: span.offset, attributes: found };
}

/** @returns The Location of a key, references decoded; null where its tag has none. */
function locationOf(tag: StartTag): string | null {
  const [own] = properties([rawTag(tag, ['Location'])]);
  return own['Location'] ?? null;
}

/** @returns The Location of the metabase key whose element holds the byte at the offset, or null. */
export function locationAt(source: Source, offset: number): string | null {
  let location: string | null = null;
  const structure = new MetabaseStructure({
    key(tag) {
      if (tag.span.offset <= offset) location = locationOf(tag);
    },
    endKey(_endTag, end) {
      if (end <= offset) location = null;
    },
  });
  for (const reached of scan(source, structure)) if (reached > offset) break;
  return location;
}
