import { writeTextFile } from '../files/text-file.ts';
import { toMetabaseError } from '../files/system-error.ts';
import { parseCommandLine } from './command-line.ts';
import { check } from './commands/check.ts';
import { patch } from './commands/patch.ts';
import { show } from './commands/show.ts';
import { verify } from './commands/verify.ts';
import { printJson, type RunResult } from './each-input.ts';
import { type Invocation, toInvocation } from './invocation.ts';
import { Terminal, type World } from './terminal.ts';

const COMMANDS = { patch, show, check };

/**
 * Runs the command, from its words to its exit status; it neither exits nor looks beyond the streams it gets.
 * @returns 0 done, or nothing to do; 1 not in the requested state; 2 usage error, bad input, I/O error.
 */
export async function cli(words: readonly string[], world: World): Promise<number> {
  let terminal = new Terminal(world, { color: null, quiet: false });
  try {
    const wish = await parseCommandLine(words, terminal.out.columns);
    if ('text' in wish) {
      await terminal.out.write(wish.text);
      return 0;
    }
    const invocation = toInvocation(wish.line);
    terminal = new Terminal(world, invocation);
    return await run(invocation, terminal, world);
  } catch (error) {
    await tellFailure(error, terminal);
    return 2;
  }
}

async function run(invocation: Invocation, terminal: Terminal, world: World): Promise<number> {
  if (invocation.command === 'verify') return verify(invocation, terminal);
  const done: RunResult = await COMMANDS[invocation.command](invocation, terminal, world);
  await printJson(invocation, terminal, done.results);
  if (!done.isRefused) await writeCommonFiles(invocation, done, world);
  return done.status;
}

/** The files that are about all inputs: the diff and the report. @throws MetabaseError WRITE_FAILED, OUTPUT_EXISTS */
async function writeCommonFiles(
  invocation: Invocation,
  { diff = '', results }: RunResult,
  { env }: World,
): Promise<void> {
  if (invocation.diff !== null) await writeTextFile(invocation.diff, diff, invocation.force);
  if (invocation.report === null) return;
  const { writeReport } = await import('./write-report.ts');
  await writeReport(invocation.report, invocation, results, env);
}

async function tellFailure(error: unknown, terminal: Terminal): Promise<void> {
  const { message, code } = toMetabaseError(error, 'WRITE_FAILED', 'cannot go on');
  await terminal.failure(`${message} [${code}]`);
  if (code === 'USAGE') await terminal.failure('try --help');
}
