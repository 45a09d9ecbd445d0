import { setImmediate } from 'node:timers/promises';
import { type MissingValues, planSteps } from '../patch/make-plan.ts';
import type { Plan } from '../patch/plan.ts';
import type { Request } from '../patch/request.ts';
import type { Source } from '../source/source.ts';
import { openText } from '../source/open-text.ts';
import type { Text } from '../source/text.ts';

/** Is told now and then how many bytes of the text, of how many, are read. */
export type OnProgress = (offset: number, length: number) => void;

/** A metabase that was read, and what is to be done to it. */
export interface PlannedText {
  readonly text: Text;
  readonly plan: Plan;
}

/**
 * Reads a whole metabase and plans its patch. Between the steps, signals and the copy that is made meanwhile have their turn.
 * @throws MetabaseError as `openText` and `planSteps` do
 */
export async function readPlan(
  source: Source,
  request: Request,
  missing: MissingValues,
  onProgress?: OnProgress,
): Promise<PlannedText> {
  const text = openText(source);
  const steps = planSteps(text, request, missing);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { text, plan: step.value };
    onProgress?.(step.value, text.source.length);
    await setImmediate();
  }
}
