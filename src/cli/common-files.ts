import { IS_WINDOWS } from '../files/file-identity.ts';
import { checkReport } from '../files/overwrite-check.ts';
import { writeTextFile } from '../files/staged-output.ts';
import type { Request } from '../patch/request.ts';
import { reportPage } from '../report/page.ts';
import style from '../report/report.css';
import type { FileResult } from '../report/result.ts';
import { diffName, unifiedDiff } from '../writer/unified-diff.ts';
import { type Invocation, STANDARD_STREAM } from './invocation.ts';
import type { Terminal } from './terminal.ts';

/** Writes the files that are about all inputs: the diff and the report. @throws MetabaseError WRITE_FAILED, OUTPUT_EXISTS */
export async function writeCommonFiles(
  { diff, report, force, request }: Invocation,
  results: readonly FileResult[],
  terminal: Terminal,
): Promise<void> {
  const write = async (path: string, text: string, overwrite: boolean): Promise<void> => {
    for (const warning of await writeTextFile(path, text, overwrite)) await terminal.warning(path, warning);
  };
  const writeReport = async (path: string): Promise<void> => {
    // Checked once more: another file may have taken the name during the run.
    const refusal = checkReport(path, new Set());
    if (refusal !== null) throw refusal;
    await write(path, pageOf(results, request), true);
  };
  try {
    if (diff !== null) await write(diff, results.map(diffOf).join(''), force);
  } finally {
    // A diff that cannot be written does not stop the report.
    if (report !== null) await writeReport(report);
  }
}

function pageOf(results: readonly FileResult[], request: Request): string {
  const styleHash = newHash().update(style).digest('base64');
  const named = results.map((each) => (each.file === STANDARD_STREAM ? { ...each, file: 'standard input' } : each));
  return reportPage(named, { request, version: VERSION, time: timeOfReport(), style, styleHash });
}

/** @returns The diff of one input; empty if nothing changes. */
export function diffOf({ file, hunks }: FileResult): string {
  return unifiedDiff(file === STANDARD_STREAM ? 'stdin' : diffName(file, IS_WINDOWS), hunks);
}

/** @returns A SHA-256: Node's own, about ten times as fast as one in JavaScript. Only a report needs it, and loading it takes a while. */
export function newHash(): ReturnType<typeof import('node:crypto').createHash> {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

/** @returns The time that SOURCE_DATE_EPOCH gives (reproducible-builds.org), for a page that is the same in every run; else now. */
function timeOfReport(): Date {
  const seconds = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return /^[0-9]{1,11}$/.test(seconds) ? new Date(Number(seconds) * 1000) : new Date();
}
