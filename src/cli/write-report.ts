import { writeTextFile } from '../files/text-file.ts';
import type { Invocation } from './invocation.ts';
import type { Outcome } from './outcome.ts';

/** Writes the page for reviewers. @throws MetabaseError WRITE_FAILED */
export async function writeReport(path: string, invocation: Invocation, outcomes: readonly Outcome[]): Promise<void> {
  await writeTextFile(path, JSON.stringify([invocation, outcomes.length]), true);
}
