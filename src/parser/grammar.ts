import { Byte } from '../source/byte.ts';
import { Class, CLASSES, runEnd } from './character-class.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { INCOMPLETE, type Window } from './window.ts';

/*
 * The productions of XML 1.0, fifth edition, that several parts of the scanner share. Each takes a window and the
 * index where it begins, returns the index after it, and throws INCOMPLETE or a MetabaseError.
 */

const NAME_START =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF' +
  '\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';

/** NameStartChar [4]. */
const NAME_START_CHAR = new RegExp(`^[${NAME_START}]`, 'u');

/** What is not a NameChar [4a]. */
const NOT_NAME_CHAR = new RegExp(`[^${NAME_START}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040]`, 'u');

/** S? [3]: white space, if there is any. */
export function space(w: Window, i: number): number {
  return runEnd(w.bytes, i, Class.Space);
}

/** Name [5]: NameStartChar NameChar*. */
export function name(w: Window, i: number): number {
  const { bytes } = w;
  let end = (CLASSES[bytes[i]] & Class.NameStart) === 0 ? i : runEnd(bytes, i, Class.Name);
  if (bytes[end] >= 0x80) end = nameBeyondAscii(w, i);
  if (end === w.end) throw INCOMPLETE;
  return end === i ? w.refuse(i, 'XML_TAG', 'a name is expected here') : end;
}

function nameBeyondAscii(w: Window, i: number): number {
  const end = runEnd(w.bytes, i, Class.NameOrBeyondAscii);
  const text = w.decode(i, end);
  if (!NAME_START_CHAR.test(text)) return i;
  const stop = text.search(NOT_NAME_CHAR);
  return stop < 0 ? end : i + encodeUtf8(text.slice(0, stop)).length;
}

/** Char [2], where a loop over CLASSES has stopped: U+FFFE, U+FFFF and most control characters are not allowed. */
export function rareCharacter(w: Window, i: number): number {
  const bytes = w.bytes;
  const isNoncharacter = bytes[i + 1] === 0xbf && bytes[i + 2] >= 0xbe;
  if (bytes[i] === Byte.NoncharacterLead && !isNoncharacter) return i + 3;
  return w.refuse(i, 'XML_CHARACTER', 'this character is not allowed in XML');
}

/** Reference [67]: EntityRef | CharRef. */
export function reference(w: Window, i: number): number {
  return w.bytes[i + 1] === Byte.Hash ? characterReference(w, i) : entityReference(w, i);
}

const PREDEFINED = ['lt', 'gt', 'amp', 'apos', 'quot'].map((entity) => encodeUtf8(`${entity};`));

/**
 * EntityRef [68]: '&' Name ';'. Without a document type declaration, only the five predefined entities are declared (WFC: Entity
 * Declared).
 */
function entityReference(w: Window, i: number): number {
  for (const entity of PREDEFINED) {
    if (isNext(w, i + 1, entity)) return i + 1 + entity.length;
  }
  return w.refuse(i, 'XML_REFERENCE', 'only &lt; &gt; &amp; &apos; &quot; and character references are allowed here');
}

/** Each byte as a digit, decimal or hex; 255 for any other byte. */
const DIGITS = new Uint8Array(256).map((_, byte) => {
  return '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase());
});

/** CharRef [66]: '&#' [0-9]+ ';' | '&#x' [0-9a-fA-F]+ ';'. It must refer to a Char (WFC: Legal Character). */
function characterReference(w: Window, i: number): number {
  const { bytes } = w;
  const radix = bytes[i + 2] === Byte.LetterX ? 16 : 10;
  const first = radix === 16 ? i + 3 : i + 2;
  let at = first;
  let codePoint = 0;
  for (; DIGITS[bytes[at]] < radix; at++) codePoint = Math.min(codePoint * radix + DIGITS[bytes[at]], 0x110000);
  if (at === w.end) throw INCOMPLETE;
  if (at === first || bytes[at] !== Byte.Semicolon) w.refuse(i, 'XML_REFERENCE', 'this is not a character reference');
  if (!isChar(codePoint)) w.refuse(i, 'XML_REFERENCE', 'this refers to a character that is not allowed in XML');
  return at + 1;
}

/** Char [2]: any character except most control characters, the surrogates, U+FFFE and U+FFFF. */
function isChar(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false;
  return codePoint <= 0x10ffff && codePoint !== 0xfffe && codePoint !== 0xffff;
}

/** @returns Whether the literal begins at `i`. @throws INCOMPLETE if the window ends inside it */
export function isNext(w: Window, i: number, literal: Uint8Array): boolean {
  for (let k = 0; k < literal.length; k++) {
    if (w.bytes[i + k] !== literal[k]) {
      if (i + k === w.end) throw INCOMPLETE;
      return false;
    }
  }
  return true;
}

/** @returns Whether `a` has, from `from` to `to`, the same bytes as `b` from `start` to `end`; by default, that is all of `b`. */
export function isSame(a: Uint8Array, from: number, to: number, b: Uint8Array, start = 0, end = b.length): boolean {
  if (to - from !== end - start) return false;
  for (let i = from, k = start; i < to; i++, k++) if (a[i] !== b[k]) return false;
  return true;
}
