import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderWith, type Run, run } from './command.ts';

const library = join(folderWith(), 'refuse-calls.so');
const source = fileURLToPath(new URL('refuse-calls.c', import.meta.url));
const isMade =
  process.platform === 'linux' && spawnSync('cc', ['-shared', '-fPIC', '-o', library, source]).status === 0;

/** For tests with `runRefused`, which needs Linux and a C compiler. */
export const testRefused = isMade ? test : test.skip;

/** Runs the command on a system that refuses some calls. @param env What it refuses: see refuse-calls.c. */
export function runRefused(words: readonly string[], cwd: string, env: Record<string, string>): Run {
  return run(words, { cwd, env: { LD_PRELOAD: library, ...env } });
}
