import { MetabaseError } from '../../src/errors.ts';
import { makePlan, type MissingValues } from '../../src/patch/make-plan.ts';
import type { Plan } from '../../src/patch/plan.ts';
import { type RequestOptions, toRequest } from '../../src/patch/request.ts';
import { metabase } from '../locator/metabase-text.ts';
import { read, sourceOf } from '../support/reading.ts';

/** The plan for a whole metabase. */
export function planFor(text: string, options: RequestOptions = {}, missing: MissingValues = 'refuse'): Plan {
  const source = sourceOf(text);
  return makePlan(source, read(source), toRequest(options), missing);
}

/** The plan for a metabase of these keys, each on a line of its own: the first on line 3. */
export const planOf = (keys: readonly string[], options?: RequestOptions, missing?: MissingValues): Plan =>
  planFor(metabase(...keys), options, missing);

/** The text with the edits made; each must have the old text. */
export function edited(text: string, options?: RequestOptions): string {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  let at = 0;
  for (const { offset, length, old, new: put } of planFor(text, options).edits) {
    expect(bytes.subarray(offset, offset + length).toString()).toBe(old ?? '');
    parts.push(bytes.subarray(at, offset), Buffer.from(put));
    at = offset + length;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]).toString();
}

/** The code and place of a refusal, and its message. */
export function refusalOf(run: () => unknown): [string, string] {
  try {
    run();
  } catch (error) {
    if (error instanceof MetabaseError) return [`${error.code} ${error.line}:${error.column}`, error.message];
    throw error;
  }
  throw new Error('nothing was refused');
}
