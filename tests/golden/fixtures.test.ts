import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { predict, type OracleRequest } from '../oracle/predict.ts';
import { folderWith, run, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

interface Case {
  readonly args?: readonly string[];
  readonly oracle?: OracleRequest;
  readonly warnings?: readonly string[];
}

interface Refusal {
  readonly code: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly exit: number;
}

interface Document {
  readonly files: readonly {
    readonly error: Refusal | null;
    readonly warnings: readonly { readonly code: string }[];
    readonly changed: boolean;
  }[];
}

const names = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function json<T>(name: string, file: string, otherwise: T): T {
  const path = join(FIXTURES, name, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;
}

const bytesOf = (name: string, file: string): Buffer => readFileSync(join(FIXTURES, name, file));
const isRefused = (name: string): boolean => existsSync(join(FIXTURES, name, 'error.json'));
const isUtf16 = (name: string): boolean => [0xfe, 0xff].includes(bytesOf(name, 'input.xml')[0]);

test('there are fixtures, and each has an expectation and a line in the README', () => {
  const readme = readFileSync(join(FIXTURES, 'README.md'), 'utf8');
  expect(names.length).toBeGreaterThan(130);
  for (const name of names) {
    expect(readme).toContain(`| [${name}](${name}) |`);
    expect(isRefused(name)).not.toBe(existsSync(join(FIXTURES, name, 'expected.xml')));
  }
});

describe.each(names.filter((name) => !isRefused(name)))('%s is patched', (name) => {
  const { args = [], oracle = {}, warnings = [] } = json<Case>(name, 'case.json', {});
  const input = bytesOf(name, 'input.xml');
  const expected = bytesOf(name, 'expected.xml');
  const diff = bytesOf(name, 'expected.diff');

  test('to the expected bytes, with the expected diff and warnings', () => {
    const cwd = folderWith({ 'input.xml': input });
    const printed = run([...args, '-o', 'output.xml', 'input.xml'], { cwd });
    expect(printed.status).toBe(0);
    expect(readFileSync(join(cwd, 'output.xml')).equals(expected)).toBe(true);
    expect(printed.out).toBe(diff.toString());
    const document = JSON.parse(run([...args, '-n', '--json', 'input.xml'], { cwd }).out) as Document;
    expect(document.files[0].warnings.map(({ code }) => code)).toEqual(warnings);
    expect(document.files[0].changed).toBe(!input.equals(expected));
  });

  test('as the oracle predicts', () => {
    expect(Buffer.from(predict(input, oracle) as Uint8Array).equals(expected)).toBe(true);
  });

  test('once: the output is patched to itself', () => {
    const cwd = folderWith({ 'expected.xml': expected });
    expect(run([...args, '-o', 'again.xml', 'expected.xml'], { cwd }).status).toBe(0);
    expect(readFileSync(join(cwd, 'again.xml')).equals(expected)).toBe(true);
  });

  if (diff.length > 0 && !isUtf16(name)) {
    const applies = (program: string, words: readonly string[]) => (): void => {
      const cwd = folderWith({ 'input.xml': input, 'change.diff': diff });
      const applied = runProgram(program, words, { cwd });
      expect([applied.status, applied.err]).toEqual([0, '']);
      expect(readFileSync(join(cwd, 'input.xml')).equals(expected)).toBe(true);
    };
    const git = ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn', 'change.diff'];
    testWith('git')('git applies the diff', applies('git', git));
    testWith('patch')('patch applies the diff', applies('patch', ['-p1', '--binary', '-i', 'change.diff']));
  }
});

describe.each(names.filter(isRefused))('%s is refused', (name) => {
  const { args = [], oracle = {} } = json<Case>(name, 'case.json', {});
  const refusal = json<Refusal | null>(name, 'error.json', null);
  const input = bytesOf(name, 'input.xml');

  test('with code, line, column and exit status, and nothing is written', () => {
    const cwd = folderWith({ 'input.xml': input });
    const { status, out } = run([...args, '--json', 'input.xml'], { cwd });
    const [{ error }] = (JSON.parse(out) as Document).files;
    expect({ ...error, exit: status }).toMatchObject(refusal ?? {});
    expect(readdirSync(cwd)).toEqual(['input.xml']);
    const place = refusal?.line == null ? 'input.xml: ' : `input.xml:${refusal.line}:${refusal.column ?? 0}: `;
    const { err } = run([...args, 'input.xml'], { cwd });
    expect(err).toContain(place);
    expect(err).toContain(`[${refusal?.code ?? ''}]`);
  });

  if (refusal?.code === 'VALUE_MISSING' || refusal?.code === 'UNKNOWN_SERVER') {
    test('as the oracle predicts', () => {
      expect(predict(input, oracle)).toBe(refusal.code);
    });
  }
});

describe('the numbers of KB 286673', () => {
  test('7697601 becomes 3503297', () => {
    const [before, after] = ['input.xml', 'expected.xml'].map((file) => bytesOf('attribute-form', file).toString());
    expect(before.replace('7697601', '3503297')).toBe(after);
  });

  test('the misprint 41943040 stands nowhere in src', () => {
    const folder = fileURLToPath(new URL('../../src', import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(40);
    for (const path of sources) expect(readFileSync(join(folder, path), 'utf8')).not.toContain('41943040');
  });
});
