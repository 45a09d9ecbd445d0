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
export function xmlDeclaration(w: Window, i: number): number {
  if (!isNext(w, i, OPENING)) return i;
  const afterOpening = i + OPENING.length;
  // With a longer name it is a processing instruction.
  if (name(w, i + 2) > afterOpening) return i;
  i = afterOpening;
  const version = pseudoAttribute(w, i, encodeUtf8('version'));
  if (version === null) return w.refuse(space(w, i), 'XML_DECLARATION', 'the XML declaration lacks its version');
  if (version.value !== '1.0') w.refuse(version.start, 'XML_VERSION', 'only XML 1.0 is read');
  i = version.end;
  const encoding = pseudoAttribute(w, i, encodeUtf8('encoding'));
  if (encoding !== null) {
    checkEncoding(w, encoding);
    i = encoding.end;
  }
  const standalone = pseudoAttribute(w, i, encodeUtf8('standalone'));
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

/** S name Eq and a quoted value, as in VersionInfo [24], EncodingDecl [80] and SDDecl [32]; null if the name is another one. */
function pseudoAttribute(w: Window, i: number, name: Uint8Array): PseudoAttribute | null {
  const bytes = w.bytes;
  const afterSpace = space(w, i);
  if (!isNext(w, afterSpace, name)) return null;
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
  return { value: w.decode(start, i), start, end: i + 1 };
}

/** EncName [81] begins with a letter. Only UTF-8 is read. */
function checkEncoding(w: Window, { value, start }: PseudoAttribute): void {
  if (!/^[A-Za-z]/.test(value)) w.refuse(start, 'XML_DECLARATION', 'an encoding name begins with a letter');
  const declared = value.toUpperCase();
  if (declared === 'UTF-8') return;
  if (declared === 'UTF-16') w.refuse(start, 'ENCODING_MISMATCH', 'the file says that it is UTF-16, but it is UTF-8');
  w.refuse(start, 'ENCODING_UNSUPPORTED', `the encoding ${value} is not read: ${SAVE_AS_UTF8}`);
}
