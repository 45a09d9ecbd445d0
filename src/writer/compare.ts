import { keyAt } from '../parser/key-at.ts';
import type { Plan } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import { memorySource, readSpan, type Source } from '../source/source.ts';
import { type Text, textIn } from '../source/text.ts';
import { toFileEdits } from './file-edits.ts';
import { type Piece, toPieces } from './pieces.ts';

/** Where a file stops being what the patch makes of the original; places are in that file, values are not told. */
export interface Difference {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** The Location of the key it stands in, or null. */
  readonly location: string | null;
  readonly reason: string;
}

const CHUNK = 1 << 18;

/**
 * @param file The original's bytes, of which `text` is the view.
 * @returns The first place where `patched` differs from the original with the plan carried out, or null.
 */
export function firstDifference(file: Source, text: Text, plan: Plan, patched: Source): Difference | null {
  let at = 0;
  for (const piece of toPieces(file.length, toFileEdits(text, plan.edits))) {
    const length = 'copy' in piece ? piece.copy.length : piece.bytes.length;
    const same = samePrefix(file, piece, patched, at);
    if (same < length) {
      const original = 'copy' in piece ? piece.copy.offset + same : plannedAt(file, text, plan, at);
      const isEdit = !('copy' in piece);
      return difference(text, patched, at + same, original, reasonFor(isEdit, at + same, patched));
    }
    at += length;
  }
  if (at === patched.length) return null;
  return difference(text, patched, at, file.length, 'there is more here than the patch makes');
}

function reasonFor(isEdit: boolean, offset: number, patched: Source): string {
  if (offset >= patched.length) return 'the file ends here, too early';
  return isEdit ? 'this is not what the patch writes here' : 'this is not what stands in the original';
}

/** @returns Where in the original the edit stands whose new bytes begin at `at` in the output. */
function plannedAt(file: Source, text: Text, plan: Plan, at: number): number {
  let growth = 0;
  for (const edit of toFileEdits(text, plan.edits)) {
    if (edit.offset + growth >= at) return edit.offset;
    growth += edit.bytes.length - edit.length;
  }
  return file.length;
}

/** @returns How many bytes of the piece stand in `patched` at `at`. */
function samePrefix(file: Source, piece: Piece, patched: Source, at: number): number {
  const expected: Source = 'copy' in piece ? file : memorySource(piece.bytes);
  const { offset, length } = 'copy' in piece ? piece.copy : { offset: 0, length: piece.bytes.length };
  for (let done = 0; done < length; done += CHUNK) {
    const step = Math.min(CHUNK, length - done);
    const a = readSpan(expected, { offset: offset + done, length: step });
    const b = readSpan(patched, { offset: at + done, length: step });
    let same = 0;
    while (same < step && a[same] === b[same]) same++;
    if (same < step) return done + same;
  }
  return length;
}

function difference(text: Text, patched: Source, offset: number, original: number, reason: string): Difference {
  const view = textIn(patched, text.encoding);
  const place = view.fromFileOffset(offset);
  const { line, column } = positionsOf(view, [place])(place);
  return { offset, line, column, location: keyAt(text, text.fromFileOffset(original)), reason };
}
