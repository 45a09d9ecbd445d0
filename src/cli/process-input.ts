import type { InputFile } from '../files/input-file.ts';
import { readPlan } from '../files/read-plan.ts';
import { StagedOutput, type Target } from '../files/staged-output.ts';
import { toMetabaseError } from '../files/system-error.ts';
import type { Plan } from '../patch/plan.ts';
import { digestsOfRefused } from '../report/digest.ts';
import { type FileResult, fileResult, refusedResult, type ResultOptions } from '../report/result.ts';
import { assertUtf8 } from '../source/encoding.ts';
import type { Source } from '../source/source.ts';
import { outputChunks } from '../writer/patched-output.ts';
import { newHash } from './common-files.ts';
import { openNamed } from './inputs.ts';
import { type Invocation, printsBytes } from './invocation.ts';
import type { Placement } from './outputs.ts';
import { cleaningUpOnSignals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** Reads an input, and for patch writes its output. @returns The result, also of an input that is refused. */
export async function processInput(
  { name, target, refusal }: Placement,
  invocation: Invocation,
  terminal: Terminal,
): Promise<FileResult> {
  let input: InputFile | null = null;
  try {
    const opened = await openNamed(name);
    input = opened;
    if (refusal !== null) throw refusal;
    const work = (): Promise<FileResult> => readAndWrite(opened, target, invocation, terminal);
    return await (target === null || invocation.dryRun ? work() : cleaningUpOnSignals(work));
  } catch (error) {
    const reported = toMetabaseError(error, 'FILE_UNREADABLE', 'cannot be read');
    const encoding = input !== null && !reported.code.startsWith('ENCODING_') ? encodingOf(input.source) : null;
    const digests = input === null || invocation.report === null ? null : digestsOfRefused(input.source, newHash);
    return refusedResult(name, reported, encoding, digests);
  } finally {
    input?.close();
  }
}

/** Reads a metabase and plans its patch; a terminal shows how much of it has been read. @throws MetabaseError as `readPlan` does */
export function readPlanShowingProgress(
  input: InputFile,
  { command, request }: Invocation,
  terminal: Terminal,
): Promise<Plan> {
  const missing = command === 'show' || command === 'check' ? 'report' : 'refuse';
  let percent = 0;
  const plan = readPlan(input, request, missing, (offset, length) => {
    percent = Math.floor((100 * offset) / length);
  });
  return terminal.showingStatus(plan, () => `${input.path}: read ${percent} %`);
}

async function readAndWrite(
  input: InputFile,
  target: Target | null,
  invocation: Invocation,
  terminal: Terminal,
): Promise<FileResult> {
  const { dryRun } = invocation;
  const staged = new StagedOutput(input, target, dryRun);
  const isPrinted = printsBytes(invocation);
  let result: FileResult | null = null;
  try {
    const plan = await readPlanShowingProgress(input, invocation, terminal);
    result = fileResult(input.path, input.source, plan, resultOptions(plan, invocation));
    const { output, backup, warnings } = await staged.commit(plan.edits);
    if (isPrinted) await printBytes(input, plan, terminal);
    const outputName = isPrinted ? 'standard output' : (target?.path ?? null);
    const isWritten = isPrinted || output !== null;
    return { ...result, warnings: [...result.warnings, ...warnings], output, backup, outputName, isWritten };
  } catch (error) {
    if (result === null) throw error;
    // By now the input may be closed, so what was found out about it counts.
    const { encoding, digests } = result;
    const reported = toMetabaseError(error, 'WRITE_FAILED', 'cannot be written');
    return refusedResult(input.path, reported, encoding, digests && { ...digests, output: null });
  } finally {
    await staged.abandon();
  }
}

/** @returns What will be shown of the result: each part costs another pass over the text. */
function resultOptions({ servers }: Plan, invocation: Invocation): ResultOptions {
  const { command, json, quiet, diff, report, context } = invocation;
  const hasFindings = command === 'check' && !quiet && servers.some(({ ok }) => ok === false);
  const printsDiff = command === 'patch' && !json && !quiet && !printsBytes(invocation);
  return {
    positions: json || report !== null || hasFindings,
    context: printsDiff || diff !== null || report !== null ? context : null,
    newHash: report === null ? null : newHash,
  };
}

async function printBytes(input: InputFile, { edits }: Plan, { out }: Terminal): Promise<void> {
  for (const { bytes } of outputChunks(input.source, edits)) await out.write(bytes);
  input.assertUnchanged();
}

function encodingOf(source: Source): FileResult['encoding'] {
  try {
    assertUtf8(source);
    return 'utf-8';
  } catch {
    return null;
  }
}
