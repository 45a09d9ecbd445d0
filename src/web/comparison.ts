import type { Request } from '../patch/request.ts';
import { html, type Html } from '../report/html.ts';
import type { Verified } from './messages.ts';
import { element } from './page-elements.ts';
import { work } from './work.ts';

/**
 * Lets the reader compare an original with a patched file.
 * @param readRequest Returns what the form asks for; null if that is nothing.
 * @param readOriginal Returns the file to compare with unless another is chosen; undefined if there is none.
 * @returns A function that compares again, if both files are chosen.
 */
export function offerComparison(readRequest: () => Request | null, readOriginal: () => File | undefined): () => void {
  const verdict = element('verdict');
  let stop = (): void => undefined;
  const compare = (): void => {
    stop();
    verdict.textContent = '';
    const original = chosenFile('original') ?? readOriginal();
    const patched = chosenFile('patched');
    const request = readRequest();
    if (patched === undefined || request === null) return;
    if (original === undefined) {
      verdict.textContent = 'Choose the original too.';
      return;
    }
    verdict.textContent = 'Comparing…';
    stop = work([{ kind: 'verify', original, patched, request }], {
      onProgress: () => undefined,
      onResult: (verified) => {
        if (verified.kind === 'verified') verdict.innerHTML = inWords(original, patched, verified).html;
      },
    });
  };
  element('comparison').addEventListener('change', compare);
  return compare;
}

function chosenFile(field: string): File | undefined {
  return (element(field) as HTMLInputElement).files?.[0];
}

function inWords(original: File, patched: File, { difference, error }: Verified): Html {
  if (error !== null) {
    const place = error.line === null ? '' : `line ${error.line}, column ${error.column ?? 1}: `;
    // A file that cannot be read is named in the message; it may be the other one.
    const file = error.code === 'FILE_UNREADABLE' ? '' : `${original.name}: `;
    return html`<strong class="bad">✕ Not compared:</strong> ${file}${place}${error.message} <code>${error.code}</code>`;
  }
  if (difference === null) {
    return html`<strong class="good">✓ The same:</strong> ${patched.name} is, byte for byte, what this page makes of ${original.name}.`;
  }
  const { line, column, location, reason } = difference;
  return html`<strong class="bad">✕ Different:</strong> ${patched.name}, line ${line}, column ${column}${location === null ? '' : `, in ${location}`}: ${reason}.
    Are the verbs and servers chosen above the ones it was patched with?`;
}
