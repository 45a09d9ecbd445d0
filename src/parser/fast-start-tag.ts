import { Byte } from '../source/byte.ts';
import { Class, CLASSES, runEnd } from './character-class.ts';
import { rareCharacter, reference } from './grammar.ts';
import { MAX_FAST_ATTRIBUTES, type StartTag } from './start-tag.ts';
import type { Window } from './window.ts';

/** The result of `fastStartTag` for a tag that `startTag` must read. */
export const NOT_FAST = -1;

/**
 * Reads a start tag of the form that nearly all have: ASCII names, values in double quotes. A metabase consists mostly of such
 * tags, so one function reads them, in half the time that the productions take. Everything else is left to the productions: other
 * forms, tags that do not end inside the window, and tags with an error. The exceptions are references and rare characters in a
 * value, which both readers check with the same functions: an error there is the first in the tag, since all before it was read.
 * @param i The index of `<` in the window.
 * @returns The index after the tag, as from `startTag`; or NOT_FAST.
 * @throws INCOMPLETE, or MetabaseError XML_REFERENCE, XML_CHARACTER
 */
export function fastStartTag(i: number, tag: StartTag): number {
  const { indexes, window } = tag;
  const { bytes } = window;
  if ((CLASSES[bytes[++i]] & Class.NameStart) === 0) return NOT_FAST;
  i = runEnd(bytes, i, Class.Name);
  tag.nameEnd = i;
  /** One bit per name, a hash of it; names are compared only if they share a bit. */
  let seen = 0;
  for (let count = 0; ; count++) {
    tag.count = count;
    const start = runEnd(bytes, i, Class.Space);
    if ((CLASSES[bytes[start]] & Class.NameStart) === 0) {
      const closing = bytes[start] === Byte.Slash ? start + 1 : start;
      return bytes[closing] === Byte.GreaterThan ? closing + 1 : NOT_FAST;
    }
    if (start === i || count === MAX_FAST_ATTRIBUTES) return NOT_FAST;

    const end = runEnd(bytes, start, Class.Name);
    const bit = 1 << (7 * bytes[start] + 11 * bytes[(start + end) >> 1] + 3 * bytes[end - 1] + 5 * (end - start));
    if ((seen & bit) !== 0 && tag.find(bytes, start, end) >= 0) return NOT_FAST;
    seen |= bit;

    const equals = runEnd(bytes, end, Class.Space);
    if (bytes[equals] !== Byte.Equals) return NOT_FAST;
    let quote = equals + 1;
    while ((CLASSES[bytes[quote]] & Class.Space) !== 0) quote++;
    if (bytes[quote] !== Byte.DoubleQuote) return NOT_FAST;

    i = runEnd(bytes, quote + 1, Class.InDoubleQuotes);
    while (bytes[i] === Byte.Ampersand || bytes[i] === Byte.NoncharacterLead) i = nextRunEnd(window, i);
    if (bytes[i] !== Byte.DoubleQuote) return NOT_FAST;
    indexes[4 * count] = start;
    indexes[4 * count + 1] = end;
    indexes[4 * count + 2] = quote + 1;
    indexes[4 * count + 3] = i++;
  }
}

/** Skips the reference or rare character at `i`, and the rest of the value up to the next byte that needs a closer look. */
function nextRunEnd(window: Window, i: number): number {
  const { bytes } = window;
  const next = bytes[i] === Byte.Ampersand ? reference(window, i) : rareCharacter(window, i);
  return runEnd(bytes, next, Class.InDoubleQuotes);
}
