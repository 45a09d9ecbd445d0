import { type RequestOptions, toRequest } from '../patch/request.ts';
import { html, type Html } from '../report/html.ts';
import { verbsIn } from '../report/request-in-words.ts';
import type { Verb } from '../verbs.ts';

/**
 * @param output The name of the patched file.
 * @returns What to do with it, as the guide has it, for who has only this page.
 */
export function nextSteps(output: string, options: RequestOptions): Html {
  const { disable, enable } = toRequest(options);
  const keywords = (mask: number): Html[] =>
    verbsIn(mask).map((verb) => html`<code class="value">${keywordOf(verb)}</code> `);
  return html`<section class="next" aria-labelledby="next-name">
      <h2 id="next-name">What next</h2>
      <ol>
        <li>Save the patched file. Give the diff or the report to a colleague for review.</li>
        <li><a href="#verify">Compare</a> the saved file with the original.</li>
        <li>On the server, take a backup of the metabase: IIS Manager, All Tasks, Backup/Restore Configuration.</li>
        <li>Put the patched file in place, in a command prompt as an administrator. This stops mail, web and FTP for a moment; start
          each of these services again.
          <pre>net stop iisadmin /y
copy "${output}" %windir%\\system32\\inetsrv\\MetaBase.xml
net start iisadmin
net start smtpsvc
net start w3svc</pre>
          If the export holds only one branch of the metabase, import it instead:
          <pre>cscript %SystemRoot%\\system32\\iiscnfg.vbs /import /f "${output}" /sp /LM/SmtpSvc /dp /LM/SmtpSvc /children /merge</pre></li>
        <li>Ask the server from another computer what it offers:
          <pre>telnet mail.example.com 25
EHLO test</pre>
          ${disable === 0 ? null : html`The answer must not have ${keywords(disable)}any more.`} ${enable === 0 ? null : html`The answer must have ${keywords(enable)}.`}</li>
        <li>To undo the change, put the original file in place in the same way.</li>
      </ol>
    </section>`;
}

function keywordOf(verb: Verb): string {
  return `250-${verb.toUpperCase().replace('/', ' or 250-')}`;
}
