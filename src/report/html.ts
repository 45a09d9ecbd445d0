import { escapeControls } from './escape-controls.ts';

/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | null | readonly Html[];

/** A template whose texts, which may stand in double quotes, are escaped, control characters shown; what is HTML already stays, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, i) => text + (i < parts.length ? toHtml(parts[i]) : '')).join('') };
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
