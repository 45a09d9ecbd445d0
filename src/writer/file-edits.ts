import type { Edit } from '../patch/plan.ts';
import type { Text } from '../source/text.ts';
import type { ByteEdit } from './pieces.ts';

/** @returns The edits of the text as edits of the file, in its own encoding. */
export function toFileEdits(text: Text, edits: readonly Edit[]): ByteEdit[] {
  return edits.map((edit) => {
    const offset = text.toFileOffset(edit.offset);
    const end = text.toFileOffset(edit.offset + edit.length);
    return { offset, length: end - offset, bytes: text.encode(edit.new) };
  });
}
