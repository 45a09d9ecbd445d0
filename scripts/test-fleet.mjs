import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.mjs';

/*
 * `npm run test:fleet`: tries the recipes of docs/fleet.md, as the page has them, on the exports of a hundred hosts, one of them
 * damaged. Ansible works on this machine as if it were each of the hosts. Needs ansible-core (Debian: apt-get install
 * ansible-core), and PowerShell (pwsh) for its own recipe, which is skipped without it.
 */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const home = temporaryFolder('fleet');
const HOSTS = Array.from({ length: 100 }, (_, i) => `MAIL${i}`);
const DAMAGED = 'MAIL42';

mkdirSync(join(home, 'bin'));
const command = join(home, 'bin/iis-metabase-patch');
writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${at('dist/cli.cjs')}' "$@"\n`);
chmodSync(command, 0o755);
const env = { ...process.env, PATH: `${join(home, 'bin')}${delimiter}${process.env.PATH}`, LC_ALL: 'C.UTF-8' };

const input = readFileSync(at('fixtures/windows-server-2003/input.xml'), 'utf8');
const expected = readFileSync(at('fixtures/windows-server-2003/expected.xml'), 'utf8');

/** @returns The metabase as if it were that of the host, so that none can be taken for another. */
const metabaseOf = (host, text) => text.replaceAll('mail01.example.com', `${host}.example.com`);

function writeExports(folder) {
  for (const host of HOSTS) {
    const metabase = metabaseOf(host, input);
    mkdirSync(join(folder, host), { recursive: true });
    writeFileSync(join(folder, host, 'MetaBase.xml'), host === DAMAGED ? metabase.slice(0, 50_000) : metabase);
  }
}

function assertPatched(folder) {
  const good = HOSTS.filter((host) => host !== DAMAGED);
  assert.deepEqual(readdirSync(folder).sort(), good.sort());
  for (const host of good) {
    assert.equal(readFileSync(join(folder, host, 'MetaBase.xml'), 'utf8'), metabaseOf(host, expected), host);
  }
}

function assertReport(path) {
  const page = readFileSync(path, 'utf8');
  for (const host of HOSTS) assert.ok(page.includes(`${host}/MetaBase.xml`), host);
}

/** @returns The only block of docs/fleet.md in this language that has the words. */
function recipe(language, words) {
  const blocks = readFileSync(at('docs/fleet.md'), 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms);
  const found = [...blocks].filter(([, each, text]) => each === language && text.includes(words));
  assert.equal(found.length, 1, `${language}: ${words}`);
  return found[0][2];
}

function run(program, words, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, output: `${stdout}\n${stderr}` };
}

/** Runs the lines of a recipe one by one. All but the first, which makes the list, end with 2, because one export is damaged. */
function tryRecipe(shell, toWords, lines) {
  const folder = mkdtempSync(join(home, 'recipe-'));
  writeExports(join(folder, 'exports'));
  const [list, check, patch] = lines.map((line) => run(shell, toWords(line), folder));
  assert.equal(list.status, 0, list.output);
  assert.equal(check.status, 2, check.output);
  assert.match(check.output, /100 files: 0 ok, 99 not ok, 1 refused/);
  assertReport(join(folder, 'fleet.html'));
  assert.equal(patch.status, 2, patch.output);
  assert.match(patch.output, /MAIL42.MetaBase\.xml:\d+:\d+: .*XML_UNEXPECTED_END/);
  assertPatched(join(folder, 'patched'));
}

function tryAnsible() {
  writeExports(join(home, 'hosts'));
  const hosts = HOSTS.map(
    (host) => `${host} ansible_connection=local metabase=${join(home, 'hosts', host, 'MetaBase.xml')}`,
  );
  writeFileSync(join(home, 'inventory.ini'), `[smtp]\n${hosts.join('\n')}\n`);
  const folder = join(home, 'ansible');
  const line = recipe('sh', 'ansible-playbook')
    .replace(/folder=\S+/, `folder=${folder}`)
    .replace('docs/fleet/metabases.yml', `'${at('docs/fleet/metabases.yml')}'`);
  const { status, output } = run('bash', ['-c', line], home);
  assert.equal(status, 2, output);
  assert.match(output, /MAIL42\/MetaBase\.xml:\d+:\d+: .*XML_UNEXPECTED_END/);
  assertReport(join(folder, 'fleet.html'));
  assertPatched(join(folder, 'patched'));
}

tryRecipe('bash', (line) => ['-c', line], recipe('sh', '--files-from').trim().split('\n'));
console.log('The recipe for Linux patched 99 exports, byte for byte, and refused the damaged one.');

if (spawnSync('pwsh', ['-Version']).error === undefined) {
  // The lines after the loop, which copies from Windows hosts.
  const lines = recipe('powershell', '--files-from').trim().split('\n').slice(-3);
  tryRecipe('pwsh', (line) => ['-NoProfile', '-Command', `${line}; exit $LASTEXITCODE`], lines);
  console.log('So did the recipe for PowerShell.');
} else console.log('PowerShell is not installed: its recipe was not tried.');

tryAnsible();
console.log('So did the Ansible playbook.');
