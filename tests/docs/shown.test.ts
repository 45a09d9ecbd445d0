import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI, folderWith, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const pages = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md') && existsSync(join(ROOT, path)));

/** The terminal sessions on a page: each command, and what it printed. */
function sessions(page: string): { command: string; output: string }[] {
  const blocks = [...read(page).matchAll(/```console\n(.*?)```/gs)].map((match) => match[1]);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command, ...output] = part.split('\n');
        return { command, output: output.join('\n').trimEnd() };
      }),
  );
}

const withSessions = pages.filter((page) => sessions(page).length > 0);

test('the pages with terminal sessions are found', () => {
  expect(withSessions).toEqual(expect.arrayContaining(['README.md', 'docs/cli.md', 'docs/errors.md', 'docs/guide.md']));
});

testWith('bash').each(withSessions)('%s can be followed word by word', (page) => {
  const cwd = folderWith({ 'MetaBase.xml': readFileSync(join(ROOT, 'fixtures/windows-server-2003/input.xml')) });
  const bin = folderWith({ 'iis-metabase-patch': `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n` });
  chmodSync(join(bin, 'iis-metabase-patch'), 0o755);
  const env = { PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter), LC_ALL: 'C' };
  for (const { command, output } of sessions(page)) {
    const { out } = runProgram('bash', ['-c', `{ ${command}\n} 2>&1`], { cwd, env });
    expect(`$ ${command}\n${out.replaceAll('\r', '').trimEnd()}`).toBe(`$ ${command}\n${output}`);
  }
});

test('every code of an error or a warning has its paragraph in docs/errors.md', () => {
  const union = /export type Code =\n(.*?);/s.exec(read('src/errors.ts'))?.[1] ?? '';
  const codes = [...union.matchAll(/'([A-Z0-9_]+)'/g)].map((match) => match[1]);
  const headings = [...read('docs/errors.md').matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
  expect(codes.length).toBeGreaterThan(30);
  expect(headings.sort()).toEqual(codes.sort());
});

test('every link of a page leads to a file or a heading', () => {
  const slug = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-');
  for (const page of pages) {
    for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path, anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      expect(`${page}: ${file} ${existsSync(join(ROOT, file)) ? 'exists' : 'is missing'}`).toContain('exists');
      if (!target.includes('#')) continue;
      const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map((match) => slug(match[1]));
      expect(headings).toContain(anchor);
    }
  }
});
