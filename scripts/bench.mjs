import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { describeLines, makeExport } from './bench-inputs.mjs';

/*
 * `npm run bench`: whole processes, run in pairs (the tool, then the other), so that noise meets both; a figure is the
 * median of the pairs' ratios. Prints Markdown. Inputs stay in a temporary folder for the next run.
 */

const RUNS = Number(process.env.BENCH_RUNS ?? 9);
const MB = 1_000_000;
const folder = join(tmpdir(), 'iis-metabase-patch-bench');
const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const output = join(folder, 'output');

const tool = (...args) => [process.execPath, [cli, ...args]];
const hasLxml = (python) => spawnSync(python, ['-c', 'import lxml']).status === 0;
/** Debian's lxml is known to Debian's Python alone. */
const PYTHON = ['python3', '/usr/bin/python3'].find(hasLxml) ?? 'python3';
const python = (code, path, program = 'python3') => [program, ['-c', code, path]];

function commands(path) {
  return {
    cp: ['cp', [path, output]],
    'GNU sed to a file': ['sed', ['s/SupportOptions="7697601"/SupportOptions="3503297"/', path], output],
    'expat, parse only (Python)': python(
      'import sys, pyexpat\np = pyexpat.ParserCreate()\np.ParseFile(open(sys.argv[1], "rb"))',
      path,
    ),
    'xmlstarlet to a file': [
      'xmlstarlet',
      ['ed', '-P', '-u', '//@SmtpInboundCommandSupportOptions', '-v', '3503297', path],
      output,
    ],
    'lxml to a file (Python)': python(
      `import sys\nfrom lxml import etree\nt = etree.parse(sys.argv[1], etree.XMLParser(huge_tree=True))\nt.write("${output}")`,
      path,
      PYTHON,
    ),
    'node -e 0': [process.execPath, ['-e', '0']],
  };
}

function run([command, args, stdout]) {
  const target = stdout === undefined ? 'ignore' : openSync(stdout, 'w');
  const begin = performance.now();
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', target, 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const ms = performance.now() - begin;
  // The tool's check says with 1 that there is something to change.
  const isDone = status === 0 || (status === 1 && command === process.execPath);
  return error === undefined && isDone ? ms : null;
}

/** Peak resident memory in MB, of one run under GNU time; null where that is not installed. */
function peak([command, args, stdout]) {
  const log = join(folder, 'peak');
  const { status } = spawnSync('/usr/bin/time', ['-o', log, '-f', '%M', command, ...args], {
    stdio: ['ignore', stdout === undefined ? 'ignore' : openSync(stdout, 'w'), 'ignore'],
  });
  return status === null ? null : Math.round((Number(readFileSync(log, 'utf8').trim().split('\n').at(-1)) * 1024) / MB);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Runs both in turn. @returns Median times and the median ratio; null where the other is not installed. */
function compare(mine, other, before = () => undefined) {
  const pairs = [];
  for (let i = 0; i < RUNS; i++) {
    before();
    const a = run(mine);
    before();
    const b = run(other);
    if (a === null) throw new Error(`the tool failed: ${mine[1].join(' ')}`);
    if (b === null) return null;
    pairs.push([a, b]);
  }
  return {
    mine: median(pairs.map(([a]) => a)),
    other: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  };
}

const rows = [];
function row(what, { mine, other, ratio }, name, goal, memory) {
  rows.push([what, `${mine.toFixed(0)} ms`, name, `${other.toFixed(0)} ms`, ratio.toFixed(2), goal, memory]);
}

function against(what, path, mine, names, goals, before) {
  const memory = peak(mine);
  for (const name of names) {
    const result = compare(mine, commands(path)[name], before);
    if (result === null) rows.push([what, '', name, 'not installed', '', goals[name] ?? '', '']);
    else row(what, result, name, goals[name] ?? '', memory === null ? '' : `${memory} MB`);
  }
}

mkdirSync(folder, { recursive: true });
const removeOutput = () => rmSync(output, { force: true });
const small = makeExport(folder, MB);
const large = makeExport(folder, 100 * MB);
const huge = makeExport(folder, 400 * MB);

against(
  '1. patch `-o`, 400 MB',
  huge,
  tool('-q', '-o', output, huge),
  ['GNU sed to a file', 'cp'],
  { 'GNU sed to a file': '≤ 0.5' },
  removeOutput,
);
against(
  '2. `check`, 100 MB',
  large,
  tool('check', large),
  ['expat, parse only (Python)', 'xmlstarlet to a file', 'lxml to a file (Python)'],
  { 'expat, parse only (Python)': '≤ 0.33' },
);
against('3. patch `-o`, 1 MB', small, tool('-o', output, small), ['node -e 0'], { 'node -e 0': '≤ 2' }, removeOutput);
against('3. `check`, 1 MB', small, tool('check', small), ['node -e 0'], { 'node -e 0': '≤ 2' });

/** 4. Many files in one call, per MB, beside one file of 100 MB. */
const many = join(folder, 'many');
const MANY = 2000;
mkdirSync(many, { recursive: true });
const names = Array.from({ length: MANY }, (_, i) => join(many, `${i}.xml`));
for (const name of names) if (statSync(name, { throwIfNoEntry: false }) === undefined) copyFileSync(small, name);
const fleet = compare(tool('check', '-q', ...names), tool('check', '-q', large));
const perMB = { mine: fleet.mine / (MANY * (statSync(small).size / MB)), other: fleet.other / 100 };
rows.push([
  `4. \`check\`, ${MANY} × 1 MB, time per MB`,
  `${perMB.mine.toFixed(2)} ms`,
  'one of 100 MB, per MB',
  `${perMB.other.toFixed(2)} ms`,
  (perMB.mine / perMB.other).toFixed(2),
  'near 1',
  `${peak(tool('check', '-q', ...names)) ?? ''} MB`,
]);

/** 5. Linear from 1 MB to beyond 4 GB. */
const linear = [1, 10, 100, 1000, 4400].map((size) => {
  const path = makeExport(folder, size * MB);
  const times = Array.from({ length: size > 100 ? 3 : RUNS }, () => run(tool('check', path)));
  const start = median(Array.from({ length: 3 }, () => run(commands(path)['node -e 0'])));
  const ms = median(times);
  return [
    `${size} MB`,
    `${ms.toFixed(0)} ms`,
    `${((ms - start) / size).toFixed(2)} ms`,
    `${peak(tool('check', path)) ?? ''} MB`,
  ];
});

const table = (head, body) =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 1e9)} GB; locale C;
median of ${RUNS} pairs; ${new Date().toISOString().slice(0, 10)}. The exports have ${describeLines()}.

${table(['task', 'time', 'beside it', 'its time', 'ratio', 'goal', 'peak memory'], rows)}

5. \`check\` of exports of growing size:

${table(['size', 'time', 'per MB, without start', 'peak memory'], linear)}`);
