import { Byte } from '../source/byte.ts';
import { errorAt } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import { decodeUtf8, encodeUtf8 } from '../source/utf8.ts';
import { isExactly } from './grammar.ts';
import {
  type MetabaseKey,
  metabaseKeys,
  properties,
  PROPERTY,
  PROPERTY_IDS,
  type RawAttribute,
  type RawKey,
  type RawTag,
} from './metabase-key.ts';
import { type KeyVisitor, MetabaseStructure } from './metabase-structure.ts';
import { scan } from './scanner.ts';
import type { StartTag } from './start-tag.ts';

/**
 * The class of the elements that hold what the keys of an export inherit from keys outside the file (IIS 6.0 SDK,
 * IMSAdminBase2::Export). They are not keys.
 */
export const SECTION = 'IIsInheritedProperties';

const LOCATION = encodeUtf8('Location');
const KEY_ATTRIBUTES = ['Location', 'ServerComment', PROPERTY];
const CUSTOM = encodeUtf8('Custom');
const CUSTOM_ATTRIBUTES = ['Name', 'ID', 'Value', 'Type', 'Attributes'];
const IDENTIFIERS = [PROPERTY, ...PROPERTY_IDS].map(encodeUtf8);
const SECTION_NAME = encodeUtf8(SECTION);
/** In lower case; every byte of them, also a digit or a slash, has the bit 0x20 set. */
const SERVICE_PATH = encodeUtf8('/lm/smtpsvc');
const DS2MB_PATH = encodeUtf8('/lm/ds2mb');

/** What a metabase says about the SMTP service, in the order of the file. */
export interface Metabase {
  /** The keys on the path of the SMTP service and below it. */
  readonly keys: readonly MetabaseKey[];
  /** The sections of inherited properties on that path. */
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
  return toMetabase(metabaseKeys(reader.keys));
}

/** Does work that is done in steps to its end. @param onStep Called with what each step yields. @returns The result. */
export function runToEnd<Step, Result>(steps: Generator<Step, Result>, onStep?: (step: Step) => void): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onStep?.(step.value);
  }
}

/** Collects the elements that may say something about the SMTP service. Their Locations are decoded at the end, all at once. */
class KeyReader implements KeyVisitor {
  readonly keys: RawKey[] = [];
  #open: { readonly tag: RawTag; readonly customs: RawTag[] } | null = null;
  #hasDs2mb = false;

  key(tag: StartTag): void {
    const location = tag.find(LOCATION);
    if (location < 0) return;
    const isSection = tag.isNamed(SECTION_NAME);
    const isWanted =
      isSection ||
      mayBeAtOrAbove(tag, location, SERVICE_PATH) ||
      (!this.#hasDs2mb && mayBeAtOrAbove(tag, location, DS2MB_PATH));
    if (!isWanted) return;
    this.#open = { tag: rawTag(tag, KEY_ATTRIBUTES), customs: [] };
    // The first is enough.
    this.#hasDs2mb ||= !isSection && isAtDs2mb(decodeUtf8(tag.value(location)));
  }

  child(tag: StartTag): void {
    if (this.#open !== null && tag.isNamed(CUSTOM) && mayBeProperty(tag)) {
      this.#open.customs.push(rawTag(tag, CUSTOM_ATTRIBUTES));
    }
  }

  endKey(endTag: number | null): void {
    if (this.#open !== null) this.keys.push({ ...this.#open, endTag });
    this.#open = null;
  }
}

function toMetabase(elements: readonly MetabaseKey[]): Metabase {
  const isSection = (key: MetabaseKey): boolean => key.class === SECTION;
  const keys = elements.filter((key) => !isSection(key));
  // An export may put a word and a colon before the Location of a section.
  const sections = elements.filter(isSection).map((key) => ({ ...key, location: key.location.replace(/^[^/]*/, '') }));
  const isOnPath = ({ location }: MetabaseKey): boolean => isOnSmtpPath(location);
  const ds2mb = keys.find(({ location }) => isAtDs2mb(location))?.tag.offset ?? null;
  return { keys: keys.filter(isOnPath), inherited: sections.filter(isOnPath), ds2mb };
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
 * @param location The index of that attribute.
 */
function mayBeAtOrAbove(tag: StartTag, location: number, path: Uint8Array): boolean {
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
  const { window, spans } = tag;
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
  return { element: tag.name, span: tag.span, attributes: found };
}

/** @returns The Location of the metabase key whose element contains the byte at the offset, or null. */
export function locationAt(source: Source, offset: number): string | null {
  let key: RawTag[] = [];
  const structure = new MetabaseStructure({
    key(tag) {
      if (tag.span.offset <= offset) key = [rawTag(tag, ['Location'])];
    },
    endKey(_endTag, end) {
      if (end <= offset) key = [];
    },
  });
  for (const reached of scan(source, structure)) if (reached > offset) break;
  return properties(key).at(0)?.['Location'] ?? null;
}
