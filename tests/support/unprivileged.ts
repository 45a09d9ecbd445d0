import { CLI, type Run, run, runProgram } from './command.ts';

export const isRoot = process.getuid?.() === 0;

/** Root may do everything: what the system does not allow can be seen only as another user. */
export const NOBODY = 65534;

/** For tests that need files with another owner. */
export const testAsRoot = isRoot ? test : test.skip;

/** Runs the command as an unprivileged user, who is in these groups only. */
export function runAsNobody(words: readonly string[], cwd: string, group = NOBODY): Run {
  if (!isRoot) return run(words, { cwd });
  const user = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--groups', String(group)];
  return runProgram('setpriv', [...user, process.execPath, CLI, ...words], { cwd });
}
