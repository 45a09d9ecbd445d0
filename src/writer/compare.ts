import { keyAt } from '../parser/key-at.ts';
import type { Plan } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import { readSpan, type Source } from '../source/source.ts';
import { textIn } from '../source/open-text.ts';
import type { Text } from '../source/text.ts';
import { isContinuation } from '../source/utf8.ts';
import { toFileEdits } from './file-edits.ts';
import { outputChunks } from './pieces.ts';

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
 * @param file The original's bytes, of which `text` is the view.
 * @returns The first place where `patched` differs from the original with the plan carried out, or null.
 */
export function firstDifference(file: Source, text: Text, plan: Plan, patched: Source): Difference | null {
  let at = 0;
  // What is put in stands where the copy before it ends.
  let original = 0;
  for (const { bytes, from } of outputChunks(file, toFileEdits(text, plan.edits))) {
    const same = commonLength(bytes, readSpan(patched, { offset: at, length: bytes.length }));
    if (same < bytes.length) {
      const reason = reasonFor(from === null, at + same, patched);
      return difference(text, patched, at + same, from === null ? original : from + same, reason);
    }
    at += bytes.length;
    if (from !== null) original = from + bytes.length;
  }
  if (at === patched.length) return null;
  return difference(text, patched, at, file.length, 'there is more here than the patch makes');
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

function difference(text: Text, patched: Source, offset: number, original: number, reason: string): Difference {
  const view = textIn(patched, text.encoding);
  const place = characterStart(view.source, view.fromFileOffset(offset));
  const { line, column } = positionsOf(view, [place])(place);
  return { offset, line, column, location: keyAt(text, text.fromFileOffset(original)), reason };
}

/** @returns Where the character begins that has its byte at `offset`; before it there are whole characters, those of the output. */
function characterStart(source: Source, offset: number): number {
  let start = offset;
  while (start > 0 && isContinuation(readSpan(source, { offset: start, length: 1 })[0])) start--;
  return start;
}
