import { toHex, VERB_NAMES, VERBS } from '../verbs.ts';
import { html, type Html } from './html.ts';
import { fileSection, verdictOf } from './page-file.ts';
import { PAGE_MARK } from './page-mark.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { FileResult } from './result.ts';
import { pluralize } from './format.ts';

/** What was asked for, and when. */
export interface PageContext {
  readonly disable: number;
  readonly enable: number;
  /** Null for the service and every virtual server. */
  readonly servers: readonly string[] | null;
  /** SHA-256 of `PAGE_STYLE`, in base64: the policy of the page lets in nothing else. */
  readonly styleHash: string;
}

/** The page's policy: it may load nothing and run nothing; one style is let in by its hash. */
const policy = (styleHash: string): string =>
  `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** @returns One self-contained page on all files: verdicts, servers and verbs before and after, warnings, and the diff. */
export function reportPage(files: readonly FileResult[], context: PageContext): string {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    ${{ html: PAGE_MARK }}
    <meta http-equiv="Content-Security-Policy" content="${policy(context.styleHash)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>SMTP verbs: ${files.length === 1 ? files[0].file : pluralize(files.length, 'metabase')}</title>
    <style>${{ html: PAGE_STYLE }}</style>
  </head>
  <body>
    <a class="skip" href="#files">Skip to the files</a>
    <header>
      <h1>ESMTP verbs in ${files.length === 1 ? 'a metabase' : pluralize(files.length, 'metabase')}</h1>
      <p>${requestInWords(context)}</p>
    </header>
    <main id="files">${files.length === 1 ? null : summary(files)}${files.map((file, i) => fileSection(file, `file-${i + 1}`))}
    </main>
    <footer><p>Made by iis-metabase-patch. Values of other properties appear only in the lines around a change.</p></footer>
  </body>
</html>
`;
  return page.html;
}

function requestInWords({ disable, enable, servers }: PageContext): string {
  const parts = [
    ...(disable === 0 ? [] : [`turn off ${maskInWords(disable)}`]),
    ...(enable === 0 ? [] : [`turn on ${maskInWords(enable)}`]),
  ];
  const where =
    servers === null
      ? 'the SMTP service and every virtual server'
      : servers.map((server) => (server.startsWith('/') ? server : `/LM/SmtpSvc/${server}`)).join(', ');
  return `Requested: ${parts.join(', ')} on ${where}.`;
}

function maskInWords(mask: number): string {
  const named = VERB_NAMES.filter((verb) => (mask & VERBS[verb]) !== 0);
  const rest = named.reduce((bits, verb) => bits & ~VERBS[verb], mask) >>> 0;
  return [...named, ...(rest === 0 ? [] : [`bits ${toHex(rest)}`])].join(', ');
}

function summary(files: readonly FileResult[]): Html {
  const rows = files.map((file, i) => {
    const { word, kind } = verdictOf(file);
    const servers = file.servers.length;
    return html`<tr><th scope="row"><a href="#file-${i + 1}">${file.file}</a></th><td class="${kind}">${word}</td><td>${servers}</td><td>${
      file.error?.code ?? pluralize(file.warnings.length, 'warning')
    }</td></tr>`;
  });
  return html`
      <h2>Summary</h2>
      <table class="summary">
        <thead><tr><th scope="col">File</th><th scope="col">Verdict</th><th scope="col">SMTP keys</th><th scope="col">Notes</th></tr></thead>
        <tbody>${rows}</tbody>
      </table>`;
}
