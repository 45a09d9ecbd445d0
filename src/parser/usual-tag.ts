import { Class, CLASSES, DOUBLE_QUOTE, EQUALS, GT, runEnd, SLASH } from './character-class.ts';
import { MANY, type StartTag } from './start-tag.ts';

/** What `usualTag` says of a tag that `startTag` must read. */
export const UNUSUAL = -1;

/**
 * The start tag as nearly every one is: ASCII names, double quotes, no reference. It is most of a metabase, so one function
 * reads it, in half the time that the productions would take one by one. What else there can be, also the end of the window
 * and whatever is wrong, it leaves to them.
 * @param i Where `<` stands in the window.
 * @returns The index behind the tag, as `startTag` would; or UNUSUAL.
 */
export function usualTag(i: number, tag: StartTag): number {
  const { spans, window } = tag;
  const { bytes } = window;
  if ((CLASSES[bytes[++i]] & Class.NameStart) === 0) return UNUSUAL;
  i = runEnd(bytes, i, Class.Name);
  tag.nameEnd = i;
  /** A bit for each name: only where two share one are names compared. */
  let seen = 0;
  for (let count = 0; ; count++) {
    const start = runEnd(bytes, i, Class.Space);
    if ((CLASSES[bytes[start]] & Class.NameStart) === 0) {
      tag.count = count;
      const closing = bytes[start] === SLASH ? start + 1 : start;
      return bytes[closing] === GT ? closing + 1 : UNUSUAL;
    }
    if (start === i || count === MANY) return UNUSUAL;

    const end = runEnd(bytes, start, Class.Name);
    const bit = 1 << (7 * bytes[start] + 11 * bytes[(start + end) >> 1] + 3 * bytes[end - 1] + 5 * (end - start));
    if ((seen & bit) !== 0 && isTaken(bytes, tag, count, start, end)) return UNUSUAL;
    seen |= bit;

    const equals = runEnd(bytes, end, Class.Space);
    if (bytes[equals] !== EQUALS || bytes[equals + 1] !== DOUBLE_QUOTE) return UNUSUAL;
    spans[4 * count] = start;
    spans[4 * count + 1] = end;
    spans[4 * count + 2] = equals + 2;
    i = runEnd(bytes, equals + 2, Class.InDoubleQuotes);
    spans[4 * count + 3] = i;
    if (bytes[i++] !== DOUBLE_QUOTE) return UNUSUAL;
  }
}

/** @returns Whether one of the first `count` attributes has the name. */
function isTaken(bytes: Uint8Array, { spans }: StartTag, count: number, start: number, end: number): boolean {
  for (let k = 0; k < count; k++) if (isSame(bytes, spans[4 * k], spans[4 * k + 1], start, end)) return true;
  return false;
}

function isSame(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let k = 0; start + k < end; k++) if (bytes[start + k] !== bytes[otherStart + k]) return false;
  return true;
}
