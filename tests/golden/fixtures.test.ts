import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MetabaseError, patch, type PatchOptions, type PatchResult } from '../../src/index.ts';
import { predict, type OracleRequest } from '../oracle/predict.ts';
import { folderWith, run, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

interface Case {
  /** The request in the form of the library. */
  readonly options?: PatchOptions;
  /** The same in the form of the oracle. */
  readonly oracle?: OracleRequest;
  readonly warnings?: readonly string[];
}

interface Refusal {
  readonly code: string;
  readonly line: number | null;
  readonly column: number | null;
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

test('there are fixtures, and each has an expectation and a line in the README', () => {
  const readme = readFileSync(join(FIXTURES, 'README.md'), 'utf8');
  expect(names.length).toBeGreaterThan(80);
  for (const name of names) {
    expect(readme).toContain(`| [${name}](${name}) |`);
    expect(isRefused(name)).not.toBe(existsSync(join(FIXTURES, name, 'expected.xml')));
  }
});

describe.each(names.filter((name) => !isRefused(name)))('%s is patched', (name) => {
  const { options = {}, oracle = {}, warnings = [] } = json<Case>(name, 'case.json', {});
  const input = bytesOf(name, 'input.xml');
  const expected = bytesOf(name, 'expected.xml');
  const diff = bytesOf(name, 'expected.diff');
  const patched = (bytes: Uint8Array): PatchResult => patch(bytes, { ...options, name: 'input.xml' });

  test('to the expected bytes, with the expected diff and warnings', () => {
    const result = patched(input);
    expect(Buffer.from(result.bytes).equals(expected)).toBe(true);
    expect(result.diff).toBe(diff.toString());
    expect(result.warnings.map(({ code }) => code)).toEqual(warnings);
    expect(result.changed).toBe(!input.equals(expected));
  });

  test('as the oracle predicts', () => {
    expect(Buffer.from(predict(input, oracle) as Uint8Array).equals(expected)).toBe(true);
  });

  test('once: patching the output changes nothing', () => {
    expect(Buffer.from(patched(expected).bytes).equals(expected)).toBe(true);
  });

  if (diff.length > 0) {
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
  const { options = {}, oracle } = json<Case>(name, 'case.json', {});
  const refusal = json<Refusal | null>(name, 'error.json', null);
  const input = bytesOf(name, 'input.xml');

  test('with code, line and column', () => {
    try {
      patch(input, options);
    } catch (error) {
      const { code, line, column } = error as MetabaseError;
      expect({ code, line, column }).toEqual(refusal);
      return;
    }
    throw new Error('it was not refused');
  });

  if (oracle !== undefined) {
    test('as the oracle predicts', () => {
      expect(predict(input, oracle)).toBe(refusal?.code);
    });
  }
});

describe('the command', () => {
  test.each(['windows-server-2003', 'insert-custom', 'no-final-newline-changed', 'utf-8-bom'])(
    'patches %s to the same bytes, with the same diff',
    (name) => {
      const { options = {} } = json<Case>(name, 'case.json', {});
      const servers = options.servers?.flatMap((server) => ['--server', String(server)]) ?? [];
      const cwd = folderWith({ 'input.xml': bytesOf(name, 'input.xml') });
      const { status, out } = run([...servers, '-o', 'output.xml', 'input.xml'], { cwd });
      expect([status, out]).toEqual([0, bytesOf(name, 'expected.diff').toString()]);
      expect(readFileSync(join(cwd, 'output.xml')).equals(bytesOf(name, 'expected.xml'))).toBe(true);
    },
  );

  test.each([
    ['malformed-mismatched-tag', 2],
    ['malformed-utf-16', 2],
    ['no-smtp-server', 1],
    ['value-missing', 1],
    ['value-invalid-hex', 2],
  ])('refuses %s with the exit status %d, and writes nothing', (name, expected) => {
    const refusal = json<Refusal | null>(name, 'error.json', null);
    const cwd = folderWith({ 'input.xml': bytesOf(name, 'input.xml') });
    const { status, err } = run(['input.xml'], { cwd });
    expect(status).toBe(expected);
    expect(err).toContain(`[${refusal?.code ?? ''}]`);
    expect(readdirSync(cwd)).toEqual(['input.xml']);
  });
});

describe('the numbers of KB 286673', () => {
  test('7697601 becomes 3503297', () => {
    const [before, after] = ['input.xml', 'expected.xml'].map((file) => bytesOf('attribute-form', file).toString());
    expect(before.replace('7697601', '3503297')).toBe(after);
  });

  test('the misprint 41943040 is nowhere in src', () => {
    const folder = fileURLToPath(new URL('../../src', import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(40);
    for (const path of sources) expect(readFileSync(join(folder, path), 'utf8')).not.toContain('41943040');
  });
});
