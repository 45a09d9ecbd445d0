import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.mjs';

/*
 * `npm run fuzz -- MINUTES`: tests the properties in tests/properties with new inputs for that many minutes, or until one
 * does not hold. Prints how many inputs were tried, and for each failure how to run it again. Exit status: 1 for a failure, 2 for
 * a usage error.
 */

const minutes = Number(process.argv[2]);
if (!(minutes > 0)) {
  console.error('usage: npm run fuzz -- MINUTES');
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = temporaryFolder('fuzz');
const log = join(folder, 'log');
const report = join(folder, 'report.json');

/** Runs every property for some seconds. @returns How many inputs were tried, and jest's report. */
function runRound(seconds) {
  writeFileSync(log, '');
  rmSync(report, { force: true });
  const args = ['run', '-s', 'jest', '--', 'tests/properties', '--json', `--outputFile=${report}`];
  const { stderr } = spawnSync('npm', args, {
    cwd: root,
    env: { ...process.env, FUZZ_SECONDS: String(seconds), FUZZ_LOG: log },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    shell: process.platform === 'win32',
  });
  if (!existsSync(report)) throw new Error(`the tests did not run:\n${stderr}`);
  const counts = readFileSync(log, 'utf8').split('\n').map(Number);
  return {
    tried: counts.reduce((total, each) => total + each, 0),
    files: JSON.parse(readFileSync(report, 'utf8')).testResults,
  };
}

/** What the failure of a test says, and the command that runs its input again. */
function describeFailure({ title, failureMessages }) {
  const message = failureMessages.join('\n').replace(/\n *at .*/g, '');
  const [, seed, path] = /seed: (-?\d+), path: "([\d:]+)"/.exec(message) ?? [];
  const again = `npm run jest -- tests/properties -t '${title}'`;
  const variables = seed === undefined ? '' : `PROPERTY_SEED=${seed} PROPERTY_PATH=${path} `;
  return `FAILED: ${title}\n${message}\nRun it again:\n  ${variables}${again}`;
}

const end = Date.now() + minutes * 60_000;
let total = 0;
let failures = [];
for (let round = 1; failures.length === 0 && Date.now() < end; round++) {
  // There are about a dozen properties: even a short run reaches all of them.
  const { tried, files } = runRound(Math.max(1, Math.min(20, (end - Date.now()) / 15_000)));
  total += tried;
  failures = files.flatMap(({ assertionResults, message, status }) => {
    const failed = assertionResults.filter((each) => each.status === 'failed');
    return failed.length === 0 && status === 'failed' ? [message] : failed.map(describeFailure);
  });
  console.log(`round ${round}: ${tried} inputs tried, ${failures.length} failures`);
}
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${total} inputs tried, ${failures.length === 0 ? 'no failures' : `${failures.length} failures`}`);
process.exitCode = failures.length === 0 ? 0 : 1;
