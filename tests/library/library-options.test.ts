import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { inspect, MetabaseError, patch, verify } from '../../src/index.ts';
import { inspectFile, patchFile, verifyFiles } from '../../src/node.ts';
import { folderWith, runProgram } from '../support/command.ts';
import { ON } from '../support/metabase.ts';
import { testWith } from '../support/platform.ts';

const BYTES = Buffer.from(ON);

/** A call from a program that no compiler checks. */
type Call = (...args: unknown[]) => unknown;
const calls = { patch, inspect, verify } as unknown as Record<string, Call>;
const fileCalls = { patchFile, inspectFile, verifyFiles } as unknown as Record<string, Call>;

function refusalOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof MetabaseError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

test.each<[unknown, string]>([
  [{ disabel: ['chunking'] }, 'there is no option disabel; did you mean disable?'],
  [{ server: ['1'] }, 'there is no option server; did you mean servers?'],
  [{ 'set-missing': true }, 'there is no option set-missing; did you mean setMissing?'],
  [{ constructor: 1 }, 'there is no option constructor'],
  [{ inPlace: true }, 'there is no option inPlace'],
  [{ disable: 'chunking' }, 'the option disable must be a list, not a string'],
  [{ enable: 0x400000 }, 'the option enable must be a list, not a number'],
  [{ servers: '1' }, 'the option servers must be a list, not a string'],
  [{ servers: { 0: '1' } }, 'the option servers must be a list, not an object'],
  [{ setMissing: ['1'] }, 'the option setMissing must be a boolean or a number or a string, not a list'],
  [{ context: '3' }, 'the option context must be a number, not a string'],
  [{ name: 1 }, 'the option name must be a string, not a number'],
  [{ name: null }, 'the option name must be a string, not null'],
  [{ context: null }, 'the option context must be a number, not null'],
  ['disable', 'the options must be an object, not a string'],
  [null, 'the options must be an object, not null'],
  [['disable'], 'the options must be an object, not a list'],
])('patch and verify refuse %j: %s', (options, message) => {
  expect(refusalOf(() => calls['patch'](BYTES, options))).toBe(`USAGE: ${message}`);
  expect(refusalOf(() => calls['verify'](BYTES, BYTES, options))).toBe(`USAGE: ${message}`);
});

test('inspect knows only what selects verbs and servers', () => {
  expect(refusalOf(() => calls['inspect'](BYTES, { name: 'x' }))).toBe('USAGE: there is no option name');
  expect(refusalOf(() => calls['inspect'](BYTES, { setMissing: 1 }))).toBe('USAGE: there is no option setMissing');
  expect(refusalOf(() => calls['inspect'](BYTES, { disable: ['8bitmime'], servers: null }))).toBe('none');
});

test.each<[unknown, string]>([
  [ON, 'String'],
  [undefined, 'Undefined'],
  [BYTES.buffer, 'ArrayBuffer'],
  [[60, 97], 'Array'],
  [new Uint16Array(2), 'Uint16Array'],
])('bytes that are not a Uint8Array are refused: %#', (bytes, type) => {
  const message = `USAGE: the bytes of a file must be a Uint8Array, not a ${type}`;
  expect(refusalOf(() => calls['patch'](bytes))).toBe(message);
  expect(refusalOf(() => calls['inspect'](bytes))).toBe(message);
  expect(refusalOf(() => calls['verify'](bytes, BYTES))).toBe(message);
  expect(refusalOf(() => calls['verify'](BYTES, bytes))).toBe(message);
});

test('the functions for files refuse the same, before anything is read or written', async () => {
  const cwd = folderWith();
  const refused = async (name: string, ...args: unknown[]): Promise<void> => {
    await expect(fileCalls[name](...args)).rejects.toMatchObject({ code: 'USAGE' });
  };
  await refused('patchFile', `${cwd}/none.xml`, { dryrun: true });
  await refused('patchFile', `${cwd}/none.xml`, { inPlace: 'yes' });
  await refused('patchFile', `${cwd}/none.xml`, { output: null });
  await refused('inspectFile', `${cwd}/none.xml`, { output: 'x' });
  await refused('inspectFile', `${cwd}/none.xml`, { setMissing: true });
  await refused('verifyFiles', `${cwd}/none.xml`, `${cwd}/none.xml`, { disabled: ['dsn'] });
});

test.each<[unknown, string]>([
  [3, 'a number'],
  [undefined, 'undefined'],
  [null, 'null'],
  [BYTES, 'an object'],
  [['a.xml'], 'a list'],
])('a path that is not a string is refused: %#', async (path, kind) => {
  const refusal = { code: 'USAGE', message: `the path of a file must be a string, not ${kind}` };
  const cwd = folderWith({ 'a.xml': ON });
  const good = `${cwd}/a.xml`;
  await expect(fileCalls['patchFile'](path)).rejects.toMatchObject(refusal);
  await expect(fileCalls['inspectFile'](path)).rejects.toMatchObject(refusal);
  await expect(fileCalls['verifyFiles'](path, good)).rejects.toMatchObject(refusal);
  await expect(fileCalls['verifyFiles'](good, path)).rejects.toMatchObject(refusal);
});

test('null is not given, where the types allow it', () => {
  const options = { disable: null, enable: null, servers: null, setMissing: null };
  expect(patch(BYTES, options).diff).toBe(patch(BYTES).diff);
});

test('a path with a NUL leads nowhere', async () => {
  const good = `${folderWith({ 'a.xml': ON })}/a.xml`;
  const problem = 'a path cannot contain a NUL character';
  await expect(inspectFile('a\0.xml')).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: `cannot be read: ${problem}`,
  });
  await expect(patchFile(good, { output: 'a\0.xml' })).rejects.toMatchObject({
    message: expect.stringContaining(problem) as string,
  });
});

test('an option that is inherited is checked too', () => {
  const inherited = (options: object): object => Object.create(options) as object;
  expect(refusalOf(() => calls['patch'](BYTES, inherited({ disabel: ['dsn'] })))).toMatch(
    /^USAGE: there is no option disabel/,
  );
  expect(refusalOf(() => calls['patch'](BYTES, inherited({ disable: 'dsn' })))).toMatch(
    /^USAGE: the option disable must be/,
  );
});

test('verifyFiles reports what is wrong with the original first', async () => {
  const cwd = folderWith({ 'bad.xml': '<a' });
  await expect(verifyFiles(`${cwd}/bad.xml`, `${cwd}/none.xml`)).rejects.toMatchObject({ code: 'XML_UNEXPECTED_END' });
});

testWith('mkfifo')('patchFile writes nothing beside a pipe', async () => {
  const cwd = folderWith({ 'a.xml': ON });
  runProgram('mkfifo', ['pipe'], { cwd });
  const writer = spawn('cp', ['a.xml', 'pipe'], { cwd });
  await expect(patchFile(`${cwd}/pipe`)).rejects.toMatchObject({ code: 'USAGE' });
  writer.kill();
  expect(readdirSync(cwd)).toEqual(['a.xml', 'pipe']);
});
