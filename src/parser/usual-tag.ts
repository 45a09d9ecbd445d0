import { Class, CLASSES, DOUBLE_QUOTE, EQUALS, GT, SLASH } from './character-class.ts';
import { MANY, type StartTag } from './start-tag.ts';

/** What `usualTag` says of a tag that `startTag` must read. */
export const UNUSUAL = -1;

/** A number for the name of each attribute of the tag; two names with one number are compared byte by byte. */
const numbers = new Int32Array(MANY);

/**
 * The start tag as nearly every one is: ASCII names, double quotes, no reference. It is most of a metabase, so this one
 * function reads it, several times as fast as the productions would one by one. What else there can be, also the end of
 * the window and whatever is wrong, is left to them.
 * @returns The index behind the tag, as `startTag` would; or UNUSUAL.
 */
export function usualTag(i: number, tag: StartTag): number {
  const { spans, window } = tag;
  const { bytes } = window;
  const classes = CLASSES;
  if ((classes[bytes[++i]] & Class.NameStart) === 0) return UNUSUAL;
  while ((classes[bytes[i]] & Class.Name) !== 0) i++;
  tag.nameEnd = i;
  for (let count = 0; ; count++) {
    const previousEnd = i;
    while ((classes[bytes[i]] & Class.Space) !== 0) i++;
    const start = i;
    if ((classes[bytes[i]] & Class.NameStart) === 0) {
      tag.count = count;
      if (bytes[i] === SLASH) i++;
      return bytes[i] === GT ? i + 1 : UNUSUAL;
    }
    if (start === previousEnd || count === MANY) return UNUSUAL;

    while ((classes[bytes[i]] & classes[bytes[i + 1]] & Class.Name) !== 0) i += 2;
    if ((classes[bytes[i]] & Class.Name) !== 0) i++;
    const end = i;
    const number = ((end - start) << 18) ^ (bytes[start] << 12) ^ (bytes[(start + end) >> 1] << 6) ^ bytes[end - 1];
    for (let k = 0; k < count; k++) {
      if (numbers[k] === number && isSame(bytes, spans[4 * k], spans[4 * k + 1], start, end)) return UNUSUAL;
    }
    numbers[count] = number;

    while ((classes[bytes[i]] & Class.Space) !== 0) i++;
    if (bytes[i] !== EQUALS || bytes[i + 1] !== DOUBLE_QUOTE) return UNUSUAL;
    i += 2;
    spans[4 * count] = start;
    spans[4 * count + 1] = end;
    spans[4 * count + 2] = i;
    // Two bytes at a time: behind the last byte of a window stand two zeros.
    while ((classes[bytes[i]] & classes[bytes[i + 1]] & Class.InDoubleQuotes) !== 0) i += 2;
    if ((classes[bytes[i]] & Class.InDoubleQuotes) !== 0) i++;
    if (bytes[i] !== DOUBLE_QUOTE) return UNUSUAL;
    spans[4 * count + 3] = i++;
  }
}

function isSame(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let k = 0; start + k < end; k++) if (bytes[start + k] !== bytes[otherStart + k]) return false;
  return true;
}
