import { IS_WINDOWS } from '../../files/file-identity.ts';
import type { InputFile } from '../../files/input-file.ts';
import { checkOutput } from '../../files/overwrite-check.ts';
import { readPlan } from '../../files/read-plan.ts';
import { StagedOutput, type Target } from '../../files/staged-output.ts';
import type { Plan } from '../../patch/plan.ts';
import { type FileResult, fileResult, type ResultOptions } from '../../report/result.ts';
import { outputChunks } from '../../writer/patched-output.ts';
import { diffName, unifiedDiff } from '../../writer/unified-diff.ts';
import { forEachInput, type InputCommand, type RunResult } from '../for-each-input.ts';
import { newHash } from '../sha256.ts';
import { type Invocation, printsBytes, STANDARD_STREAM } from '../invocation.ts';
import { cleaningUpOnSignals } from '../signals.ts';
import { namedFiles, targetOf } from '../targets.ts';
import type { Terminal, ProcessStreams } from '../terminal.ts';
import { countsOf, summaryOf } from './patch-summary.ts';

/** Writes the patched file of each input, and prints the diff. */
export async function patch(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<RunResult> {
  const { json, quiet, diff, report, context } = invocation;
  const printsDiff = !json && !quiet && !printsBytes(invocation);
  const options: ResultOptions = {
    positions: json || report !== null,
    context: printsDiff || diff !== null || report !== null ? context : null,
    newHash: report === null ? null : newHash,
  };
  const reserved = invocation.inPlace ? namedFiles(invocation) : new Set<string>();
  const diffs: string[] = [];
  let changed = 0;
  const command: InputCommand = {
    run(input) {
      const target = targetOf(input.path, invocation);
      if (target === null || invocation.dryRun) return patchOne(input, target, options, invocation, terminal);
      return cleaningUpOnSignals(() => patchOne(input, { ...target, reserved }, options, invocation, terminal));
    },
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
  const done = await forEachInput(invocation, terminal, streams, command);
  const counts = countsOf(done, changed, invocation);
  if (counts !== null) await terminal.summary(counts);
  return { ...done, diff: diffs.join('') };
}

async function patchOne(
  input: InputFile,
  target: Target | null,
  options: ResultOptions,
  invocation: Invocation,
  terminal: Terminal,
): Promise<FileResult> {
  const progress = terminal.progress(input.path);
  const staged = new StagedOutput(input, invocation.dryRun ? null : target);
  const isPrinted = printsBytes(invocation);
  try {
    const plan = await readPlan(input, invocation.request, 'refuse', progress.onProgress);
    if (invocation.dryRun && plan.edits.length > 0) refuseExisting(target);
    const result = fileResult(input.path, input.source, plan, options);
    const { output, backup, warnings } = await staged.commit(plan.edits);
    if (isPrinted) await printBytes(input, plan, terminal);
    const outputName = isPrinted ? 'standard output' : (target?.path ?? null);
    const isWritten = isPrinted || output !== null;
    return { ...result, warnings: [...result.warnings, ...warnings], output, backup, outputName, isWritten };
  } finally {
    await staged.abandon();
    await progress.done();
  }
}

/** A dry run refuses what the run itself would refuse when it writes. @throws MetabaseError OUTPUT_EXISTS */
function refuseExisting(target: Target | null): void {
  const refusal = target && checkOutput(target.path, new Set(), target.overwrite);
  if (refusal !== null) throw refusal;
}

async function printBytes(input: InputFile, { edits }: Plan, { out }: Terminal): Promise<void> {
  for (const { bytes } of outputChunks(input.source, edits)) await out.write(bytes);
  input.assertUnchanged();
}
