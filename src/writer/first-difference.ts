import { locationAt } from '../parser/read-metabase.ts';
import type { Plan } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import { readSpan, type Source } from '../source/source.ts';
import { isContinuation } from '../source/utf8.ts';
import { outputChunks } from './patched-output.ts';

/** Where a file stops being what the patch makes of the original; places are in that file, values are not told. */
export interface Difference {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** The Location of the key it stands in, or null. */
  readonly location: string | null;
  readonly reason: string;
}

/**
 * @returns The first place where `patched` differs from the original with the plan carried out, or null.
 */
export function firstDifference(original: Source, plan: Plan, patched: Source): Difference | null {
  let at = 0;
  // What is put in stands where the copy before it ends.
  let copied = 0;
  for (const { bytes, from } of outputChunks(original, plan.edits)) {
    const same = commonLength(bytes, readSpan(patched, { offset: at, length: bytes.length }));
    if (same < bytes.length) {
      const reason = reasonFor(from === null, at + same, patched);
      return difference(original, from === null ? copied : from + same, patched, at + same, reason);
    }
    at += bytes.length;
    if (from !== null) copied = from + bytes.length;
  }
  if (at === patched.length) return null;
  return difference(original, original.length, patched, at, 'there is more here than the patch makes');
}

function reasonFor(isEdit: boolean, offset: number, patched: Source): string {
  if (offset >= patched.length) return 'the file ends here, too early';
  return isEdit ? 'this is not what the patch writes here' : 'this is not what stands in the original';
}

/** @returns How many bytes the two have in common at their beginning. */
function commonLength(a: Uint8Array, b: Uint8Array): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same;
}

function difference(original: Source, place: number, patched: Source, offset: number, reason: string): Difference {
  const character = characterStart(patched, offset);
  const { line, column } = positionsOf(patched, [character])(character);
  return { offset, line, column, location: locationAt(original, place), reason };
}

/** @returns Where the character begins that has its byte at `offset`; before it there are whole characters, those of the output. */
function characterStart(source: Source, offset: number): number {
  let start = offset;
  while (start > 0 && isContinuation(readSpan(source, { offset: start, length: 1 })[0])) start--;
  return start;
}
