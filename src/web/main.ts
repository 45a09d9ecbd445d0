import { fileSection } from '../report/page-file.ts';
import { html } from '../report/html.ts';
import { VERB_NAMES } from '../verbs.ts';
import { defaultOutput } from '../writer/patched-output.ts';
import type { Answer, Order } from './messages.ts';
import { readOptions } from './options.ts';

/* The page: it hands files to the worker, and shows what became of them. */

/** The worker's script, put in by the build. */
declare const WORKER_SCRIPT: string;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const worker = new Worker(URL.createObjectURL(new Blob([WORKER_SCRIPT], { type: 'text/javascript' })));
const form = element('options') as HTMLFormElement;
const input = element('files') as HTMLInputElement;
const results = element('results');
const status = element('status');

let files: readonly File[] = [];
/** The number of the first order that still counts: options that change make older ones void. */
let first = 0;
let next = 0;

function drawVerbs(): void {
  const rows = VERB_NAMES.map((verb) => {
    const choice = (value: string, isDefault: boolean): ReturnType<typeof html> =>
      html`<td><label><input type="radio" name="${verb}" value="${value}"${isDefault ? html` checked` : null}> <span>${value}</span></label></td>`;
    const isOff = verb === '8bitmime';
    return html`<tr><th scope="row">${verb}</th>${choice('keep', !isOff)}${choice('off', isOff)}${choice('on', false)}</tr>`;
  });
  element('verbs').innerHTML = html`${rows}`.html;
}

function start(): void {
  first = next;
  results.replaceChildren();
  const { options, problem } = readOptions(new FormData(form));
  element('problem').textContent = problem;
  if (options === null) return;
  for (const file of files) {
    const id = next++;
    const place = document.createElement('div');
    place.id = `result-${id}`;
    place.innerHTML =
      html`<p class="working"><label>${file.name} <progress max="1" value="0"></progress></label></p>`.html;
    results.append(place);
    worker.postMessage({ id, file, options } satisfies Order);
  }
  tellStatus(files.length);
}

function tellStatus(open: number): void {
  if (files.length === 0) return;
  const done = files.length - open;
  status.textContent =
    open > 0 ? `Working: ${done} of ${files.length} files done.` : `Done: ${files.length} of ${files.length} files.`;
}

worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
  if (data.id < first) return;
  const place = element(`result-${data.id}`);
  if (data.kind === 'progress') {
    const bar = place.querySelector('progress');
    if (bar !== null) bar.value = data.part;
    return;
  }
  show(place, data);
  tellStatus(results.querySelectorAll('progress').length);
});

function show(place: HTMLElement, { id, report, result }: Extract<Answer, { kind: 'done' }>): void {
  place.innerHTML = fileSection(report, `file-${id}`).html;
  const file = files[id - first];
  if (result === null || !report.changed) return;
  const parts = result.pieces.map((piece) =>
    'copy' in piece
      ? file.slice(piece.copy.offset, piece.copy.offset + piece.copy.length)
      : new Uint8Array(piece.bytes),
  );
  const saves = document.createElement('p');
  saves.className = 'saves';
  saves.append(
    saveLink(new Blob(parts, { type: 'application/octet-stream' }), defaultOutput(file.name)),
    saveLink(new Blob([result.diff], { type: 'application/octet-stream' }), `${file.name}.diff`),
  );
  place.querySelector('h2')?.after(saves);
}

function saveLink(blob: Blob, name: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.textContent = `Save ${name}`;
  return link;
}

function take(list: FileList | null | undefined): void {
  if (list === null || list === undefined || list.length === 0) return;
  files = [...list];
  start();
}

input.addEventListener('change', () => {
  take(input.files);
});
// Not `change`, which comes late for a text, and could take a link away under the mouse.
form.addEventListener('input', (event) => {
  if (event.target !== input) start();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
});
for (const name of ['dragover', 'drop']) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    if (event instanceof DragEvent && name === 'drop') take(event.dataTransfer?.files);
  });
}
drawVerbs();
