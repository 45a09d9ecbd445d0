import { setImmediate } from 'node:timers/promises';
import { readMetabase } from '../parser/read-metabase.ts';
import { makePlan, type MissingValues } from '../patch/make-plan.ts';
import type { Plan } from '../patch/plan.ts';
import type { Request } from '../patch/request.ts';
import type { InputFile } from './input-file.ts';

/**
 * Reads a whole metabase and plans its patch. Between the steps, signals are handled and the copy is written.
 * @param onProgress Called from time to time with the number of bytes read so far, and the length of the file.
 * @throws MetabaseError as `readMetabase` and `makePlan` do, FILE_UNREADABLE and INPUT_CHANGED
 */
export async function readPlan(
  input: InputFile,
  request: Request,
  missing: MissingValues,
  onProgress?: (offset: number, length: number) => void,
): Promise<Plan> {
  const steps = readMetabase(input.source);
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return makePlan(input.source, step.value, request, missing);
      onProgress?.(step.value, input.source.length);
      await setImmediate();
    }
  } finally {
    // Nothing is reported about a file that was changed in the meantime, not even an error in it.
    input.assertUnchanged();
  }
}
