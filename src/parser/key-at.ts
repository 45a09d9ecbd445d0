import type { Text } from '../source/text.ts';
import { KEY, locationOf } from './metabase.ts';
import { scan } from './scanner.ts';

/** @returns The Location of the metabase key in whose element the offset stands, or null. */
export function keyAt(text: Text, offset: number): string | null {
  /** The key that began last before the offset. */
  let key: { location: string | null; end: number } | null = null;
  let isOpen = false;
  const steps = scan(text, {
    startTag(level, tag) {
      const { span } = tag;
      if (level !== KEY || span.offset > offset) return;
      key = { location: locationOf(tag), end: span.offset + span.length };
      isOpen = !tag.isSelfClosing;
    },
    endTag(level, _start, end) {
      if (level !== KEY || !isOpen || key === null) return;
      key = { ...key, end };
      isOpen = false;
    },
  });
  while (steps.next().done !== true);
  const last = key as { location: string | null; end: number } | null;
  return last !== null && offset < last.end ? last.location : null;
}
