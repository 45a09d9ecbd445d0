import { createHash } from 'node:crypto';
import type { Diagnostic } from '../errors.ts';
import { writeTextFile } from '../files/staged-output.ts';
import { PAGE_STYLE } from '../report/page-style.ts';
import { reportPage } from '../report/page.ts';
import type { FileResult } from '../report/result.ts';
import type { Invocation } from './invocation.ts';

/** Writes the page for reviewers. @returns What a user is warned of. @throws MetabaseError WRITE_FAILED */
export async function writeReport(
  path: string,
  { request }: Invocation,
  results: readonly FileResult[],
): Promise<readonly Diagnostic[]> {
  const { disable, enable, servers } = request;
  const styleHash = createHash('sha256').update(PAGE_STYLE).digest('base64');
  return writeTextFile(path, reportPage(results, { disable, enable, servers, styleHash }), true);
}
