import { keyAt } from '../parser/key-at.ts';
import type { Plan } from '../patch/plan.ts';
import { positionsOf } from '../source/position.ts';
import { memorySource, readSpan, type Source } from '../source/source.ts';
import { textIn } from '../source/open-text.ts';
import type { Text } from '../source/text.ts';
import { isContinuation } from '../source/utf8.ts';
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
  let original = 0;
  for (const piece of toPieces(file.length, toFileEdits(text, plan.edits))) {
    const isCopy = 'copy' in piece;
    const length = isCopy ? piece.copy.length : piece.bytes.length;
    const same = samePrefix(file, piece, patched, at);
    if (same < length) {
      const reason = reasonFor(!isCopy, at + same, patched);
      return difference(text, patched, at + same, isCopy ? piece.copy.offset + same : original, reason);
    }
    at += length;
    // What is put in stands where the copy before it ends.
    if (isCopy) original = piece.copy.offset + length;
  }
  if (at === patched.length) return null;
  return difference(text, patched, at, file.length, 'there is more here than the patch makes');
}

function reasonFor(isEdit: boolean, offset: number, patched: Source): string {
  if (offset >= patched.length) return 'the file ends here, too early';
  return isEdit ? 'this is not what the patch writes here' : 'this is not what stands in the original';
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
