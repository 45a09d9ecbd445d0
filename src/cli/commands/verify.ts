import { type InputFile, openInput } from '../../files/input-file.ts';
import { readPlan } from '../../files/read-plan.ts';
import { toMetabaseError } from '../../files/system-error.ts';
import { toDiagnostic } from '../../report/json.ts';
import { toJson } from '../../report/escape-controls.ts';
import { type Difference, firstDifference } from '../../writer/first-difference.ts';
import type { Invocation } from '../invocation.ts';
import { statusOf } from '../each-input.ts';
import type { Terminal } from '../terminal.ts';

/** Proves that the second file is what patch makes of the first. @returns The exit status. */
export async function verify(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [original, patched] = invocation.files;
  const inputs: InputFile[] = [];
  let file = original;
  try {
    inputs.push(openInput(original));
    file = patched;
    inputs.push(openInput(patched));
    file = original;
    const difference = await compare(inputs[0], inputs[1], invocation, terminal);
    if (invocation.json) await printJson(terminal, { ok: difference === null, error: null, difference });
    else await terminal.lines([verdict(original, patched, difference)]);
    return difference === null ? 0 : 1;
  } catch (error) {
    const told = toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read');
    await terminal.error(file, told);
    if (invocation.json) await printJson(terminal, { ok: false, error: toDiagnostic(told), difference: null });
    return statusOf(told);
  } finally {
    for (const input of inputs) input.close();
  }
}

async function compare(
  original: InputFile,
  patched: InputFile,
  { request }: Invocation,
  terminal: Terminal,
): Promise<Difference | null> {
  const progress = terminal.progress(original.path);
  const plan = await readPlan(original.source, request, 'refuse', progress.onProgress);
  await progress.done();
  const difference = firstDifference(original.source, plan, patched.source);
  original.assertUnchanged();
  patched.assertUnchanged();
  return difference;
}

function verdict(original: string, patched: string, difference: Difference | null): string {
  if (difference === null) return `${patched} is, byte for byte, what patch makes of ${original}`;
  const { line, column, location, reason } = difference;
  return `${patched}:${line}:${column}: ${reason}${location === null ? '' : `, in ${location}`}`;
}

async function printJson(
  { out }: Terminal,
  { ok, error, difference }: { ok: boolean; error: object | null; difference: Difference | null },
): Promise<void> {
  const differences = difference === null ? [] : [difference];
  await out.write(`${toJson({ version: 1, ok, error, differences })}\n`);
}
