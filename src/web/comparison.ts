import type { RequestOptions } from '../patch/request.ts';
import { html, type Html } from '../report/html.ts';
import { element } from './element.ts';
import type { Verified } from './messages.ts';
import { work } from './work.ts';

/** The part of the page that compares an original with a patched file. */
export class Comparison {
  readonly #original = element('original') as HTMLInputElement;
  readonly #patched = element('patched') as HTMLInputElement;
  readonly #verdict = element('verdict');
  #stop = (): void => undefined;

  /**
   * @param options Returns what the form asks for; null if that is nothing.
   * @param chosen Returns the one file that is to be patched; undefined if there are none or several.
   */
  constructor(
    private readonly options: () => RequestOptions | null,
    private readonly chosen: () => File | undefined,
  ) {
    element('comparison').addEventListener('change', () => {
      this.run();
    });
  }

  /** Compares again, if both files are chosen. */
  run(): void {
    this.#stop();
    this.#verdict.textContent = '';
    const original = this.#original.files?.[0] ?? this.chosen();
    const patched = this.#patched.files?.[0];
    const options = this.options();
    if (original === undefined || patched === undefined || options === null) return;
    this.#verdict.textContent = 'Comparing…';
    this.#stop = work([{ kind: 'verify', original, patched, options }], {
      onProgress: () => undefined,
      onResult: (verified) => {
        if (verified.kind === 'verified') this.#verdict.innerHTML = verdict(original, patched, verified).html;
      },
    });
  }
}

function verdict(original: File, patched: File, { difference, error }: Verified): Html {
  if (error !== null) {
    const place = error.line === null ? '' : `line ${error.line}, column ${error.column ?? 1}: `;
    return html`<strong class="bad">✕ Not compared:</strong> ${original.name}: ${place}${error.message} <code>${error.code}</code>`;
  }
  if (difference === null) {
    return html`<strong class="good">✓ The same:</strong> ${patched.name} is, byte for byte, what this page makes of ${original.name}.`;
  }
  const { line, column, location, reason } = difference;
  return html`<strong class="bad">✕ Different:</strong> ${patched.name}, line ${line}, column ${column}${location === null ? '' : `, in ${location}`}: ${reason}.
    Are the verbs and servers chosen above the ones it was patched with?`;
}
