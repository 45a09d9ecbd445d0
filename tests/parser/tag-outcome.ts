import { MetabaseError } from '../../src/errors.ts';
import { type fastStartTag, NOT_FAST } from '../../src/parser/fast-start-tag.ts';
import { StartTag } from '../../src/parser/start-tag.ts';
import { INCOMPLETE, Window } from '../../src/parser/window.ts';
import { sourceOf } from '../support/reading.ts';

/** What is read of a tag: its name, its attributes, and its end. */
export type Read = [name: string, attributes: [string, string][], end: number];

/** @returns What the reader read of the tag at `at`, or why it threw; null for NOT_FAST. */
export function outcome(
  reader: typeof fastStartTag,
  document: string,
  at = 0,
  windowSize = 10_000,
): Read | string | null {
  const window = new Window(sourceOf(document), windowSize);
  const tag = new StartTag(window);
  tag.start = at;
  try {
    tag.end = reader(at, tag);
  } catch (error) {
    if (error === INCOMPLETE) return 'INCOMPLETE';
    if (error instanceof MetabaseError) return `${error.code} @${error.offset ?? 0} ${error.message}`;
    throw error;
  }
  if (tag.end === NOT_FAST) return null;
  const attributes = Array.from({ length: tag.count }, (_, i): [string, string] => {
    const [nameStart, nameEnd, start, end] = tag.indexes.subarray(4 * i, 4 * i + 4);
    return [window.decode(nameStart, nameEnd), window.decode(start, end)];
  });
  return [tag.name, attributes, tag.end];
}
