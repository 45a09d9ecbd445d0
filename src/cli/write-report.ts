import type { Diagnostic } from '../errors.ts';
import { writeTextFile } from '../files/staged-output.ts';
import { reportPage } from '../report/page.ts';
import style from '../report/report.css';
import type { FileResult } from '../report/result.ts';
import type { Environment } from './colors.ts';
import type { Invocation } from './invocation.ts';
import { base64HashOf } from './sha256.ts';
import { VERSION } from './version.ts';

/** Writes the page for reviewers. @returns The warnings for the user. @throws MetabaseError WRITE_FAILED */
export async function writeReport(
  path: string,
  { request }: Invocation,
  results: readonly FileResult[],
  env: Environment,
): Promise<readonly Diagnostic[]> {
  const styleHash = base64HashOf(style);
  const page = reportPage(results, { request, version: VERSION, time: timeOf(env), style, styleHash });
  return writeTextFile(path, page, true);
}

/** @returns The time that SOURCE_DATE_EPOCH gives (reproducible-builds.org), for a page that is the same in every run; else now. */
function timeOf({ SOURCE_DATE_EPOCH: seconds }: Environment): Date {
  return seconds !== undefined && /^[0-9]{1,11}$/.test(seconds) ? new Date(Number(seconds) * 1000) : new Date();
}
