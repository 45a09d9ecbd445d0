import { scan } from '../../src/parser/scanner.ts';
import type { StartTag } from '../../src/parser/start-tag.ts';
import { memorySource } from '../../src/source/source.ts';
import { runToEnd } from '../../src/parser/read-metabase.ts';
import { sourceOf } from '../support/reading.ts';

/** Reads a document. @returns Each tag that the visitor gets: its level, and the text of its span. */
export function tagsOf(document: string, windowSize?: number): string[] {
  const bytes = Buffer.from(document);
  const tags: string[] = [];
  const note = (level: number, start: number, end: number): void => {
    tags.push(`${level} ${bytes.subarray(start, end).toString()}`);
  };
  const visitor = {
    startTag: (level: number, { span }: StartTag) => {
      note(level, span.offset, span.offset + span.length);
    },
    endTag: note,
  };
  runToEnd(scan(memorySource(bytes), visitor, windowSize));
  return tags;
}

/** What is read of a start tag: the name, the attributes, and whether it closes itself. */
export interface ReadTag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly isSelfClosing: boolean;
}

/** @returns The start tags that the visitor gets. */
export function startTagsOf(document: string, windowSize?: number): ReadTag[] {
  const tags: ReadTag[] = [];
  const visitor = {
    startTag: (_level: number, { window, name, count, indexes, isSelfClosing }: StartTag) => {
      const attributes = Array.from({ length: count }, (_, i) => {
        const [nameStart, nameEnd, valueStart, valueEnd] = indexes.subarray(4 * i, 4 * i + 4);
        return [window.decode(nameStart, nameEnd), window.decode(valueStart, valueEnd)] as const;
      });
      tags.push({ name, attributes, isSelfClosing });
    },
    endTag: () => undefined,
  };
  runToEnd(scan(sourceOf(document), visitor, windowSize));
  return tags;
}
