import type { Diagnostic, Refusal } from '../errors.ts';
import { type Html, html } from './html.ts';
import { diffSection } from './page-diff.ts';
import { foldRest, verdictChip } from './page-parts.ts';
import { serverDetails, serversTable } from './page-servers.ts';
import type { FileResult } from './result.ts';

/** How many warnings of one kind are shown at once; the others are folded away. */
const SHOWN = 5;

/**
 * @param id The anchor of the file's section.
 * @param actions What the reader can do with the file, for a page that is more than a report.
 * @returns Everything about one file: what is wrong with it, its servers, the lines that change, and the details.
 */
export function fileSection(result: FileResult, id: string, actions: Html | null = null): Html {
  const { file, error } = result;
  return html`
    <section class="file" id="${id}" aria-labelledby="${id}-name">
      <h2 id="${id}-name">${file} ${verdictChip(result)}</h2>
      ${error === null ? null : errorBlock(error)}${warnings(result)}${actions}
      ${serversTable(result)}${diffSection(result)}${serverDetails(result)}
    </section>`;
}

function warnings({ warnings }: FileResult): Html[] {
  const codes = [...new Set(warnings.map(({ code }) => code))];
  return codes.map((code) => {
    const same = warnings.filter((warning) => warning.code === code).map((warning) => message(warning, 'warning'));
    return foldRest(same, SHOWN, `${code} warning`);
  });
}

function message({ line, column, message: text, code }: Diagnostic, kind: 'error' | 'warning'): Html {
  const place = line === null ? '' : `line ${line}, column ${column ?? 1}: `;
  return html`<p class="message ${kind}"><strong>${kind === 'error' ? '✕ Error' : '⚠ Warning'}:</strong> ${place}${text} <code>${code}</code></p>
      `;
}

/** The error, and its line with the place marked. */
function errorBlock(error: Refusal): Html {
  const { excerpt } = error;
  if (excerpt === null) return message(error, 'error');
  const columns = Array.from(excerpt.text);
  const [before, after] = [columns.slice(0, excerpt.caret), columns.slice(excerpt.caret + 1)];
  return html`${message(error, 'error')}<pre>${before.join('')}<mark>${columns[excerpt.caret] ?? ' '}</mark>${after.join('')}</pre>
      `;
}
