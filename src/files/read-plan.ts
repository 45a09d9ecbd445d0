import { setImmediate } from 'node:timers/promises';
import { type MissingValues, planInSteps } from '../patch/make-plan.ts';
import type { Plan } from '../patch/plan.ts';
import type { Request } from '../patch/request.ts';
import type { Source } from '../source/source.ts';

/** Is told now and then how many bytes of the text, of how many, are read. */
export type OnProgress = (offset: number, length: number) => void;

/**
 * Reads a whole metabase and plans its patch. Between the steps, signals and the copy that is made meanwhile have their turn.
 * @throws MetabaseError as `planInSteps` does
 */
export async function readPlan(
  source: Source,
  request: Request,
  missing: MissingValues,
  onProgress?: OnProgress,
): Promise<Plan> {
  const steps = planInSteps(source, request, missing);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value, source.length);
    await setImmediate();
  }
}
