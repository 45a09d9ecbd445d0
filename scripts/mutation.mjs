/* `npm run mutation`, or for some of the parts `npm run mutation -- patch writer`: mutation tests, part by part. The mutants of a part
   are run against its own tests alone, which is stricter than all tests together, and ten times as fast. */
import { readFile } from 'node:fs/promises';
import { Stryker } from '@stryker-mutator/core';
import jestConfig from '../jest.coverage.config.js';

const PARTS = ['verbs', 'source', 'parser', 'locator', 'patch', 'writer', 'report/result'];
const GOAL = 0.9;

/** These two name a single file each; the others are folders. */
const FILES = new Set(['verbs', 'report/result']);

async function tryMutants(part) {
  const [code, tests] = FILES.has(part) ? ['.ts', '.test.ts'] : ['/**/*.ts', '/**/*.test.ts'];
  const stryker = new Stryker({
    configFile: 'stryker.config.json',
    mutate: [`src/${part}${code}`],
    jest: {
      config: {
        testMatch: [`<rootDir>/tests/${part}${tests}`],
        testPathIgnorePatterns: jestConfig.testPathIgnorePatterns,
        testEnvironment: './scripts/fail-fast-environment.cjs',
      },
    },
    jsonReporter: { fileName: `reports/mutation/${part.replace('/', '-')}.json` },
    htmlReporter: { fileName: `reports/mutation/${part.replace('/', '-')}.html` },
  });
  return stryker.runMutationTest();
}

/** A mutant that the tests did not kill, as a row: its place, the original, and what replaced it. */
async function describe({ fileName, location: { start, end }, replacement }) {
  const source = await readFile(fileName, 'utf8');
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines.push(lines.pop().slice(0, end.column - 1));
  const original = [lines[0].slice(start.column - 1), ...lines.slice(1)].join(' ');
  const cell = (text) => `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``;
  return `| ${fileName.replace(/.*\/src\//, '')}:${start.line} | ${cell(original)} | ${cell(replacement)} |`;
}

const table = [
  '| part | mutants | killed | by a timeout | survived | found |',
  '| --- | --- | --- | --- | --- | --- |',
];
const survivors = ['| place | original | mutant |', '| --- | --- | --- |'];
const given = process.argv.slice(2);
for (const part of given.length === 0 ? PARTS : given) {
  const mutants = await tryMutants(part);
  const of = (...statuses) => mutants.filter(({ status }) => statuses.includes(status));
  const [killed, timedOut, missed] = [of('Killed'), of('Timeout'), of('Survived', 'NoCoverage')];
  const found = killed.length + timedOut.length;
  const valid = found + missed.length;
  const share = found / valid;
  const cells = [part, valid, killed.length, timedOut.length, missed.length, `${(100 * share).toFixed(1)} %`];
  table.push(`| ${cells.join(' | ')} |`);
  survivors.push(...(await Promise.all(missed.map(describe))));
  if (share < GOAL) process.exitCode = 1;
}
console.log(`\n${table.join('\n')}\n\n${survivors.join('\n')}`);
