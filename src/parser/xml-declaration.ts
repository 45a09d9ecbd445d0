import { DOUBLE_QUOTE, EQUALS, isNext, SINGLE_QUOTE, space } from './grammar.ts';
import type { Window } from './window.ts';

const literal = (text: string): Uint8Array => new TextEncoder().encode(text);
const OPENING = literal('<?xml');
const CLOSING = literal('?>');
const SPACES = [' ', '\t', '\n', '\r'].map(literal);

/** XMLDecl [23], or nothing. @returns The index behind it. @throws XML_VERSION, ENCODING_MISMATCH … */
export function xmlDeclaration(w: Window, i: number): number {
  if (!isNext(w, i, OPENING) || !SPACES.some((s) => isNext(w, i + OPENING.length, s))) return i;
  i += OPENING.length;
  const version = pseudoAttribute(w, i, literal('version'));
  if (version === null) return w.refuse(space(w, i), 'XML_DECLARATION', 'the XML declaration lacks its version');
  if (version.value !== '1.0') w.refuse(version.start, 'XML_VERSION', 'only XML 1.0 is read');
  i = version.end;
  const encoding = pseudoAttribute(w, i, literal('encoding'));
  if (encoding !== null) {
    checkEncoding(w, encoding);
    i = encoding.end;
  }
  const standalone = pseudoAttribute(w, i, literal('standalone'));
  if (standalone !== null) {
    if (!/^(yes|no)$/.test(standalone.value))
      w.refuse(standalone.start, 'XML_DECLARATION', 'yes or no is expected here');
    i = standalone.end;
  }
  i = space(w, i);
  if (!isNext(w, i, CLOSING)) w.refuse(i, 'XML_DECLARATION', '?> is expected here');
  return i + CLOSING.length;
}

interface PseudoAttribute {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** S name Eq and a quoted value, as VersionInfo [24]; null where another name stands. */
function pseudoAttribute(w: Window, i: number, name: Uint8Array): PseudoAttribute | null {
  const bytes = w.bytes;
  const afterSpace = space(w, i);
  if (!isNext(w, afterSpace, name)) return null;
  if (afterSpace === i) w.refuse(i, 'XML_DECLARATION', 'white space is expected here');
  i = space(w, afterSpace + name.length);
  if (bytes[i] !== EQUALS) w.refuse(i, 'XML_DECLARATION', 'an = is expected here');
  i = space(w, i + 1);
  const quote = bytes[i];
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE)
    w.refuse(i, 'XML_DECLARATION', 'a quoted value is expected here');
  const start = ++i;
  while (/[A-Za-z0-9._-]/.test(String.fromCharCode(bytes[i]))) i++;
  if (bytes[i] !== quote) w.refuse(i, 'XML_DECLARATION', 'this cannot stand in the XML declaration');
  return { value: new TextDecoder().decode(bytes.subarray(start, i)), start, end: i + 1 };
}

function checkEncoding(w: Window, { value, start }: PseudoAttribute): void {
  if (!/^[A-Za-z]/.test(value)) w.refuse(start, 'XML_DECLARATION', 'an encoding name begins with a letter');
  const actual = w.text.encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  const declared = value.toUpperCase();
  if (declared === actual) return;
  if (declared === 'UTF-8' || declared === 'UTF-16') {
    w.refuse(start, 'ENCODING_MISMATCH', `the file says it is ${declared}, but it is ${actual}`);
  }
  w.refuse(start, 'ENCODING_UNSUPPORTED', `the encoding ${value} is not read: save the file as UTF-8`);
}
