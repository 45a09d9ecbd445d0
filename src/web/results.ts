import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Request } from '../patch/request.ts';
import { html, type Html } from '../report/html.ts';
import { liveChanges } from '../report/live-commands.ts';
import { fileSection } from '../report/page-file.ts';
import { bytesInWords } from '../report/page-parts.ts';
import { reportPage } from '../report/page.ts';
import style from '../report/report.css';
import type { FileResult } from '../report/result.ts';
import { toPieces } from '../writer/patched-output.ts';
import { unifiedDiff } from '../writer/unified-diff.ts';
import type { ChosenFile } from './chosen-files.ts';

/** The URLs of the links that save something, until the next run. */
const saved: string[] = [];

/** Frees the memory of all that could be saved. */
export function forgetSaved(): void {
  for (const url of saved.splice(0)) URL.revokeObjectURL(url);
}

/** @returns A file's section as in the report, and what can be saved of it. */
export function fileResultSection(chosen: ChosenFile, result: FileResult, id: string): Html {
  const forPatch = result.changed ? html`${saves(chosen, result)}${commands(result)}` : null;
  return fileSection(result, id, html`${aboutFile(chosen.file)}${forPatch}`);
}

/** By these a reader can distinguish files of the same name. */
function aboutFile({ size, lastModified }: File): Html {
  const changed = new Date(lastModified).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return html`<p class="note">${bytesInWords(size)}, last changed ${changed}</p>`;
}

function saves({ file, output, diff }: ChosenFile, { edits, hunks }: FileResult): Html {
  const parts = toPieces(file.size, edits).map((piece) =>
    'offset' in piece ? file.slice(piece.offset, piece.offset + piece.length) : new Uint8Array(piece),
  );
  return html`<p class="saves">${saveLink(parts, output)} ${saveLink([unifiedDiff(file.name, hunks)], diff)}</p>`;
}

function commands(result: FileResult): Html {
  const changes = liveChanges(result).map(({ location, commands }) => {
    const lines = commands.map(({ tool, line }) => html`<p>${tool}:</p><pre>${line}</pre>`);
    return html`<h3>${location}</h3>${lines}`;
  });
  return html`<details class="fold"><summary>Without a file: commands that do the same on a live server</summary><div class="commands">${changes}</div></details>`;
}

/** @returns The link that saves the report on all files. */
export function reportLink(results: readonly FileResult[], request: Request): Html {
  const styleHash = btoa(String.fromCharCode(...sha256(utf8ToBytes(style))));
  const context = { request, version: VERSION, time: new Date(), style, styleHash };
  return html`<p class="saves">${saveLink([reportPage(results, context)], 'change-report.html')}</p>`;
}

function saveLink(parts: BlobPart[], name: string): Html {
  const url = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
  saved.push(url);
  return html`<a class="save" href="${url}" download="${name}">Save ${name}</a>`;
}
