import { setImmediate } from 'node:timers/promises';
import { type MissingValues, planInSteps } from '../patch/make-plan.ts';
import type { OnProgress, Plan } from '../patch/plan.ts';
import type { Request } from '../patch/request.ts';
import type { InputFile } from './input-file.ts';

/**
 * Reads a whole metabase and plans its patch. Between the steps, signals and the copy that is made meanwhile have their turn.
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
    // Of a file that was changed meanwhile nothing is said, not even what is wrong with it.
    input.assertUnchanged();
  }
}
