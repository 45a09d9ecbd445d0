import { Byte } from '../source/byte.ts';
import type { Span } from '../source/source.ts';
import { Class, runEnd } from './character-class.ts';
import { isSame, name, rareCharacter, reference, space } from './grammar.ts';
import type { Window } from './window.ts';

/** The most attributes that `fastStartTag` reads. */
export const MAX_FAST_ATTRIBUTES = 64;

/** A start tag or an empty-element tag; one object is used for all. Its indexes are valid until the window slides. */
export class StartTag {
  /** Where the tag begins, where the element's name ends, and where the tag ends. */
  start = 0;
  nameEnd = 0;
  end = 0;
  /** How many attributes it has. */
  count = 0;
  /** Four indexes per attribute: the start and end of its name, and the start and end of its value between the quotes. */
  indexes = new Int32Array(4 * MAX_FAST_ATTRIBUTES);

  constructor(readonly window: Window) {}

  get isSelfClosing(): boolean {
    return this.window.bytes[this.end - 2] === Byte.Slash;
  }

  /** The element's name. */
  get name(): string {
    return this.window.decode(this.start + 1, this.nameEnd);
  }

  /** Where the tag is in the file. */
  get span(): Span {
    return { offset: this.window.base + this.start, length: this.end - this.start };
  }

  isNamed(name: Uint8Array): boolean {
    return isSame(this.window.bytes, this.start + 1, this.nameEnd, name);
  }

  /** @returns The index of the attribute whose name is the bytes from `from` to `to`, or -1. */
  find(bytes: Uint8Array, from = 0, to = bytes.length): number {
    for (let i = 0; i < this.count; i++) {
      if (isSame(this.window.bytes, this.indexes[4 * i], this.indexes[4 * i + 1], bytes, from, to)) return i;
    }
    return -1;
  }

  /** @returns The value of an attribute, references not decoded. */
  value(index: number): Uint8Array {
    return this.window.bytes.subarray(this.indexes[4 * index + 2], this.indexes[4 * index + 3]);
  }

  add(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    const at = 4 * this.count++;
    if (at === this.indexes.length) {
      const twice = new Int32Array(2 * at);
      twice.set(this.indexes);
      this.indexes = twice;
    }
    this.indexes.set([nameStart, nameEnd, valueStart, valueEnd], at);
  }
}

/** STag [40]: '<' Name (S Attribute)* S? '>', and EmptyElemTag [44], which ends in '/>'. @returns The index after the tag. */
export function startTag(i: number, tag: StartTag): number {
  const w = tag.window;
  const names = new Set<string>();
  tag.count = 0;
  tag.nameEnd = i = name(w, i + 1);
  for (;;) {
    const next = space(w, i);
    if (w.bytes[next] === Byte.GreaterThan) return next + 1;
    if (w.bytes[next] === Byte.Slash) {
      if (w.bytes[next + 1] !== Byte.GreaterThan) w.refuse(next + 1, 'XML_TAG', 'a > is expected after this /');
      return next + 2;
    }
    if (next === i)
      w.refuse(
        i,
        'XML_ATTRIBUTE',
        'white space, > or /> is expected here; perhaps a quote is missing on an earlier line',
      );
    i = attribute(next, tag, names);
  }
}

/** Attribute [41]: Name Eq AttValue. No tag may have two attributes of one name (WFC: Unique Att Spec). */
function attribute(start: number, tag: StartTag, names: Set<string>): number {
  const w = tag.window;
  const end = name(w, start);
  const size = names.size;
  if (names.add(w.decode(start, end)).size === size) {
    w.refuse(start, 'XML_DUPLICATE_ATTRIBUTE', 'the tag has this attribute twice');
  }
  const equals = space(w, end);
  if (w.bytes[equals] !== Byte.Equals) w.refuse(equals, 'XML_ATTRIBUTE', 'an = is expected after the attribute name');
  const quote = space(w, equals + 1);
  if (w.bytes[quote] !== Byte.DoubleQuote && w.bytes[quote] !== Byte.SingleQuote) {
    w.refuse(quote, 'XML_ATTRIBUTE', 'a quoted value is expected here');
  }
  const valueEnd = attributeValue(w, quote + 1, w.bytes[quote]);
  tag.add(start, end, quote + 1, valueEnd);
  return valueEnd + 1;
}

/**
 * AttValue [10], after its opening quote: Char and Reference, without `<` (WFC: No < in Attribute Values).
 * @returns The index of the closing quote.
 */
function attributeValue(w: Window, i: number, quote: number): number {
  const bytes = w.bytes;
  for (;;) {
    i = runEnd(bytes, i, quote === Byte.DoubleQuote ? Class.InDoubleQuotes : Class.InSingleQuotes);
    if (bytes[i] === quote) return i;
    if (bytes[i] === Byte.LessThan)
      w.refuse(
        i,
        'XML_ATTRIBUTE',
        'a < is not allowed in an attribute value; perhaps a quote is missing on an earlier line',
      );
    i = bytes[i] === Byte.Ampersand ? reference(w, i) : rareCharacter(w, i);
  }
}
