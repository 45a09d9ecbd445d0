import type { InputFile } from '../files/input-file.ts';
import { readPlan } from '../files/read-plan.ts';
import type { Plan } from '../patch/plan.ts';
import type { Invocation } from './invocation.ts';
import { toView, type View } from './outcome.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads an input that is looked at, not patched; the page shows its diff too.
 * @param needsInspection Whether lines and columns will be told; to count them costs a look at the text.
 */
export async function readView(
  input: InputFile,
  { request, report, context }: Invocation,
  terminal: Terminal,
  needsInspection: (plan: Plan) => boolean,
): Promise<{ readonly view: View; readonly output: null; readonly backup: null }> {
  const progress = terminal.progress(input.path);
  try {
    const planned = await readPlan(input.source, request, 'report', progress.onProgress);
    input.assertUnchanged();
    const wanted = { inspection: needsInspection(planned.plan), context: report === null ? null : context };
    return { view: toView(planned, wanted), output: null, backup: null };
  } finally {
    await progress.done();
  }
}
