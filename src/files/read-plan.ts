import { setImmediate } from 'node:timers/promises';
import { type MissingValues, planInSteps } from '../patch/make-plan.ts';
import type { OnProgress, Plan } from '../patch/plan.ts';
import type { Request } from '../patch/request.ts';
import type { InputFile } from './input-file.ts';

/**
 * Reads a whole metabase and plans its patch. Between the steps, signals are handled and the copy is written.
 * @throws MetabaseError as `planInSteps` does, FILE_UNREADABLE and INPUT_CHANGED
 */
export async function readPlan(
  input: InputFile,
  request: Request,
  missing: MissingValues,
  onProgress?: OnProgress,
): Promise<Plan> {
  const steps = planInSteps(input.source, request, missing);
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      onProgress?.(step.value, input.source.length);
      await setImmediate();
    }
  } finally {
    // Nothing is reported about a file that was changed in the meantime, not even an error in it.
    input.assertUnchanged();
  }
}
