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
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNode } from './node-package.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { RELEASED_NODE, writeExecutable } from './windows-executable.mjs';

/*
 * `npm run test:windows`: the executable, and the plain command under Windows' own Node, on real files: on Windows itself,
 * elsewhere under Wine (Debian: apt-get install wine64). The standard streams go to files, because Wine's own consoles and pipes
 * differ from those of Windows.
 */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const home = temporaryFolder('windows');
const onWindows = process.platform === 'win32';
const wine = onWindows ? undefined : findWine();
const env = { ...process.env, WINEPREFIX: join(home, 'prefix'), WINEDEBUG: '-all', NO_COLOR: '1' };

/** WINE in the environment names one that is somewhere else. */
function findWine() {
  const paths = [process.env.WINE, '/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'];
  const found = paths.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('Wine is not installed: apt-get install wine64');
  return found;
}

/** Runs a Windows program. */
function runOnWindows(words, { cwd = home, input } = {}) {
  const [program, ...args] = wine === undefined ? words : [wine, ...words];
  const [out, err] = [join(home, 'out'), join(home, 'err')];
  writeFileSync(join(home, 'in'), input ?? '');
  const streams = [openSync(join(home, 'in'), 'r'), openSync(out, 'w'), openSync(err, 'w')];
  const { status } = spawnSync(program, args, { cwd, env, stdio: streams, timeout: 120_000 });
  for (const stream of streams) closeSync(stream);
  return { status, out: readFileSync(out), err: readFileSync(err, 'utf8') };
}

/**
 * The released Node, if it runs here. Wine 8 (Debian 12) cannot run Node 24, whose V8 reserves memory in a way that Wine 8 lacks.
 */
function findNode() {
  const candidates = [RELEASED_NODE, { version: '22.23.3' }];
  const runs = ({ version }) => {
    const { executable } = installNode(version, home, 'win32-x64');
    return runOnWindows([executable, '-p', 'process.version']).out.toString() === `v${version}\n`;
  };
  const found = candidates.find(runs);
  if (found === undefined) throw new Error('Neither Node runs here.');
  console.log(`Node ${found.version}${found === RELEASED_NODE ? '' : ` (${RELEASED_NODE.version} does not run here)`}`);
  return found;
}

// Wine poses as Windows 7, which Node no longer runs on.
if (!onWindows) runOnWindows(['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']);

const node = findNode();
const executable = join(home, 'iis-metabase-patch.exe');
writeExecutable(executable, node);
const programs = {
  'the executable': [executable],
  'node.exe with dist/cli.cjs': [installNode(node.version, home, 'win32-x64').executable, at('dist/cli.cjs')],
};
const fixture = (name, file) => readFileSync(at(`fixtures/${name}/${file}`));
const input = fixture('windows-server-2003', 'input.xml');
const expected = fixture('windows-server-2003', 'expected.xml');

const cases = {
  '--version and --help'(run) {
    assert.match(run(['--version']).out.toString(), /^\d+\.\d+\.\d+\n$/);
    assert.match(run(['check', '--help']).out.toString(), /^Usage: iis-metabase-patch check/);
  },
  'patches fixtures byte for byte'(run, folder) {
    for (const name of ['windows-server-2003', 'utf-8-bom', 'custom-by-id', 'lf-line-ends', 'several-values']) {
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
  'a folder whose name is not ASCII: no temporary file is left'(run, folder) {
    const cwd = join(folder, 'Müller');
    mkdirSync(cwd);
    copyFileSync(join(folder, 'MetaBase.xml'), join(cwd, 'a.xml'));
    for (const words of [['a.xml'], ['-o', 'b.xml', 'a.xml'], ['-i', 'a.xml']])
      assert.equal(run(['-q', ...words], { cwd }).status, 0);
    assert.deepEqual(readdirSync(cwd).sort(), ['a.patched.xml', 'a.xml', 'a.xml.bak', 'b.xml']);
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
    // Wine shows this machine's files as the drive Z:.
    const path = `${onWindows ? folder : `Z:${folder.replaceAll('/', '\\')}`}\\a b\\é.xml`;
    const { out, status } = run(['-n', path]);
    assert.equal(status, 0);
    const named = folder.replace(/^[A-Za-z]:/, '').replaceAll('\\', '/');
    assert.ok(out.toString().startsWith(`--- "a${named}/a b/\\303\\251.xml"\t\n`));
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
    assert.match(run(['show', 'MetaBase.xml']).out.toString(), /8BITMIME: no longer/);
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
  'malformed input is refused, and no file is left'(run, folder) {
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
      check((args, options) => runOnWindows([...words, ...args], { cwd: folder, ...options }), folder);
      console.log(`ok      ${name}: ${title}`);
    } catch (error) {
      failures++;
      console.log(`FAILED  ${name}: ${title}\n${error.message}`);
    }
  }
}
console.log(`${Object.keys(programs).length * Object.keys(cases).length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
