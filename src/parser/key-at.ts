import type { Text } from '../source/text.ts';
import { KeyLevels } from './key-levels.ts';
import { locationOf } from './metabase.ts';
import { scan } from './scanner.ts';

/** @returns The Location of the metabase key in whose element the offset stands, or null. */
export function keyAt(text: Text, offset: number): string | null {
  let location: string | null = null;
  const levels = new KeyLevels({
    key(tag) {
      if (tag.span.offset <= offset) location = locationOf(tag);
    },
    endKey(_endTag, end) {
      if (end <= offset) location = null;
    },
  });
  for (const reached of scan(text, levels)) if (reached > offset) break;
  return location;
}
