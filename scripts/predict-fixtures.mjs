import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from './temporary-folder.mjs';

/*
 * For each fixture that has neither expectation nor error yet: asks the oracle of the tests, which shares no code with src,
 * for the patched file, and git for the diff. Existing files are never overwritten.
 */

const folder = temporaryFolder('oracle');
const outfile = join(folder, 'predict.mjs');
await build({
  entryPoints: ['tests/oracle/predict.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { predict } = await import(pathToFileURL(outfile));

for (const name of readdirSync('fixtures', { withFileTypes: true }).filter((each) => each.isDirectory())) {
  const at = (file) => join('fixtures', name.name, file);
  if (existsSync(at('expected.xml')) || existsSync(at('error.json'))) continue;
  const input = readFileSync(at('input.xml'));
  const request = existsSync(at('case.json')) ? JSON.parse(readFileSync(at('case.json'), 'utf8')).oracle : {};
  const output = predict(input, request);
  if (typeof output === 'string') throw new Error(`${name.name}: ${output}, so it needs an error.json`);
  writeFileSync(at('expected.xml'), output);
  writeFileSync(at('expected.diff'), diff(input, output));
}

function diff(before, after) {
  writeFileSync(join(folder, 'a'), before);
  writeFileSync(join(folder, 'b'), after);
  const args = ['-c', 'core.autocrlf=false', 'diff', '--no-index', '--text', '--no-ext-diff', '-U3', 'a', 'b'];
  const { stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  const hunks = stdout.slice(stdout.indexOf('\n@@') + 1).replace(/^(@@ .*? @@).*$/gm, '$1');
  return stdout === '' ? '' : `--- a/input.xml\n+++ b/input.xml\n${hunks}`;
}
