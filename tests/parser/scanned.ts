import { scan } from '../../src/parser/scanner.ts';
import type { StartTag } from '../../src/parser/start-tag.ts';
import { memorySource } from '../../src/source/source.ts';
import { runToEnd, sourceOf } from '../support/reading.ts';

/** Reads a document. @returns Each tag that the visitor is told of: its level, and what its span holds. */
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

/** An element as its tag tells it: name, attributes, and whether it closes itself. */
export interface Told {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly isSelfClosing: boolean;
}

/** @returns What the visitor is told of the document's tags. */
export function toldOf(document: string, windowSize?: number): Told[] {
  const told: Told[] = [];
  const visitor = {
    startTag: (_level: number, { window, name, count, spans, isSelfClosing }: StartTag) => {
      const attributes = Array.from({ length: count }, (_, i) => {
        const [nameStart, nameEnd, valueStart, valueEnd] = spans.subarray(4 * i, 4 * i + 4);
        return [window.decode(nameStart, nameEnd), window.decode(valueStart, valueEnd)] as const;
      });
      told.push({ name, attributes, isSelfClosing });
    },
    endTag: () => undefined,
  };
  runToEnd(scan(sourceOf(document), visitor, windowSize));
  return told;
}
