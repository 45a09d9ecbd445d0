import { codePointAt, sequenceLength } from '../source/utf8.ts';
import { INCOMPLETE, type Window } from './window.ts';

/*
 * The productions of XML 1.0, fifth edition, that several rooms of the scanner share. Each takes a window and the
 * index where it begins, returns the index behind it, and throws INCOMPLETE or a MetabaseError.
 */

export const LT = 0x3c;
export const GT = 0x3e;
export const AMPERSAND = 0x26;
export const SLASH = 0x2f;
export const EXCLAMATION = 0x21;
export const QUESTION = 0x3f;
export const EQUALS = 0x3d;
export const HYPHEN = 0x2d;
export const RIGHT_BRACKET = 0x5d;
export const DOUBLE_QUOTE = 0x22;
export const SINGLE_QUOTE = 0x27;
const SEMICOLON = 0x3b;
const HASH = 0x23;
const LETTER_X = 0x78;

/** The first byte of U+FFFE and U+FFFF, which are UTF-8 but no XML characters. */
const NONCHARACTER_LEAD = 0xef;

/** What a byte can be, as bits of CLASS. In the last six only what needs no second look is set. */
export const SPACE = 1;
const NAME_START = 2;
const NAME = 4;
export const IN_DOUBLE_QUOTES = 8;
export const IN_SINGLE_QUOTES = 16;
export const IN_TEXT = 32;
export const IN_COMMENT = 64;
export const IN_PI = 128;
export const IN_CDATA = 256;

export const CLASS = new Uint16Array(256).map((_, byte) => {
  const character = String.fromCharCode(byte);
  const isChar = byte >= 0x20 ? byte !== NONCHARACTER_LEAD : /[\t\n\r]/.test(character);
  const inValue = isChar && byte !== LT && byte !== AMPERSAND;
  return (
    (/[ \t\n\r]/.test(character) ? SPACE : 0) |
    (/[A-Za-z_:]/.test(character) ? NAME_START : 0) |
    (/[-A-Za-z0-9._:]/.test(character) ? NAME : 0) |
    (inValue && byte !== DOUBLE_QUOTE ? IN_DOUBLE_QUOTES : 0) |
    (inValue && byte !== SINGLE_QUOTE ? IN_SINGLE_QUOTES : 0) |
    (inValue && byte !== RIGHT_BRACKET ? IN_TEXT : 0) |
    (isChar && byte !== HYPHEN ? IN_COMMENT : 0) |
    (isChar && byte !== QUESTION ? IN_PI : 0) |
    (isChar && byte !== RIGHT_BRACKET ? IN_CDATA : 0)
  );
});

/** NameStartChar [4] and NameChar [4a] beyond ASCII. */
const NAME_START_BEYOND =
  /[\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]/u;
const NAME_BEYOND = /[\xB7\u0300-\u036F\u203F\u2040]/;

/** S [3], or nothing. */
export function space(w: Window, i: number): number {
  const bytes = w.bytes;
  while ((CLASS[bytes[i]] & SPACE) !== 0) i++;
  return i;
}

/** Name [5]. */
export function name(w: Window, i: number): number {
  const bytes = w.bytes;
  if ((CLASS[bytes[i]] & NAME_START) === 0) {
    if (bytes[i] < 0x80 || !isNameBeyondAscii(bytes, i, true)) w.refuse(i, 'XML_TAG', 'a name is expected here');
    i += sequenceLength(bytes[i]);
  }
  for (;;) {
    while ((CLASS[bytes[i]] & NAME) !== 0) i++;
    if (bytes[i] < 0x80 || !isNameBeyondAscii(bytes, i, false)) break;
    i += sequenceLength(bytes[i]);
  }
  if (i === w.end) throw INCOMPLETE;
  return i;
}

function isNameBeyondAscii(bytes: Uint8Array, i: number, isFirst: boolean): boolean {
  const character = String.fromCodePoint(codePointAt(bytes, i));
  return NAME_START_BEYOND.test(character) || (!isFirst && NAME_BEYOND.test(character));
}

/** One character of Char [2] that the loops over CLASS did not take: legal only if it is no U+FFFE or U+FFFF. */
export function rareCharacter(w: Window, i: number): number {
  const bytes = w.bytes;
  const isNoncharacter = bytes[i + 1] === 0xbf && bytes[i + 2] >= 0xbe;
  if (bytes[i] === NONCHARACTER_LEAD && !isNoncharacter) return i + 3;
  return w.refuse(i, 'XML_CHARACTER', 'this character is not allowed in XML');
}

/** Reference [67]: one of the five predefined entities, or a character reference to a Char. */
export function reference(w: Window, i: number): number {
  return w.bytes[i + 1] === HASH ? characterReference(w, i) : entityReference(w, i);
}

const PREDEFINED = ['lt', 'gt', 'amp', 'apos', 'quot'].map((entity) => new TextEncoder().encode(`${entity};`));

function entityReference(w: Window, i: number): number {
  for (const entity of PREDEFINED) {
    if (isNext(w, i + 1, entity)) return i + 1 + entity.length;
  }
  return w.refuse(i, 'XML_REFERENCE', 'only &lt; &gt; &amp; &apos; &quot; and character references can stand here');
}

function characterReference(w: Window, i: number): number {
  const bytes = w.bytes;
  const isHex = bytes[i + 2] === LETTER_X;
  const first = i + (isHex ? 3 : 2);
  let at = first;
  let codePoint = 0;
  for (let digit = digitAt(bytes, at, isHex); digit >= 0; digit = digitAt(bytes, at, isHex)) {
    codePoint = Math.min(codePoint * (isHex ? 16 : 10) + digit, 0x110000);
    at++;
  }
  if (at === w.end) throw INCOMPLETE;
  if (at === first || bytes[at] !== SEMICOLON) w.refuse(i, 'XML_REFERENCE', 'this is no character reference');
  if (!isChar(codePoint)) w.refuse(i, 'XML_REFERENCE', 'this refers to a character that is not allowed in XML');
  return at + 1;
}

/** @returns The value of the digit at `i`; below 0 where there is none. */
function digitAt(bytes: Uint8Array, i: number, isHex: boolean): number {
  const byte = bytes[i];
  if (byte <= 0x39) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return isHex && letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/** Char [2]. */
function isChar(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false;
  return codePoint <= 0x10ffff && codePoint !== 0xfffe && codePoint !== 0xffff;
}

/** @returns Whether the literal stands at `i`. @throws INCOMPLETE where the window ends inside it */
export function isNext(w: Window, i: number, literal: Uint8Array): boolean {
  for (let k = 0; k < literal.length; k++) {
    if (w.bytes[i + k] !== literal[k]) {
      if (i + k === w.end) throw INCOMPLETE;
      return false;
    }
  }
  return true;
}

/** @returns Whether the bytes from `from` to `to` are exactly the literal. */
export function isExactly(bytes: Uint8Array, from: number, to: number, literal: Uint8Array): boolean {
  if (to - from !== literal.length) return false;
  for (let k = 0; k < literal.length; k++) if (bytes[from + k] !== literal[k]) return false;
  return true;
}
