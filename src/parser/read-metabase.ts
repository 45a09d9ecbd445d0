import { Byte } from '../source/byte.ts';
import { assertUtf8 } from '../source/encoding.ts';
import { errorAt } from '../source/position.ts';
import type { Source, Span } from '../source/source.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { isSame } from './grammar.ts';
import {
  type MetabaseKey,
  metabaseKeys,
  properties,
  PROPERTY,
  PROPERTY_IDS,
  type RawKey,
  type RawTag,
} from './metabase-key.ts';
import { MetabaseStructure } from './metabase-structure.ts';
import { scan } from './scanner.ts';
import type { StartTag } from './start-tag.ts';

/**
 * The class of the elements that hold what the keys of an export inherit from keys outside the file (IIS 6.0 SDK,
 * IMSAdminBase2::Export). They are not keys.
 */
export const INHERITED_PROPERTIES = 'IIsInheritedProperties';

const LOCATION = encodeUtf8('Location');
const KEY_ATTRIBUTES = ['Location', 'ServerComment', PROPERTY];
const CUSTOM = encodeUtf8('Custom');
const CUSTOM_ATTRIBUTES = ['Name', 'ID', 'Value', 'Type', 'Attributes'];
const IDENTIFIERS = [PROPERTY, ...PROPERTY_IDS].map(encodeUtf8);
const SECTION_NAME = encodeUtf8(INHERITED_PROPERTIES);
/** In lower case; every byte of them, also a digit or a slash, has the bit 0x20 set. */
const SERVICE_PATH = encodeUtf8('/lm/smtpsvc');
const DS2MB_PATH = encodeUtf8('/lm/ds2mb');

/** The Locations of the ancestors of the SMTP service, of the service, and below it. */
const SMTP_PATH = /^\/$|^\/lm\/?$|^\/lm\/smtpsvc(\/|$)/i;
const DS2MB = /^\/lm\/ds2mb(\/|$)/i;

/** What a metabase says about the SMTP service, in the order of the file. */
export interface Metabase {
  /** The keys on the path of the SMTP service and below it. */
  readonly keys: readonly MetabaseKey[];
  /** The sections of inherited properties on that path. */
  readonly sections: readonly MetabaseKey[];
  /** The offset of the first key at or below /LM/DS2MB, a sign of Exchange 2000 or 2003; null if there is none. */
  readonly ds2mb: number | null;
}

/**
 * Reads a metabase, window by window: it yields the offset reached after each, so that the caller can do something else in between.
 * @throws MetabaseError as `assertUtf8` does, XML_…, ENCODING_…, NOT_A_METABASE
 */
export function* readMetabase(source: Source, windowSize?: number): Generator<number, Metabase> {
  assertUtf8(source);
  const found: RawKey[] = [];
  let open: { readonly tag: RawTag; readonly customs: RawTag[] } | null = null;
  const structure = new MetabaseStructure({
    key(tag) {
      open = mayMatter(tag) ? { tag: rawTag(tag, KEY_ATTRIBUTES), customs: [] } : null;
    },
    child(tag) {
      if (open !== null && tag.isNamed(CUSTOM) && mayBeProperty(tag)) open.customs.push(rawTag(tag, CUSTOM_ATTRIBUTES));
    },
    endKey(endTag) {
      if (open !== null) found.push({ ...open, endTag });
    },
  });
  const metabase = new KnownKeys();
  for (const offset of scan(source, structure, windowSize)) {
    // Most windows have none, and to decode nothing takes time too.
    if (found.length > 0) metabase.add(found.splice(0));
    yield offset;
  }
  metabase.add(found);
  if (!structure.hasProperties) {
    const message = 'this is not a metabase: it has no <configuration> with an <MBProperty> in it';
    throw errorAt(source, structure.rootOffset, 'NOT_A_METABASE', message);
  }
  return metabase;
}

/** Runs work that is done in steps to its end. @param onStep Called with what each step yields. @returns The result. */
export function runToEnd<Step, Result>(steps: Generator<Step, Result>, onStep?: (step: Step) => void): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onStep?.(step.value);
  }
}

/** What is known of a metabase so far. */
class KnownKeys implements Metabase {
  readonly keys: MetabaseKey[] = [];
  readonly sections: MetabaseKey[] = [];
  ds2mb: number | null = null;

  /** @param found The candidates of one window; those that do not matter after all are dropped. */
  add(found: readonly RawKey[]): void {
    for (const key of metabaseKeys(found)) {
      const isSection = key.class === INHERITED_PROPERTIES;
      // An export may put a word and a colon before the Location of a section.
      const location = isSection ? key.location.replace(/[^/]*/, '') : key.location;
      if (SMTP_PATH.test(location)) (isSection ? this.sections : this.keys).push({ ...key, location });
      else if (!isSection && DS2MB.test(location)) this.ds2mb ??= key.tag.offset;
    }
  }
}

/** A cheap first look at a key: false only if it is neither about the SMTP service nor a sign of Exchange. */
function mayMatter(tag: StartTag): boolean {
  const location = tag.find(LOCATION);
  if (location < 0) return false;
  const isOnPath = mayBeAtOrAbove(tag, location, SERVICE_PATH) || mayBeAtOrAbove(tag, location, DS2MB_PATH);
  return isOnPath || tag.isNamed(SECTION_NAME);
}

/** @returns Whether the Location, the attribute with that index, may be the path, or above or below it. */
function mayBeAtOrAbove(tag: StartTag, location: number, path: Uint8Array): boolean {
  const { bytes } = tag.window;
  const start = tag.indexes[4 * location + 2];
  const length = Math.min(tag.indexes[4 * location + 3] - start, path.length);
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
    if (value.includes(Byte.Ampersand) || IDENTIFIERS.some((each) => isSame(value, 0, value.length, each))) return true;
  }
  return false;
}

function rawTag({ window, indexes, count, name, span }: StartTag, names: readonly string[]): RawTag {
  const attributes: string[] = [];
  const values = new Map<string, Span>();
  for (let at = 0; at < 4 * count; at += 4) {
    const [nameStart, nameEnd, start, end] = indexes.subarray(at, at + 4);
    const attribute = window.decode(nameStart, nameEnd);
    if (!names.includes(attribute)) continue;
    attributes.push(window.decode(nameStart, end + 1));
    values.set(attribute, { offset: window.base + start, length: end - start });
  }
  return { element: name, span, attributes, values };
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
