import { Byte } from '../source/byte.ts';
import { SAVE_AS_UTF8 } from '../source/encoding.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { isNext, name, space } from './grammar.ts';
import type { Window } from './window.ts';

const OPENING = encodeUtf8('<?xml');
const CLOSING = encodeUtf8('?>');

/**
 * XMLDecl [23]: '<?xml' VersionInfo EncodingDecl? SDDecl? S? '?>'. A document need not have one.
 * @returns The index after it.
 * @throws MetabaseError XML_DECLARATION, XML_VERSION, ENCODING_MISMATCH, ENCODING_UNSUPPORTED
 */
export function xmlDeclaration(w: Window, start: number): number {
  const afterOpening = start + OPENING.length;
  // With a longer name it is a processing instruction.
  if (!isNext(w, start, OPENING) || name(w, start + 2) > afterOpening) return start;
  let i = pseudoAttribute(w, afterOpening, 'version', checkVersion);
  if (i === afterOpening) w.refuse(space(w, i), 'XML_DECLARATION', 'the XML declaration lacks its version');
  i = pseudoAttribute(w, i, 'encoding', checkEncoding);
  i = space(w, pseudoAttribute(w, i, 'standalone', checkStandalone));
  if (!isNext(w, i, CLOSING)) w.refuse(i, 'XML_DECLARATION', '?> is expected here');
  return i + CLOSING.length;
}

/** Refuses a value that is not allowed, which begins at `start`. */
type Check = (w: Window, start: number, value: string) => void;

/**
 * S name Eq and a quoted value, as in VersionInfo [24], EncodingDecl [80] and SDDecl [32].
 * @returns The index after it; `i` if the name is another one.
 */
function pseudoAttribute(w: Window, i: number, name: string, check: Check): number {
  const { bytes } = w;
  const afterSpace = space(w, i);
  if (!isNext(w, afterSpace, encodeUtf8(name))) return i;
  if (afterSpace === i) w.refuse(i, 'XML_DECLARATION', 'white space is expected here');
  i = space(w, afterSpace + name.length);
  if (bytes[i] !== Byte.Equals) w.refuse(i, 'XML_DECLARATION', 'an = is expected here');
  i = space(w, i + 1);
  const quote = bytes[i];
  if (quote !== Byte.DoubleQuote && quote !== Byte.SingleQuote)
    w.refuse(i, 'XML_DECLARATION', 'a quoted value is expected here');
  const start = ++i;
  while (/[A-Za-z0-9._-]/.test(String.fromCharCode(bytes[i]))) i++;
  if (bytes[i] !== quote) w.refuse(i, 'XML_DECLARATION', 'this is not allowed in the XML declaration');
  check(w, start, w.decode(start, i));
  return i + 1;
}

function checkVersion(w: Window, start: number, value: string): void {
  if (value !== '1.0') w.refuse(start, 'XML_VERSION', 'only XML 1.0 is read');
}

function checkStandalone(w: Window, start: number, value: string): void {
  if (!/^(yes|no)$/.test(value)) w.refuse(start, 'XML_DECLARATION', 'yes or no is expected here');
}

/** EncName [81] begins with a letter. Only UTF-8 is read. */
function checkEncoding(w: Window, start: number, value: string): void {
  if (!/^[A-Za-z]/.test(value)) w.refuse(start, 'XML_DECLARATION', 'an encoding name begins with a letter');
  const declared = value.toUpperCase();
  if (declared === 'UTF-8') return;
  if (declared === 'UTF-16') w.refuse(start, 'ENCODING_MISMATCH', 'the file says that it is UTF-16, but it is UTF-8');
  w.refuse(start, 'ENCODING_UNSUPPORTED', `the encoding ${value} is not read: ${SAVE_AS_UTF8}`);
}
