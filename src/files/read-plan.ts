import { setImmediate } from 'node:timers/promises';
import { readMetabase } from '../parser/metabase.ts';
import { makePlan, type MissingValues } from '../patch/make-plan.ts';
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

/** So many bytes are read before signals, and the copy that is made meanwhile, have their turn. */
const TURN = 1 << 20;

/**
 * Reads a whole metabase, in turns, and plans its patch.
 * @throws MetabaseError as `makePlan` and the scanner do
 */
export async function readPlan(
  source: Source,
  request: Request,
  missing: MissingValues,
  onProgress?: OnProgress,
): Promise<PlannedText> {
  const text = openText(source);
  const steps = readMetabase(text);
  let turn = 0;
  let step = steps.next();
  while (step.done !== true) {
    if (step.value - turn >= TURN) {
      turn = step.value;
      onProgress?.(turn, text.source.length);
      await setImmediate();
    }
    step = steps.next();
  }
  return { text, plan: makePlan(text, step.value, request, missing) };
}
