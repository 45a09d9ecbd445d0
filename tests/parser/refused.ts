import type { Code } from '../../src/errors.ts';
import { refusalOf } from '../support/reading.ts';

/** A document in which ¦ marks the place that is refused, the code, and what the message says. */
export type Refused = [document: string, code: Code, message: string];

/** White space that may stand before a document, so that a window may end in every byte behind it. */
const BEFORE = ' \n '.repeat(3);

const CANNOT_STAND_BEHIND_SPACE = /^\ufeff|^¦?<\?xml[\s¦?]/;

/** @returns The document alone and, where that is the same document, behind white space. */
function variants(document: string): string[] {
  return CANNOT_STAND_BEHIND_SPACE.test(document) ? [document] : [document, BEFORE + document];
}

/**
 * From the smallest window on, so many sizes are tried, and one that holds the whole: each lets the windows end in other
 * places, so that every byte is the last of one of them.
 */
export function windowSizes(bytes: Uint8Array): number[] {
  const small = Array.from({ length: 17 }, (_, i) => 8 + i);
  return [...small.filter((size) => size < bytes.length), bytes.length];
}

/** @returns What is told of the document: one string, if that is the same in windows of any size. */
function toldOf(document: string): string[] {
  const bytes = Buffer.from(document);
  const told = windowSizes(bytes).map((size) => {
    const error = refusalOf(bytes, size);
    if (error === null) return 'accepted';
    return `${error.code} ${error.line ?? 0}:${error.column ?? 0} @${error.offset ?? 0} ${error.message}`;
  });
  return [...new Set(told)];
}

/** The document is refused at its mark, in windows of any size. */
export function expectRefused(document: string, code: Code, message: string): void {
  for (const variant of variants(document)) {
    const before = variant.slice(0, variant.indexOf('¦'));
    const lines = before.replace(/^\ufeff/, '').split('\n');
    const column = Array.from(lines.at(-1) ?? '').length + 1;
    const expected = `${code} ${lines.length}:${column} @${Buffer.byteLength(before)} ${message}`;
    expect(toldOf(variant.replace('¦', ''))).toEqual([expected]);
  }
}

/** The document is well-formed, in windows of any size. */
export function expectAccepted(document: string): void {
  for (const variant of variants(document)) expect(toldOf(variant)).toEqual(['accepted']);
}
