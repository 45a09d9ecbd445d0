import type { InputFile } from '../../files/input-file.ts';
import { diffName } from '../../writer/output-name.ts';
import { patchInput } from '../../files/patch-input.ts';
import { IS_WINDOWS } from '../../files/platform.ts';
import type { PlannedText } from '../../files/read-plan.ts';
import { toFileEdits } from '../../writer/file-edits.ts';
import { outputChunks } from '../../writer/pieces.ts';
import { unifiedDiff } from '../../writer/unified-diff.ts';
import { eachInput, type Outcomes, type Work } from '../each-input.ts';
import { type Invocation, printsBytes, STANDARD_STREAM } from '../invocation.ts';
import { type Outcome, toView, type View, type Wanted } from '../outcome.ts';
import { targetOf } from '../targets.ts';
import type { Terminal, ProcessStreams } from '../terminal.ts';
import { countsOf, summaryOf } from './patch-summary.ts';

/** Writes the patched file of each input, and prints the diff. */
export async function patch(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<Outcomes> {
  const { json, quiet, diff, report, context } = invocation;
  const printsDiff = !json && !quiet && !printsBytes(invocation);
  const wanted: Wanted = {
    inspection: json || report !== null,
    context: printsDiff || diff !== null || report !== null ? context : null,
  };
  const diffs: string[] = [];
  let changed = 0;
  const work: Work = {
    run: (input, taken) => patchOne(input, invocation, taken, wanted, terminal),
    async show(outcome) {
      const { file, view } = outcome;
      const text = unifiedDiff(file === STANDARD_STREAM ? 'stdin' : diffName(file, IS_WINDOWS), view.hunks);
      if (diff !== null) diffs.push(text);
      if (printsDiff) await terminal.diff(text);
      for (const line of summaryOf(outcome, invocation)) await terminal.summary(line);
      if (view.plan.edits.length > 0) changed++;
      return 0;
    },
  };
  const done = await eachInput(invocation, terminal, streams, work);
  const counts = countsOf(done, changed, invocation);
  if (counts !== null) await terminal.summary(counts);
  return { ...done, diff: diffs.join('') };
}

async function patchOne(
  input: InputFile,
  invocation: Invocation,
  taken: ReadonlySet<string>,
  wanted: Wanted,
  terminal: Terminal,
): Promise<Pick<Outcome, 'output' | 'backup'> & { view: View }> {
  const named = invocation.dryRun ? null : targetOf(input.path, invocation);
  const target = named && { ...named, taken };
  const progress = terminal.progress(input.path);
  const describe = (planned: PlannedText): { planned: PlannedText; view: View } => {
    return { planned, view: toView(planned, wanted) };
  };
  try {
    const { view, output, backup } = await patchInput(input, invocation.request, target, describe, progress.onProgress);
    if (printsBytes(invocation)) await printBytes(input, view.planned, terminal);
    return { view: view.view, output, backup };
  } finally {
    await progress.done();
  }
}

async function printBytes(input: InputFile, { text, plan }: PlannedText, { out }: Terminal): Promise<void> {
  for (const { bytes } of outputChunks(input.source, toFileEdits(text, plan.edits))) await out.write(bytes);
  input.assertUnchanged();
}
