import { appendFileSync } from 'node:fs';
import fc from 'fast-check';

/*
 * How the properties are run. `npm test` tests each with a fixed number of new inputs. `npm run fuzz` repeats that for
 * FUZZ_SECONDS, each time with another seed, and reads from FUZZ_LOG how many inputs there were. PROPERTY_SEED and PROPERTY_PATH,
 * which the report of a failure shows, make its input again.
 */

const { FUZZ_SECONDS, FUZZ_LOG, PROPERTY_SEED, PROPERTY_PATH } = process.env;

/** Whether one input is tried again: then nothing can be said about what all inputs have in common. */
export const isReplay = PROPERTY_PATH !== undefined;

const replay = {
  ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
  ...(PROPERTY_PATH !== undefined && { path: PROPERTY_PATH }),
};

/** @throws The report of fast-check, with seed, path and counterexample, if the property does not hold. */
export function assertProperty<Inputs>(
  property: fc.IProperty<Inputs>,
  { numRuns }: { readonly numRuns: number },
): void {
  const end = Date.now() + 1000 * Number(FUZZ_SECONDS ?? 0);
  let tried = 0;
  try {
    do {
      fc.assert(property, { numRuns, ...replay });
      tried += numRuns;
    } while (Date.now() < end);
  } finally {
    if (FUZZ_LOG !== undefined) appendFileSync(FUZZ_LOG, `${tried}\n`);
  }
}
