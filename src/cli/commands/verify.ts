import type { Code, MetabaseError } from '../../errors.ts';
import { withInput } from '../../files/input-file.ts';
import { toMetabaseError } from '../../files/system-error.ts';
import { toDiagnostic, toJson } from '../../report/json.ts';
import { type Difference, firstDifference, toVerification } from '../../writer/first-difference.ts';
import { statusOfError } from '../for-each-input.ts';
import type { Invocation } from '../invocation.ts';
import { readPlanShowingProgress } from '../process-input.ts';
import type { Terminal } from '../terminal.ts';

/** Warnings about what to do with the server; they say nothing of whether the patch is right. */
const ABOUT_THE_SERVER: ReadonlySet<Code> = new Set(['EXCHANGE_OVERWRITES', 'UNUSUAL_BITS']);

/** Proves that the second file is what patch makes of the first. @returns The exit status. */
export async function verify(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [original, patched] = invocation.files;
  /** The file that an error is about. */
  let file = original;
  try {
    const difference = await withInput(original, async (input) => {
      const plan = await readPlanShowingProgress(input, invocation, terminal);
      for (const warning of plan.warnings) {
        if (!ABOUT_THE_SERVER.has(warning.code)) await terminal.warning(original, warning);
      }
      file = patched;
      return withInput(patched, (other) => {
        const found = firstDifference(input.source, plan, other.source);
        other.assertUnchanged();
        file = original;
        input.assertUnchanged();
        return Promise.resolve(found);
      });
    });
    if (invocation.json) await printJson(terminal, null, difference);
    else await terminal.lines([verdict(original, patched, difference)]);
    return difference === null ? 0 : 1;
  } catch (error) {
    const reported = toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read');
    await terminal.error(file, reported);
    if (invocation.json) await printJson(terminal, reported, null);
    return statusOfError(reported);
  }
}

function verdict(original: string, patched: string, difference: Difference | null): string {
  if (difference === null) return `${patched} is, byte for byte, what patch makes of ${original}`;
  const { line, column, location, reason } = difference;
  return `${patched}:${line}:${column}: ${location === null ? '' : `in ${location}: `}${reason}`;
}

async function printJson({ out }: Terminal, error: MetabaseError | null, difference: Difference | null): Promise<void> {
  const { ok, differences } = toVerification(difference);
  const document = { version: 1, ok: ok && error === null, error: error && toDiagnostic(error), differences };
  await out.write(`${toJson(document)}\n`);
}
