import type { Text } from '../source/text.ts';
import { KEY, locationOf } from './metabase.ts';
import { scan } from './scanner.ts';

/** @returns The Location of the metabase key in whose element the offset stands, or null. */
export function keyAt(text: Text, offset: number): string | null {
  /** The Location of the key that began last before the offset, and where the key ends. */
  let location: string | null = null;
  let keyEnd = 0;
  let isOpen = false;
  const steps = scan(text, {
    startTag(level, tag) {
      if (level !== KEY || tag.window.base + tag.start > offset) return;
      location = locationOf(tag);
      keyEnd = tag.window.base + tag.end;
      isOpen = !tag.isSelfClosing;
    },
    endTag(level, _start, end) {
      if (level !== KEY || !isOpen) return;
      keyEnd = end;
      isOpen = false;
    },
  });
  while (steps.next().done !== true);
  return offset < keyEnd ? location : null;
}
