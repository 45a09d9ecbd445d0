import type { Code } from '../../src/errors.ts';
import { refusalOf } from '../support/reading.ts';

/** A document in which ¦ marks the place of the error, the code, and the message. */
export type Refused = [document: string, code: Code, message: string];

/** White space that is allowed before a document, so that a window may end at every byte after it. */
const BEFORE = ' \n '.repeat(3);

const CANNOT_FOLLOW_SPACE = /^\ufeff|^¦?<\?xml[\s¦?]/;

/** @returns The document alone and, if white space before it changes nothing, after white space. */
function variants(document: string): string[] {
  return CANNOT_FOLLOW_SPACE.test(document) ? [document] : [document, BEFORE + document];
}

/**
 * Several sizes, from the smallest window on, and one that contains the whole document. In each size the windows end at other
 * places, so that every byte is the last one of some window.
 */
export function windowSizes(bytes: Uint8Array): number[] {
  const small = Array.from({ length: 17 }, (_, i) => 8 + i);
  return [...small.filter((size) => size < bytes.length), bytes.length];
}

/** @returns The verdicts on the document: a single one if it is the same in windows of any size. */
function verdictsOf(document: string): string[] {
  const bytes = Buffer.from(document);
  const verdicts = windowSizes(bytes).map((size) => {
    const error = refusalOf(bytes, size);
    if (error === null) return 'accepted';
    return `${error.code} ${error.line ?? 0}:${error.column ?? 0} @${error.offset ?? 0} ${error.message}`;
  });
  return [...new Set(verdicts)];
}

/** The document is refused at its mark, in windows of any size. */
export function expectRefused(document: string, code: Code, message: string): void {
  for (const variant of variants(document)) {
    const before = variant.slice(0, variant.indexOf('¦'));
    const lines = before.replace(/^\ufeff/, '').split('\n');
    const column = Array.from(lines.at(-1) ?? '').length + 1;
    const expected = `${code} ${lines.length}:${column} @${Buffer.byteLength(before)} ${message}`;
    expect(verdictsOf(variant.replace('¦', ''))).toEqual([expected]);
  }
}

/** The document is well-formed, in windows of any size. */
export function expectAccepted(document: string): void {
  for (const variant of variants(document)) expect(verdictsOf(variant)).toEqual(['accepted']);
}
