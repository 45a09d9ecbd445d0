import type { Diagnostic } from '../errors.ts';
import { writeTextFile } from '../files/staged-output.ts';
import { toMetabaseError } from '../files/system-error.ts';
import { parseCommandLine } from './command-line.ts';
import { check } from './commands/check.ts';
import { patch } from './commands/patch.ts';
import { show } from './commands/show.ts';
import { verify } from './commands/verify.ts';
import { printJson, type RunResult } from './for-each-input.ts';
import { resolveInputs } from './inputs.ts';
import { type Invocation, toInvocation } from './invocation.ts';
import { cleaningUpOnSignals } from './signals.ts';
import { type ProcessStreams, Terminal } from './terminal.ts';
import { writeReport } from './write-report.ts';

const COMMANDS = { patch, show, check };

/**
 * Runs a command line. It neither ends the process nor touches any streams other than those given.
 * @returns 0 done, or nothing to do; 1 not in the requested state; 2 usage error, bad input, I/O error.
 */
export async function cli(words: readonly string[], streams: ProcessStreams): Promise<number> {
  let terminal = new Terminal(streams, { color: false, noColor: false, quiet: false });
  try {
    const parsed = parseCommandLine(words, terminal.out.columns);
    if (typeof parsed === 'string') return await print(parsed, terminal);
    const invocation = toInvocation(parsed);
    terminal = new Terminal(streams, invocation);
    return await run(invocation, terminal, streams);
  } catch (error) {
    await reportFailure(error, terminal);
    return 2;
  }
}

/** Prints a text that was asked for, even with `--quiet`. */
async function print(text: string, { out }: Terminal): Promise<number> {
  await out.write(text);
  return 0;
}

async function run(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<number> {
  if (invocation.command === 'verify') return verify(invocation, terminal);
  if (invocation.command === 'ehlo') {
    // No other command loads what opens connections.
    const { ehlo } = await import('./commands/ehlo.ts');
    return ehlo(invocation, terminal);
  }
  const complete = await resolveInputs(invocation, streams.stdin);
  const done: RunResult = await COMMANDS[invocation.command](complete, terminal, streams);
  await printJson(invocation, terminal, done.results);
  if (!done.isRefused) await cleaningUpOnSignals(() => writeCommonFiles(invocation, done, terminal, streams));
  return done.status;
}

/** Writes the files that are about all inputs: the diff and the report. @throws MetabaseError WRITE_FAILED, OUTPUT_EXISTS */
async function writeCommonFiles(
  invocation: Invocation,
  { diff = '', results }: RunResult,
  terminal: Terminal,
  { env }: ProcessStreams,
): Promise<void> {
  const warn = async (path: string, warnings: readonly Diagnostic[]): Promise<void> => {
    for (const warning of warnings) await terminal.warning(path, warning);
  };
  if (invocation.diff !== null)
    await warn(invocation.diff, await writeTextFile(invocation.diff, diff, invocation.force));
  if (invocation.report === null) return;
  await warn(invocation.report, await writeReport(invocation.report, invocation, results, env));
}

async function reportFailure(error: unknown, terminal: Terminal): Promise<void> {
  const { message, code } = toMetabaseError(error, 'WRITE_FAILED', 'cannot go on');
  await terminal.failure(`${message} [${code}]`);
  if (code === 'USAGE') await terminal.failure('try --help');
}
