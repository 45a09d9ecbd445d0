import { escapeControls, escapeControlsInDiff } from './escape-controls.ts';

/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | null | readonly Html[];

/**
 * A template that escapes its values, also for use in double quotes, and makes their control characters visible. HTML is inserted
 * as it is, and null as nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, i) => text + (i < parts.length ? toHtml(parts[i]) : '')).join('') };
}

/** @returns Text of a file, escaped as in a template; but its tabs stay, and a line may break before a value. */
export function fileText(text: string): Html {
  return { html: escaped(escapeControlsInDiff(text)).replaceAll('=&quot;', '=<wbr>&quot;') };
}

/** @returns The parts with the text between them. */
export function joined(parts: readonly Html[], between: string): Html {
  return { html: parts.map((part) => part.html).join(escaped(between)) };
}

function toHtml(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(escapeControls(String(part)));
  return 'html' in part ? part.html : part.map((each) => each.html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}
