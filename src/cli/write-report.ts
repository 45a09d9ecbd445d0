import { createHash } from 'node:crypto';
import { writeTextFile } from '../files/text-file.ts';
import { PAGE_STYLE } from '../report/page-style.ts';
import { type FileReport, reportPage } from '../report/page.ts';
import type { Invocation } from './invocation.ts';
import { isOk, type Outcome } from './outcome.ts';

/** Writes the page for reviewers. @throws MetabaseError WRITE_FAILED */
export async function writeReport(path: string, { request }: Invocation, outcomes: readonly Outcome[]): Promise<void> {
  const { disable, enable, servers } = request;
  const styleHash = createHash('sha256').update(PAGE_STYLE).digest('base64');
  await writeTextFile(path, reportPage(outcomes.map(toReport), { disable, enable, servers, styleHash }), true);
}

function toReport({ file, error, view, output, backup }: Outcome): FileReport {
  const [inspection, hunks] = view === null ? [null, []] : [view.inspection, view.hunks];
  return { file, error, inspection, hunks, ok: view === null ? null : isOk(view), output, backup };
}
