import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { temporaryFolder } from './temporary-folder.mjs';

/* Measures whole processes. A process is its program, its arguments and the file that it writes, if any; `printed` if that is its standard output. */

/** GNU time measures what Node does not show of a child process. */
const HAS_GNU_TIME = spawnSync('/usr/bin/time', ['-f', '%U', 'true']).status === 0;
const log = join(temporaryFolder('time'), 'log');

/** @returns Wall time and processor time in ms, and peak memory in MB; null if the program is not installed or fails. */
export function run({ program, args, output, printed = false }) {
  if (output !== undefined) rmSync(output, { force: true });
  const stdout = printed ? openSync(output, 'w') : 'ignore';
  const words = [program, ...args];
  const [first, ...rest] = HAS_GNU_TIME ? ['/usr/bin/time', '-o', log, '-f', '%U %S %M', ...words] : words;
  const begin = performance.now();
  const { status } = spawnSync(first, rest, {
    stdio: ['ignore', stdout, 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const wall = performance.now() - begin;
  if (printed) closeSync(stdout);
  // `check` ends with 1 if there is something to change.
  if (status !== 0 && !(status === 1 && program === process.execPath)) return null;
  if (!HAS_GNU_TIME) return { wall, cpu: NaN, memory: NaN };
  const [user, system, kilobytes] = readFileSync(log, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: 1000 * (user + system), memory: (kilobytes * 1024) / 1_000_000 };
}

/**
 * Runs two processes in turn, after one pair that does not count.
 * @returns The medians of both, the median of the ratios of the pairs, and the peak memory of the first; null if the other does
 * not run
 */
export function comparePairs(mine, other, count) {
  const pairs = Array.from({ length: count + 1 }, () => [run(mine), run(other)]).slice(1);
  if (pairs.some(([own]) => own === null)) throw new Error(`this failed: ${mine.program} ${mine.args.join(' ')}`);
  if (pairs.some(([, others]) => others === null)) return null;
  const ratio = (figure) => median(pairs.map(([own, others]) => own[figure] / others[figure]));
  return {
    wall: [0, 1].map((side) => median(pairs.map((pair) => pair[side].wall))),
    ratio: ratio('wall'),
    cpuRatio: ratio('cpu'),
    memory: Math.max(...pairs.map(([own]) => own.memory)),
  };
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
