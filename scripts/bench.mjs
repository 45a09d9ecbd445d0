import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeExport, makeExport } from './bench-inputs.mjs';
import { comparePairs, median, run } from './bench-runs.mjs';
import { measureShapes } from './bench-shapes.mjs';

/*
 * `npm run bench`: the speed of the built command, with its goals, as Markdown. Whole processes are measured in pairs (the
 * command, then the other program), so that noise affects both; a figure is the median of all pairs. BENCH_RUNS is their number.
 * The inputs stay in a temporary folder for the next run.
 */

const RUNS = Number(process.env.BENCH_RUNS ?? 11);
const MB = 1_000_000;
const MAX_MEMORY = 96;
const folder = join(tmpdir(), 'iis-metabase-patch-bench');
const output = join(folder, 'output');

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const command = (...args) => ({ program: process.execPath, args: [cli, ...args], output });
const node = { program: process.execPath, args: ['-e', '0'] };

const sed = (path) => {
  const args = ['s/SupportOptions="7697601"/SupportOptions="3503297"/', path];
  return { program: 'sed', args, output, printed: true };
};
const xmlwf = (path) => ({ program: 'xmlwf', args: [path] });
const xmlstarlet = (path) => {
  const args = ['ed', '-P', '-u', '//@SmtpInboundCommandSupportOptions', '-v', '3503297', path];
  return { program: 'xmlstarlet', args, output, printed: true };
};

const PARSE_IN_CHUNKS = `import sys, pyexpat
parser = pyexpat.ParserCreate()
with open(sys.argv[1], 'rb') as file:
    while chunk := file.read(1 << 16): parser.Parse(chunk, False)
parser.Parse(b'', True)`;
const expat = (path) => ({ program: 'python3', args: ['-c', PARSE_IN_CHUNKS, path] });

/** @returns A row of the comparison; the ratio of the times has a goal, or null. */
function compare(task, mine, name, other, goal) {
  const result = comparePairs(mine, other, RUNS);
  if (result === null) return [task, '', name, 'not installed', '', '', '', ''];
  const { wall, ratio, cpuRatio, memory } = result;
  const verdict = (isMet) => (isMet ? 'met' : 'missed');
  return [
    task,
    `${wall[0].toFixed(0)} ms`,
    name,
    `${wall[1].toFixed(0)} ms`,
    ratio.toFixed(2),
    goal === null ? '' : `${verdict(ratio <= goal)}: ≤ ${goal}`,
    cpuRatio.toFixed(2),
    `${memory.toFixed(0)} MB${goal === null ? '' : ` (${verdict(memory <= MAX_MEMORY)}: ≤ ${MAX_MEMORY})`}`,
  ];
}

function comparisons() {
  const [small, large, huge] = [1, 100, 400].map((size) => makeExport(folder, size * MB));
  return [
    compare('`patch -o`, 400 MB', command('-o', output, huge), 'GNU sed to a file', sed(huge), 0.55),
    compare('`check`, 100 MB', command('check', large), 'expat (Python)', expat(large), 0.33),
    compare('`check`, 100 MB', command('check', large), 'expat (xmlwf)', xmlwf(large), null),
    compare('`check`, 100 MB', command('check', large), 'xmlstarlet to a file', xmlstarlet(large), null),
    compare('`patch -o`, 1 MB', command('-o', output, small), '`node -e 0`', node, 2),
    compare('`check`, 1 MB', command('check', small), '`node -e 0`', node, null),
    compare(
      '`check`, 100 × 1 MB',
      command('check', ...copiesOf(small, 100)),
      '`check`, 100 MB',
      command('check', large),
      null,
    ),
  ];
}

/** Copies of an export, for one call with many files. */
function copiesOf(path, count) {
  const copies = join(folder, `copies-${basename(path)}`);
  mkdirSync(copies, { recursive: true });
  return Array.from({ length: count }, (_, i) => {
    const copy = join(copies, `${i}.xml`);
    if (!existsSync(copy)) copyFileSync(path, copy);
    return copy;
  });
}

/** @returns A row for each size: `check` of exports that grow to more than 4 GB. */
function growth() {
  const start = median(Array.from({ length: RUNS }, () => run(node).wall));
  return [1, 10, 100, 1000, 4400].map((size) => {
    const check = command('check', makeExport(folder, size * MB));
    const runs = Array.from({ length: size > 100 ? 3 : RUNS }, () => run(check));
    const wall = median(runs.map((each) => each.wall));
    const memory = Math.max(...runs.map((each) => each.memory));
    return [
      `${size} MB`,
      `${wall.toFixed(0)} ms`,
      `${((wall - start) / size).toFixed(2)} ms`,
      `${memory.toFixed(0)} MB`,
    ];
  });
}

function printTable(title, head, rows) {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  console.log(`\n${title}\n\n${lines.join('\n')}`);
}

function firstLine(program, ...args) {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout?.split('\n')[0] ?? '';
}

const python = firstLine('python3', '-c', 'import pyexpat, sys; print(sys.version.split()[0], pyexpat.EXPAT_VERSION)');
const versions = `Node ${process.version}, Python ${python}, ${firstLine('sed', '--version')}`;
const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 1e9)} GB`;
console.log(`${new Date().toISOString().slice(0, 10)}; ${versions}; ${machine}; median of ${RUNS} pairs.`);

const { summary, shares } = describeExport(readFileSync(makeExport(folder, 10 * MB), 'utf8'));
printTable(`The exports: ${summary}.`, ['start tags with', 'of all tags', 'of their bytes'], shares);
printTable(
  'Compared with other programs.',
  ['task', 'time', 'compared with', 'its time', 'ratio', 'goal', 'ratio of processor time', 'peak memory'],
  comparisons(),
);
printTable(
  '`check` of exports that grow.',
  ['size', 'time', 'for each MB, without the start of Node', 'peak memory'],
  growth(),
);
printTable(
  'Hostile shapes.',
  ['shape', 'MB', 'ms for each MB', 'twice the MB', 'ms for each MB', 'ratio'],
  measureShapes(),
);
