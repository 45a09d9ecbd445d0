import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * `npm run test:fleet`: tries the recipes of docs/fleet.md on a hundred generated exports, a bad one among them. Ansible works
 * on this machine as if it were each of the hosts. Needs GNU parallel and ansible-core (Debian: apt-get install …).
 */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'fleet-'));
const COUNT = 100;
const BAD = 'host42.xml';

mkdirSync(join(home, 'bin'));
writeFileSync(
  join(home, 'bin/iis-metabase-patch'),
  `#!/bin/sh\nexec '${process.execPath}' '${at('dist/cli.cjs')}' "$@"\n`,
);
chmodSync(join(home, 'bin/iis-metabase-patch'), 0o755);
const env = { ...process.env, PATH: `${join(home, 'bin')}${delimiter}${process.env.PATH}`, LC_ALL: 'C.UTF-8' };

const input = readFileSync(at('fixtures/windows-server-2003/input.xml'), 'utf8');
const expected = readFileSync(at('fixtures/windows-server-2003/expected.xml'), 'utf8');
const named = (text, i) => text.replaceAll('mail01.example.com', `mail${i}.example.com`);

function exportsIn(folder) {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < COUNT; i++) writeFileSync(join(folder, `host${i}.xml`), named(input, i));
  writeFileSync(join(folder, BAD), named(input, 42).slice(0, 50_000));
}

function bash(command, status) {
  const done = spawnSync('bash', ['-c', command], { cwd: home, env, encoding: 'utf8' });
  assert.equal(done.status, status, `${command}\n${done.stdout}\n${done.stderr}`);
  return done;
}

function patchedIn(folder) {
  const names = readdirSync(folder);
  assert.equal(names.length, COUNT - 1);
  for (const name of names)
    assert.equal(readFileSync(join(folder, name), 'utf8'), named(expected, Number(/\d+/.exec(name))));
  assert.ok(!names.includes(BAD));
}

exportsIn(join(home, 'exports'));
const check = bash(
  "find exports -name '*.xml' -print0 | iis-metabase-patch check --files-from - --report fleet.html",
  2,
);
assert.equal(check.stdout.trim().split('\n').length, 2 * (COUNT - 1));
assert.match(check.stderr, /100 files: 0 ok, 99 not ok, 1 refused/);
const page = readFileSync(join(home, 'fleet.html'), 'utf8');
assert.equal(page.match(/class="change"/g).length, COUNT - 1);
console.log(
  `one call checked ${COUNT} exports, ${COUNT - 1} to change and 1 refused; the page has ${Math.round(page.length / 1024)} KB`,
);

bash(
  "find exports -name '*.xml' -print0 | parallel -0 -n 25 iis-metabase-patch -q --force --out-dir patched {}; test $? -ge 1",
  0,
);
patchedIn(join(home, 'patched'));
console.log(`GNU parallel patched ${COUNT - 1} exports, byte for byte`);

exportsIn(join(home, 'hosts'));
const hosts = Array.from(
  { length: COUNT },
  (_, i) => `host${i} ansible_connection=local metabase=${join(home, 'hosts', `host${i}.xml`)}`,
);
writeFileSync(join(home, 'inventory.ini'), `[smtp]\n${hosts.join('\n')}\n`);
const folder = join(home, 'ansible');
const play = bash(`ansible-playbook -f 10 -i inventory.ini -e folder=${folder} '${at('docs/fleet/metabases.yml')}'`, 0);
assert.match(play.stdout, /host42\.xml:\d+:\d+: .*XML_UNEXPECTED_END/);
patchedIn(join(folder, 'patched'));
assert.match(readFileSync(join(folder, 'fleet.html'), 'utf8'), /100 metabases/);
console.log(`Ansible gathered ${COUNT} exports and patched ${COUNT - 1}, byte for byte`);
rmSync(home, { recursive: true });
