import type { Code, Diagnostic } from '../../errors.ts';
import { withInput } from '../../files/input-file.ts';
import { toMetabaseError } from '../../files/system-error.ts';
import { toDiagnostic, toJson } from '../../report/json.ts';
import { type Verification, verifyPatched } from '../../writer/verification.ts';
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
    const verification = await withInput(original, async (input) => {
      const plan = await readPlanShowingProgress(input, invocation, terminal);
      for (const warning of plan.warnings) {
        if (!ABOUT_THE_SERVER.has(warning.code)) await terminal.warning(original, warning);
      }
      file = patched;
      return withInput(patched, (other) => {
        try {
          return verifyPatched(input.source, plan, other.source);
        } finally {
          file = original;
          input.assertUnchanged();
          file = patched;
          other.assertUnchanged();
        }
      });
    });
    if (invocation.json) await printJson(terminal, verification, null);
    else await terminal.lines([verdict(original, patched, verification)]);
    return verification.ok ? 0 : 1;
  } catch (error) {
    const reported = toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read');
    await terminal.error(file, reported);
    if (invocation.json) await printJson(terminal, { ok: false, differences: [] }, toDiagnostic(reported));
    return statusOfError(reported);
  }
}

function verdict(original: string, patched: string, { ok, differences }: Verification): string {
  if (ok) return `${patched} is, byte for byte, what patch makes of ${original}`;
  const [{ line, column, location, reason }] = differences;
  return `${patched}:${line}:${column}: ${location === null ? '' : `in ${location}: `}${reason}`;
}

async function printJson(
  { out }: Terminal,
  { ok, differences }: Verification,
  error: Diagnostic | null,
): Promise<void> {
  await out.write(`${toJson({ version: 1, ok, error, differences })}\n`);
}
