import type { InputFile } from '../files/input-file.ts';
import { readPlan } from '../files/read-plan.ts';
import type { Plan } from '../patch/plan.ts';
import { type FileResult, fileResult } from '../report/result.ts';
import { newHash } from './sha256.ts';
import type { Invocation } from './invocation.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads an input that is shown or checked, not patched; the page shows its diff too.
 * @param needsPositions Whether lines and columns will be shown; counting them takes another look at the text.
 */
export async function inspectInput(
  input: InputFile,
  { request, report, context }: Invocation,
  terminal: Terminal,
  needsPositions: (plan: Plan) => boolean,
): Promise<FileResult> {
  const progress = terminal.progress(input.path);
  try {
    const plan = await readPlan(input, request, 'report', progress.onProgress);
    const forReport = { positions: true, context, newHash };
    const options = report === null ? { positions: needsPositions(plan), context: null, newHash: null } : forReport;
    const result = fileResult(input.path, input.source, plan, options);
    input.assertUnchanged();
    return result;
  } finally {
    await progress.done();
  }
}
