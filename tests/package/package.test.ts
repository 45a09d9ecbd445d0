import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderWith, readText, type Run, runProgram } from '../support/command.ts';

/* The package as a user gets it: packed by npm, and unpacked where a user's program would find it. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const home = folderWith({ 'metabase.xml': readFileSync(join(ROOT, 'fixtures/attribute-form/input.xml')) });
const installed = join(home, 'node_modules/iis-metabase-patch');
let tarball = '';

beforeAll(() => {
  const packed = runProgram(process.execPath, [join(ROOT, 'scripts/pack.mjs'), home]);
  expect(packed).toMatchObject({ status: 0, err: '' });
  tarball = packed.out.trim();
  expect(runProgram('tar', ['-xzf', tarball], { cwd: home }).status).toBe(0);
  mkdirSync(dirname(installed));
  renameSync(join(home, 'package'), installed);
  symlinkSync(join(ROOT, 'node_modules/fast-xml-parser'), join(home, 'node_modules/fast-xml-parser'), 'junction');
});

const filesOf = (ending: string): string[] =>
  readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));

const runNode = (...words: string[]): Run => runProgram(process.execPath, words, { cwd: home });

test.each([
  ['publint', 'publint/src/cli.js', '--strict'],
  ['attw', '@arethetypeswrong/cli/dist/index.js', '--profile=esm-only'],
])('%s finds nothing wrong with it', (_, script, option) => {
  const { status, out, err } = runProgram(process.execPath, [join(ROOT, 'node_modules', script), option, tarball], {
    cwd: home,
  });
  expect([status, status === 0 ? '' : out + err]).toEqual([0, '']);
});

test('every relative link of a page leads to a file in the package', () => {
  const pages = filesOf('.md');
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', join('docs', 'guide.md')]));
  const missing = pages.flatMap((page) =>
    [...readText(installed, page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .filter(([, target]) => !existsSync(join(installed, dirname(page), target)))
      .map(([, target]) => `${page}: ${target}`),
  );
  expect(missing).toEqual([]);
});

test('every import of a declaration leads to a declaration', () => {
  const declarations = filesOf('.d.ts');
  expect(declarations).toEqual(expect.arrayContaining([join('dist', 'index.d.ts'), join('dist', 'node.d.ts')]));
  const broken = declarations.flatMap((name) =>
    [...readText(installed, name).matchAll(/from '(.*)'/g)]
      .filter(([, target]) => !existsSync(join(installed, dirname(name), target.replace(/\.js$/, '.d.ts'))))
      .map(([, target]) => `${name}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test.each([
  ['an ES module', "import { patch } from 'iis-metabase-patch'; import { patchFile } from 'iis-metabase-patch/node';"],
  [
    'CommonJS',
    "const { patch } = require('iis-metabase-patch'); const { patchFile } = require('iis-metabase-patch/node');",
  ],
])('%s can load both entries', (kind, load) => {
  const use = `${load}
    const { readFileSync } = process.getBuiltinModule('node:fs');
    const { edits } = patch(readFileSync('metabase.xml'));
    patchFile('metabase.xml', { dryRun: true }).then((result) => console.log(edits[0].new, result.edits[0].new));`;
  const type = kind === 'CommonJS' ? 'commonjs' : 'module';
  expect(runNode(`--input-type=${type}`, '-e', use)).toMatchObject({ status: 0, out: '3503297 3503297\n' });
});

test('the command runs, and the schema of its JSON can be imported', () => {
  const { bin, version } = JSON.parse(readText(installed, 'package.json')) as {
    bin: Record<string, string>;
    version: string;
  };
  expect(runNode(join(installed, bin['iis-metabase-patch']), '--version').out).toBe(`${version}\n`);
  const schema = runNode('-p', "require('iis-metabase-patch/output.schema.json').$schema");
  expect(schema).toMatchObject({ status: 0, out: expect.stringContaining('json-schema.org') as string });
});

test('the licences of the bundled packages come with the bundle', () => {
  const notices = readText(installed, 'dist/THIRD-PARTY-NOTICES.txt');
  for (const name of ['fast-xml-parser', 'strnum', '@nodable/entities', 'yargs', 'yargs-parser', 'cliui', 'leven']) {
    const { version } = JSON.parse(readText(ROOT, 'node_modules', name, 'package.json')) as {
      version: string;
    };
    const notice = notices.split(/\n={80}\n\n/).find((text) => text.startsWith(`${name} ${version} (`));
    expect(notice).toMatch(/Copyright (.|\n)*\bWARRANT(Y|IES)\b/);
  }
});

test('npm runs nothing when it is installed', () => {
  expect(JSON.parse(readText(installed, 'package.json'))).not.toHaveProperty('scripts');
});

test('nothing else is in it: no page, no executable, no source', () => {
  expect(readdirSync(installed).sort()).toEqual(
    ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'dist', 'docs', 'package.json'].sort(),
  );
  expect([...filesOf('.html'), ...filesOf('.exe'), ...filesOf('.map')]).toEqual([]);
});
