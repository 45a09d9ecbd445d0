import { scan, type TagView } from '../../src/parser/scanner.ts';
import { memorySource } from '../../src/source/source.ts';
import { openText } from '../../src/source/text.ts';

/** Reads a document. @returns Each tag that the visitor is told of: its level, and what its span holds. */
export function tagsOf(document: string, windowSize?: number): string[] {
  const bytes = Buffer.from(document);
  const tags: string[] = [];
  const note = (level: number, start: number, end: number): void => {
    tags.push(`${level} ${bytes.subarray(start, end).toString()}`);
  };
  const visitor = {
    startTag: (level: number, { window, start, end }: TagView) => {
      note(level, window.base + start, window.base + end);
    },
    endTag: note,
  };
  const steps = scan(openText(memorySource(bytes)), visitor, windowSize);
  while (steps.next().done !== true);
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
    startTag: (_level: number, { window, attributes, start, isSelfClosing }: TagView) => {
      const text = (from: number, to: number): string => Buffer.from(window.bytes.subarray(from, to)).toString();
      told.push({
        name: text(start + 1, attributes.elementEnd),
        attributes: Array.from({ length: attributes.count }, (_, i) => [
          text(attributes.nameStart(i), attributes.nameEnd(i)),
          text(attributes.valueStart(i), attributes.valueEnd(i)),
        ]),
        isSelfClosing,
      });
    },
    endTag: () => undefined,
  };
  const steps = scan(openText(memorySource(Buffer.from(document))), visitor, windowSize);
  while (steps.next().done !== true);
  return told;
}
