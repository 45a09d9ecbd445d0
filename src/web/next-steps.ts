import type { Request } from '../patch/request.ts';
import { html, type Html, joined } from '../report/html.ts';
import { ehloKeywords, type Verb, verbsIn } from '../verbs.ts';
import type { ChosenFile } from './chosen-files.ts';

const METABASE = '%windir%\\system32\\inetsrv\\MetaBase.xml';

/**
 * @param changed The files that change; the steps are shown for the first.
 * @returns What to do next: the steps of the guide, for someone who has only this page.
 */
export function nextSteps(changed: readonly ChosenFile[], { disable, enable }: Request): Html {
  const [{ file, name, output }] = changed;
  const original = file.name;
  const others = html`<p class="note">These are the steps for ${name}. Do the same with each of the other files.</p>`;
  const keywords = (mask: number): Html =>
    joined(
      verbsIn(mask).map((verb) => html`<code class="value">${keywordOf(verb)}</code>`),
      ', ',
    );
  return html`<section class="next" aria-labelledby="next-name">
      <h2 id="next-name">What next</h2>
      ${changed.length === 1 ? null : others}
      <ol>
        <li>Save the patched file. Give the diff or the report to a colleague for review.</li>
        <li><a href="#verify">Compare</a> the saved file with the original.</li>
        <li>Put both files into <code>C:\\work</code> on the server that the original came from. Back up the metabase: IIS Manager, All Tasks,
          Backup/Restore Configuration.</li>
        <li>If the original is a copy of MetaBase.xml, open cmd as administrator and stop IIS Admin, which also stops mail and, on Windows Server 2003,
          all web sites. Then see whether anything has changed in the meantime:
          <pre>net stop iisadmin /y
copy ${METABASE} C:\\work\\before.xml
fc /b "C:\\work\\${original}" C:\\work\\before.xml</pre>
          <p>If fc finds a difference, patch before.xml instead. If not, put the patched file in place:</p>
          <pre>copy /y "C:\\work\\${output}" ${METABASE}
net start iisadmin
net start smtpsvc</pre>
          <p>Also start the other services that net stop has listed.</p></li>
        <li>If the original was exported in another way, import the patched file instead, and restart the SMTP service:
          <pre>cscript //nologo %windir%\\system32\\iiscnfg.vbs /import /f "C:\\work\\${output}" /sp /LM/SmtpSvc /dp /LM/SmtpSvc /children /merge
net stop smtpsvc
net start smtpsvc</pre></li>
        <li>Ask the server from another computer what it offers:
          <pre>telnet mail.example.com 25
EHLO test</pre>
          ${disable === 0 ? null : html`The answer must not have ${keywords(disable)} any more, in capitals or not.`} ${enable === 0 ? null : html`The answer must have ${keywords(enable)}, in capitals or not.`}</li>
        <li>To undo the change, do the same with the original file.</li>
      </ol>
    </section>`;
}

function keywordOf(verb: Verb): string {
  return ehloKeywords(verb)
    .map((keyword) => `250-${keyword}`)
    .join(' or ');
}
