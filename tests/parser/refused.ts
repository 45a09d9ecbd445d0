import type { Code } from '../../src/errors.ts';
import { refusalOf } from '../support/reading.ts';

/** A document in which ¦ marks the place that is refused, the code, and what the message says. */
export type Refused = [document: string, code: Code, message: string];

/** White space that may stand before a document: with it every byte behind can be the last of a window. */
const BEFORE = ' \n '.repeat(3);

const CANNOT_STAND_BEHIND_SPACE = /^\ufeff|^¦?<\?xml\s/;

/** @returns The document alone and, where that is the same document, behind white space. */
function variants(document: string): string[] {
  return CANNOT_STAND_BEHIND_SPACE.test(document) ? [document] : [document, BEFORE + document];
}

/** The smallest window there is, whatever is asked for. */
const SMALLEST = 8;

/** @returns What is told of the document: one string, if that is the same in windows of any size. */
function toldOf(document: string): string[] {
  const bytes = Buffer.from(document);
  const told = new Set<string>();
  for (let size = Math.min(SMALLEST, bytes.length); size <= bytes.length; size++) {
    const error = refusalOf(bytes, size);
    const place = `${error?.line ?? 0}:${error?.column ?? 0} @${error?.offset ?? 0}`;
    told.add(error === null ? 'accepted' : `${error.code} ${place} ${error.message}`);
  }
  return [...told];
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
