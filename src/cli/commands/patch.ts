import type { InputFile } from '../../files/input-file.ts';
import { patchInput } from '../../files/patch-input.ts';
import { IS_WINDOWS } from '../../files/platform.ts';
import type { Plan } from '../../patch/plan.ts';
import { type FileResult, fileResult, type Shown } from '../../report/result.ts';
import { newHash } from '../hash.ts';
import { outputChunks } from '../../writer/patched-output.ts';
import { diffName, unifiedDiff } from '../../writer/unified-diff.ts';
import { eachInput, type InputCommand, type RunResult } from '../each-input.ts';
import { type Invocation, printsBytes, STANDARD_STREAM } from '../invocation.ts';
import { targetOf } from '../targets.ts';
import type { Terminal, World } from '../terminal.ts';
import { countsOf, summaryOf } from './patch-summary.ts';

/** Writes the patched file of each input, and prints the diff. */
export async function patch(invocation: Invocation, terminal: Terminal, world: World): Promise<RunResult> {
  const { json, quiet, diff, report, context } = invocation;
  const printsDiff = !json && !quiet && !printsBytes(invocation);
  const shown: Shown = {
    positions: json || report !== null,
    context: printsDiff || diff !== null || report !== null ? context : null,
    newHash: report === null ? null : newHash,
  };
  const diffs: string[] = [];
  let changed = 0;
  const command: InputCommand = {
    run: (input, taken) => patchOne(input, invocation, taken, shown, terminal),
    async print(result) {
      const { file, hunks, changed: isChanged } = result;
      const text = unifiedDiff(file === STANDARD_STREAM ? 'stdin' : diffName(file, IS_WINDOWS), hunks);
      if (diff !== null) diffs.push(text);
      if (printsDiff) await terminal.diff(text);
      for (const line of summaryOf(result, invocation)) await terminal.summary(line);
      if (isChanged) changed++;
      return 0;
    },
  };
  const done = await eachInput(invocation, terminal, world, command);
  const counts = countsOf(done, changed, invocation);
  if (counts !== null) await terminal.summary(counts);
  return { ...done, diff: diffs.join('') };
}

async function patchOne(
  input: InputFile,
  invocation: Invocation,
  taken: ReadonlySet<string>,
  shown: Shown,
  terminal: Terminal,
): Promise<FileResult> {
  const named = invocation.dryRun ? null : targetOf(input.path, invocation);
  const target = named && { ...named, taken };
  const progress = terminal.progress(input.path);
  const describe = (plan: Plan): { plan: Plan; result: FileResult } => {
    const result = fileResult(input.path, input.source, plan, shown);
    input.assertUnchanged();
    return { plan, result };
  };
  try {
    const { view, output, backup } = await patchInput(input, invocation.request, target, describe, progress.onProgress);
    const isPrinted = printsBytes(invocation);
    if (isPrinted) await printBytes(input, view.plan, terminal);
    const outputName = isPrinted ? 'standard output' : (targetOf(input.path, invocation)?.path ?? null);
    return { ...view.result, output, backup, outputName, isWritten: isPrinted || output !== null };
  } finally {
    await progress.done();
  }
}

async function printBytes(input: InputFile, { edits }: Plan, { out }: Terminal): Promise<void> {
  for (const { bytes } of outputChunks(input.source, edits)) await out.write(bytes);
  input.assertUnchanged();
}
