import type { Request } from '../patch/request.ts';
import type { Digest } from './digest.ts';
import { pluralize } from './format.ts';
import { html, type Html } from './html.ts';
import { fileSection } from './page-file.ts';
import { bytesInWords, verdictChip } from './page-parts.ts';
import { summaryParagraph } from './page-summary.ts';
import { capitalized, requestInWords, serversInRequest } from './request-in-words.ts';
import type { FileResult } from './result.ts';

/** Marks a page as a report of this tool; it is in the first lines. */
export const PAGE_MARK = '<meta name="generator" content="iis-metabase-patch">';

/** What a report says about its run. */
export interface PageContext {
  readonly request: Request;
  /** The version of this tool. */
  readonly version: string;
  readonly time: Date;
  /** The text of report.css. */
  readonly style: string;
  /** Its SHA-256 in base64: the policy of the page allows no other style. */
  readonly styleHash: string;
}

/** The page's policy: it may load nothing and run nothing; one style is allowed by its hash. */
const policy = (styleHash: string): string =>
  `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** @returns The report for reviewers, a page that is complete in itself: no script, nothing to load. */
export function reportPage(files: readonly FileResult[], context: PageContext): string {
  const name = files.length === 1 ? files[0].file : pluralize(files.length, 'metabase');
  const title = `${capitalized(requestInWords(context.request))} in ${name}`;
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    ${{ html: PAGE_MARK }}
    <meta http-equiv="Content-Security-Policy" content="${policy(context.styleHash)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>${title}</title>
    <style>${{ html: context.style }}</style>
  </head>
  <body>
    <a class="skip" href="#files">Skip to the files</a>
    <header>
      <h1>${title}</h1>
      ${summaryParagraph(files, context.request)}
      ${aboutRun(context)}
    </header>
    <main id="files">
      <h2>Files</h2>
      <table class="files">
        <thead><tr><th scope="col">File</th><th scope="col">Size</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>${files.map((file, i) => fileRows(file, files.length === 1 ? null : `file-${i + 1}`))}</tbody>
      </table>${files.map((file, i) => fileSection(file, `file-${i + 1}`))}
    </main>
    <footer><p>Apart from the names of servers, values of other properties appear only in the lines that change, in the lines around them and in the line with an error.</p></footer>
  </body>
</html>
`;
  return page.html;
}

function aboutRun({ request, version, time }: PageContext): Html {
  const [day, clock] = time.toISOString().split(/[T.]/);
  const missing =
    request.setMissing === null
      ? null
      : html` Where a server has no value, the new one is made from ${request.setMissing}.`;
  return html`<p class="about">Made by iis-metabase-patch <span class="value">${version}</span> on <time class="value" datetime="${day}T${clock}Z">${day} at ${clock} UTC</time>.
      Requested: ${requestInWords(request)} on ${serversInRequest(request)}.${missing}</p>`;
}

/** The input and its output, with the hashes by which an auditor can identify them. */
function fileRows(result: FileResult, anchor: string | null): Html {
  const { file, digests } = result;
  const name = anchor === null ? html`${file}` : html`<a href="#${anchor}">${file}</a>`;
  const note = anchor === null ? html`<small>the original</small>` : verdictChip(result);
  return html`
        ${digestRow(html`${name} ${note}`, digests?.input ?? null)}${outputRow(result)}`;
}

function outputRow({ changed, isWritten, outputName, backup, digests }: FileResult): Html | null {
  if (!changed && !isWritten) return null;
  const kept = backup === null ? null : html`; the original is kept as ${backup}`;
  const what = changed ? 'the patched file' : 'an unchanged copy';
  const role = isWritten ? what : `${what}, not written yet`;
  const name = outputName === null ? null : html`${outputName} `;
  return digestRow(html`${name}<small>${role}${kept}</small>`, digests?.output ?? null, 'output');
}

function digestRow(name: Html, digest: Digest | null, kind = 'input'): Html {
  if (digest === null) return html`<tr class="${kind}"><th scope="row">${name}</th><td></td><td>not read</td></tr>`;
  return html`<tr class="${kind}"><th scope="row">${name}</th><td><span class="value">${bytesInWords(digest.size)}</span></td><td><code class="hash">${digest.sha256}</code></td></tr>`;
}
