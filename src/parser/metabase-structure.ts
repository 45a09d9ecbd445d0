import { encodeUtf8 } from '../source/utf8.ts';
import type { TagVisitor } from './scanner.ts';
import type { StartTag } from './start-tag.ts';

/** Called for the metabase keys (the children of MBProperty, whatever their class) and for their own children. */
export interface KeyVisitor {
  /** @param tag Valid only during the call, like that of `child`. */
  key(tag: StartTag): void;
  child?(tag: StartTag): void;
  /** @param endTag Where the end tag begins, null for a self-closing element. @param end Where the element ends. */
  endKey(endTag: number | null, end: number): void;
}

/** The levels of a metabase: `configuration`, `MBProperty` and the keys; what is visited below is their children. */
const ROOT = 0;
const PROPERTIES = 1;
const KEY = 2;

const CONFIGURATION = encodeUtf8('configuration');
const MB_PROPERTY = encodeUtf8('MBProperty');

/** Finds the metabase keys among the tags of a document. */
export class MetabaseStructure implements TagVisitor {
  /** Where the root element begins. */
  rootOffset = 0;
  /** Whether the root has an MBProperty, as a metabase must. */
  hasProperties = false;
  #isMetabase = false;
  #inProperties = false;

  constructor(private readonly visitor: KeyVisitor) {}

  startTag(level: number, tag: StartTag): void {
    if (level === ROOT) {
      this.rootOffset = tag.span.offset;
      this.#isMetabase = tag.isNamed(CONFIGURATION);
    } else if (level === PROPERTIES) {
      this.#inProperties = this.#isMetabase && tag.isNamed(MB_PROPERTY);
      this.hasProperties ||= this.#inProperties;
    } else if (this.#inProperties && level === KEY) {
      this.visitor.key(tag);
      if (tag.isSelfClosing) this.visitor.endKey(null, tag.span.offset + tag.span.length);
    } else if (this.#inProperties) this.visitor.child?.(tag);
  }

  endTag(level: number, start: number, end: number): void {
    if (this.#inProperties && level === KEY) this.visitor.endKey(start, end);
  }
}
