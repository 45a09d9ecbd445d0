import type { Request } from '../patch/request.ts';
import { pluralize } from '../report/format.ts';
import { html } from '../report/html.ts';
import { chooseFiles, type ChosenFile } from './chosen-files.ts';
import { offerComparison } from './comparison.ts';
import type { PatchedFile } from './messages.ts';
import { nextSteps } from './next-steps.ts';
import { element, showProblem } from './page-elements.ts';
import { drawVerbs, readRequest } from './request-form.ts';
import { fileResultSection, forgetSaved, reportLink } from './results.ts';
import { ServerList } from './server-list.ts';
import { tryWorker, work } from './work.ts';

/* The page: it passes files to the worker and shows the results. */

const form = element('options') as HTMLFormElement;
const input = element('files') as HTMLInputElement;
const status = element('status');
const results = element('results');

let files: readonly ChosenFile[] = [];
let stop = (): void => undefined;

drawVerbs();
const servers = new ServerList(start);
/** What the form asks for; null if that is nothing. */
let request = readRequest(form, servers);
const compareAgain = offerComparison(
  () => request,
  () => (files.length === 1 ? files[0].file : undefined),
);

/** Starts again, with other files or another request. */
function start(): void {
  stop();
  request = readRequest(form, servers);
  compareAgain();
  // The page keeps its height in the meantime, so that what the reader looks at does not move.
  results.style.minHeight = `${results.offsetHeight}px`;
  results.replaceChildren();
  status.textContent = '';
  forgetSaved();
  if (request !== null && files.length > 0) patch(request);
  else results.style.minHeight = '';
}

function patch(request: Request): void {
  const done: PatchedFile[] = [];
  status.innerHTML = html`<label>Working: <progress max="1" value="0"></progress></label>`.html;
  const requests = files.map((chosen) => ({ kind: 'patch', chosen, request }) as const);
  stop = work(requests, {
    onProgress: (part) => {
      const bar = status.querySelector('progress');
      if (bar !== null) bar.value = part;
    },
    onResult: (result) => {
      if (result.kind !== 'patched') return;
      done.push(result);
      if (done.length === files.length) show(done, request);
    },
  });
}

function show(done: readonly PatchedFile[], request: Request): void {
  servers.show(done.flatMap(({ found }) => found));
  const unknown = done.filter(({ result }) => result.error?.code === 'UNKNOWN_SERVER');
  showProblem('servers', unknown.map(({ result }) => `${result.file}: ${result.error?.message ?? ''}.`).join(' '));
  const changed = files.filter((_, i) => done[i].result.changed);
  const sections = done.map(({ result }, i) => fileResultSection(files[i], result, `file-${i + 1}`));
  const report = reportLink(
    done.map(({ result }) => result),
    request,
  );
  const next = changed.length === 0 ? null : nextSteps(changed, request);
  results.innerHTML = html`${report}${sections}${next}`.html;
  results.style.minHeight = '';
  status.textContent = `Done: ${pluralize(files.length, 'file')}.`;
}

function take(list: FileList | null | undefined): void {
  if (list === null || list === undefined || list.length === 0) return;
  files = chooseFiles(list);
  servers.clear();
  start();
}

input.addEventListener('change', () => {
  take(input.files);
});
form.addEventListener('input', (event) => {
  if (event.target !== input) start();
});
for (const each of [form, element('comparison')]) {
  each.addEventListener('submit', (event) => {
    event.preventDefault();
  });
}
document.addEventListener('click', ({ target }) => {
  // If the same file is chosen again, a browser says nothing, although it may have changed since.
  if (target instanceof HTMLInputElement && target.type === 'file') target.value = '';
});
for (const name of ['dragover', 'drop']) {
  document.addEventListener(name, (event) => {
    // A field for a file accepts what is dropped on it by itself.
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') return;
    event.preventDefault();
    if (event instanceof DragEvent && name === 'drop') take(event.dataTransfer?.files);
  });
}

/** Shows the tool in place of the text for browsers that cannot run it, or the other way round. */
function showTool(isShown: boolean): void {
  element('tool').hidden = !isShown;
  element('unsupported').hidden = isShown;
}

tryWorker(() => {
  showTool(false);
});
// Last, so that the text stays if anything before this fails.
showTool(true);
