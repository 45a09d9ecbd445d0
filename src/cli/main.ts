#!/usr/bin/env node
import { toMetabaseError } from '../files/system-error.ts';
import { parseCommandLine } from './command-line.ts';
import { check, show } from './commands/inspect.ts';
import { patch } from './commands/patch.ts';
import { verify } from './commands/verify.ts';
import { forEachInput } from './for-each-input.ts';
import { type Invocation, toInvocation } from './invocation.ts';
import { Terminal } from './terminal.ts';

// The status is set, not exited with, so that what is still on its way to a pipe gets there.
void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});

/** @returns 0 done, or nothing to do; 1 not in the requested state; 2 usage error, bad input, I/O error. */
async function main(words: readonly string[]): Promise<number> {
  let terminal = new Terminal({ color: false, noColor: false, quiet: false });
  try {
    const parsed = await parseCommandLine(words, terminal.out.columns);
    if (typeof parsed === 'string') {
      await terminal.out.write(parsed);
      return 0;
    }
    const invocation = toInvocation(parsed);
    terminal = new Terminal(invocation);
    return await run(invocation, terminal);
  } catch (error) {
    const { message, code } = toMetabaseError(error, 'WRITE_FAILED', 'cannot go on');
    await terminal.failure(`${message} [${code}]`);
    if (code === 'USAGE') await terminal.failure('try --help');
    return 2;
  }
}

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { command } = invocation;
  if (command === 'verify') return verify(invocation, terminal);
  if (command !== 'ehlo') return forEachInput(invocation, { patch, show, check }[command], terminal);
  // No other command loads what opens connections.
  const { ehlo } = await import('./commands/ehlo.ts');
  return ehlo(invocation, terminal);
}
