import { Byte } from '../source/byte.ts';
import { errorAt } from '../source/position.ts';
import type { Source, Span } from '../source/source.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { isExactly } from './grammar.ts';
import {
  type MetabaseKey,
  metabaseKey,
  properties,
  PROPERTY,
  PROPERTY_IDS,
  type RawAttribute,
  type RawTag,
} from './metabase-key.ts';
import { type KeyVisitor, MetabaseStructure } from './metabase-structure.ts';
import { scan } from './scanner.ts';
import type { StartTag } from './start-tag.ts';

const LOCATION = encodeUtf8('Location');
const KEY_ATTRIBUTES = ['Location', 'ServerComment', PROPERTY];
const CUSTOM = encodeUtf8('Custom');
const CUSTOM_ATTRIBUTES = ['Name', 'ID', 'Value', 'Type', 'Attributes'];
const IDENTIFIERS = [PROPERTY, ...PROPERTY_IDS].map(encodeUtf8);
const INHERITED_PROPERTIES = encodeUtf8('IIsInheritedProperties');
/** In lower case; every byte of them, also a digit or a slash, has the bit 0x20 set. */
const SERVICE_PATH = encodeUtf8('/lm/smtpsvc');
const DS2MB_PATH = encodeUtf8('/lm/ds2mb');

/** What a metabase says about the SMTP service, in the order of the file. */
export interface Metabase {
  /** The keys on the path of the SMTP service and below it. */
  readonly keys: readonly MetabaseKey[];
  /**
   * The elements of class IIsInheritedProperties on that path. They are not keys: an export made with the inherited flag keeps
   * in them what its keys inherit from outside the file (IIS 6.0 SDK, IMSAdminBase2::Export).
   */
  readonly inherited: readonly MetabaseKey[];
  /** The offset of the first key at or below /LM/DS2MB, a sign of Exchange 2000 or 2003; null if there is none. */
  readonly ds2mb: number | null;
}

/**
 * Reads a metabase, window by window: each step yields the offset reached.
 * @throws MetabaseError XML_…, ENCODING_…, NOT_A_METABASE
 */
export function* readMetabase(source: Source, windowSize?: number): Generator<number, Metabase> {
  const reader = new KeyReader();
  const structure = new MetabaseStructure(reader);
  yield* scan(source, structure, windowSize);
  if (!structure.hasProperties) {
    const message = 'this is not a metabase: it has no <configuration> with an <MBProperty> in it';
    throw errorAt(source, structure.rootOffset, 'NOT_A_METABASE', message);
  }
  return reader;
}

/** Does work that is done in steps to its end. @param onStep Called with what each step yields. @returns The result. */
export function runToEnd<Step, Result>(steps: Generator<Step, Result>, onStep?: (step: Step) => void): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onStep?.(step.value);
  }
}

interface OpenElement extends RawTag {
  readonly class: string;
  readonly tag: Span;
  readonly customs: RawTag[];
}

/** Collects what the elements on the SMTP path say about the property. */
class KeyReader implements KeyVisitor, Metabase {
  readonly keys: MetabaseKey[] = [];
  readonly inherited: MetabaseKey[] = [];
  ds2mb: number | null = null;
  #open: OpenElement | null = null;

  key(tag: StartTag): void {
    const location = tag.find(LOCATION);
    const isWanted =
      mayBeAtOrAbove(tag, location, SERVICE_PATH) ||
      (this.ds2mb === null && mayBeAtOrAbove(tag, location, DS2MB_PATH)) ||
      tag.isNamed(INHERITED_PROPERTIES);
    if (!isWanted) return;
    this.#open = { ...rawTag(tag, KEY_ATTRIBUTES), class: tag.name, tag: tag.span, customs: [] };
  }

  child(tag: StartTag): void {
    if (this.#open === null || !tag.isNamed(CUSTOM) || !mayBeProperty(tag)) return;
    this.#open.customs.push(rawTag(tag, CUSTOM_ATTRIBUTES));
  }

  endKey(endTag: number | null): void {
    const open = this.#open;
    this.#open = null;
    if (open?.attributes.has('Location') !== true) return;
    const key = metabaseKey(open, open.customs, { class: open.class, tag: open.tag, endTag });
    if (key.class === 'IIsInheritedProperties') {
      // An export may put a word and a colon before the Location.
      const location = /\/.*/s.exec(key.location)?.[0] ?? '';
      if (isOnSmtpPath(location)) this.inherited.push({ ...key, location });
    } else if (isOnSmtpPath(key.location)) this.keys.push(key);
    else if (isAtDs2mb(key.location)) this.ds2mb ??= key.tag.offset;
  }
}

/** @returns Whether the Location is an ancestor of the SMTP service, the service, or below it. */
function isOnSmtpPath(location: string): boolean {
  return /^\/$|^\/lm\/?$|^\/lm\/smtpsvc(\/|$)/i.test(location);
}

function isAtDs2mb(location: string): boolean {
  return /^\/lm\/ds2mb(\/|$)/i.test(location);
}

/**
 * A cheap first look at a key: false only if its Location can be neither the path nor above or below it.
 * @param location The index of that attribute, or -1.
 */
function mayBeAtOrAbove(tag: StartTag, location: number, path: Uint8Array): boolean {
  if (location < 0) return false;
  const { bytes } = tag.window;
  const start = tag.spans[4 * location + 2];
  const length = Math.min(tag.spans[4 * location + 3] - start, path.length);
  for (let k = 0; k < length; k++) {
    const byte = bytes[start + k];
    if (byte === Byte.Ampersand) return true;
    if ((byte | 0x20) !== path[k]) return false;
  }
  return true;
}

/** A cheap first look at a Custom: false only if none of its attributes can be the property's ID or Name. */
function mayBeProperty(tag: StartTag): boolean {
  for (let i = 0; i < tag.count; i++) {
    const value = tag.value(i);
    if (value.includes(Byte.Ampersand) || IDENTIFIERS.some((each) => isExactly(value, 0, value.length, each)))
      return true;
  }
  return false;
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
      span: { offset: window.base + start, length: end - start },
    });
  }
  return { offset: span.offset, attributes: found };
}

/** @returns The Location of a key, references decoded; null if its tag has none. */
function locationOf(tag: StartTag): string | null {
  const [own] = properties([rawTag(tag, ['Location'])]);
  return own['Location'] ?? null;
}

/** @returns The Location of the metabase key whose element contains the byte at the offset, or null. */
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
