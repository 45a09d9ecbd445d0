import { toHex } from '../verbs.ts';
import { pluralize } from './format.ts';
import { type Html, html } from './html.ts';
import type { FileResult } from './result.ts';

/** @returns The result for a file: a sign and a few words, which are clear without their colour. */
export function verdictChip({ error, changed, edits, ok, isWritten }: FileResult): Html {
  if (error !== null) return html`<span class="chip bad">✕ Refused</span>`;
  if (changed) {
    const values = pluralize(edits.length, 'value');
    return html`<span class="chip change">→ ${values} ${isWritten ? 'changed' : 'to change'}</span>`;
  }
  return ok
    ? html`<span class="chip good">✓ Nothing to change</span>`
    : html`<span class="chip bad">✕ Not as requested</span>`;
}

/** @returns A value of the property, decimal and hex, neither of which breaks at the end of a line. */
export function valueText(value: number | null): Html {
  return value === null
    ? html`<span class="value">none</span>`
    : html`<span class="value">${value}</span> <span class="value">(${toHex(value)})</span>`;
}

/**
 * @param noun What a block is.
 * @returns All blocks; those after the first `shown` are folded away.
 */
export function foldRest(blocks: readonly Html[], shown: number, noun: string): Html {
  if (blocks.length <= shown) return html`${blocks}`;
  return html`${blocks.slice(0, shown)}
        <details class="rest"><summary>Show ${pluralize(blocks.length - shown, `more ${noun}`)}</summary>${blocks.slice(shown)}</details>`;
}

/** @returns `1,234 bytes`. */
export function bytesInWords(size: number): string {
  return `${size.toLocaleString('en-US')} ${size === 1 ? 'byte' : 'bytes'}`;
}
