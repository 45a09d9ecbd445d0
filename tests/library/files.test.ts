import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inspectFile, MetabaseError, patchFile, type PatchFileOptions, verifyFiles } from '../../src/node.ts';
import { folderWith, readText } from '../support/command.ts';
import { metabase, OFF, ON, server } from '../support/metabase.ts';
import { testWith } from '../support/platform.ts';

const folder = (): string => folderWith({ 'a.xml': ON });

async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (error instanceof MetabaseError) return error.code;
    throw error;
  }
}

test('patchFile writes beside the file, and returns what inspect returns, and the diff', async () => {
  const cwd = folder();
  const result = await patchFile(join(cwd, 'a.xml'), { name: 'a.xml' });
  expect(result).toMatchObject({ changed: true, encoding: 'utf-8', output: join(cwd, 'a.patched.xml'), backup: null });
  expect(result.diff).toMatch(/^--- a\/a\.xml\n/);
  expect(result.edits).toHaveLength(1);
  expect([readText(cwd, 'a.patched.xml'), readText(cwd, 'a.xml')]).toEqual([OFF, ON]);
});

test('in place, with a backup and without', async () => {
  const cwd = folder();
  expect(await patchFile(join(cwd, 'a.xml'), { inPlace: true })).toMatchObject({ backup: join(cwd, 'a.xml.bak') });
  expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak')]).toEqual([OFF, ON]);
  await patchFile(join(cwd, 'a.xml'), { inPlace: true, backup: false, enable: ['8bitmime'] });
  expect([readText(cwd, 'a.xml'), readdirSync(cwd).length]).toEqual([ON, 2]);
});

test('if nothing changes, only a named output is written', async () => {
  const cwd = folderWith({ 'a.xml': OFF });
  expect((await patchFile(join(cwd, 'a.xml'))).output).toBeNull();
  expect((await patchFile(join(cwd, 'a.xml'), { output: join(cwd, 'b.xml') })).output).toBe(join(cwd, 'b.xml'));
  expect(readdirSync(cwd)).toEqual(['a.xml', 'b.xml']);
});

test('a dry run writes nothing', async () => {
  const cwd = folder();
  expect(await patchFile(join(cwd, 'a.xml'), { dryRun: true })).toMatchObject({ changed: true, output: null });
  expect(readdirSync(cwd)).toEqual(['a.xml']);
});

test('a dry run refuses what the run itself would refuse', async () => {
  const cwd = folderWith({ 'a.xml': ON, 'a.patched.xml': 'old', 'b.xml': OFF, 'b.patched.xml': 'old' });
  const dryRun = (name: string, options: PatchFileOptions = {}): Promise<string> =>
    refusalOf(patchFile(join(cwd, name), { dryRun: true, ...options }));
  expect(await dryRun('a.xml')).toBe('OUTPUT_EXISTS');
  expect(await dryRun('a.xml', { output: join(cwd, 'b.xml') })).toBe('OUTPUT_EXISTS');
  expect(await dryRun('a.xml', { overwrite: true })).toBe('none');
  expect(await dryRun('a.xml', { inPlace: true })).toBe('none');
  expect(await dryRun('b.xml')).toBe('none');
});

testWith('symbolic links').each<[string, PatchFileOptions, string]>([
  ['an output that exists', { output: 'b.xml' }, 'OUTPUT_EXISTS'],
  ['an output that is the input', { output: 'a.xml', overwrite: true }, 'OUTPUT_IS_INPUT'],
  ['a default name that leads to the input', { overwrite: true }, 'OUTPUT_IS_INPUT'],
  ['two places at once', { inPlace: true, output: 'c.xml' }, 'USAGE'],
  ['a context that is not a number of lines', { context: -1 }, 'USAGE'],
])('%s is refused, and nothing is written', async (_, options, code) => {
  const cwd = folderWith({ 'a.xml': ON, 'b.xml': 'old' });
  symlinkSync('a.xml', join(cwd, 'a.patched.xml'));
  const named = options.output === undefined ? options : { ...options, output: join(cwd, options.output) };
  expect(await refusalOf(patchFile(join(cwd, 'a.xml'), named))).toBe(code);
  expect([readText(cwd, 'a.xml'), readText(cwd, 'b.xml'), existsSync(join(cwd, 'c.xml'))]).toEqual([ON, 'old', false]);
});

test('errors with which the command ends are thrown', async () => {
  const cwd = folderWith({ 'bad.xml': '<a', 'missing.xml': metabase(server(1)) });
  expect(await refusalOf(patchFile(join(cwd, 'bad.xml')))).toBe('XML_UNEXPECTED_END');
  expect(await refusalOf(patchFile(join(cwd, 'missing.xml')))).toBe('VALUE_MISSING');
  expect(await refusalOf(inspectFile(join(cwd, 'missing.xml')))).toBe('none');
  expect(await refusalOf(inspectFile(join(cwd, 'no.xml')))).toBe('FILE_UNREADABLE');
  expect(await refusalOf(inspectFile(join(cwd, 'bad.xml'), { servers: ['x'] }))).toBe('USAGE');
});

test('inspectFile and verifyFiles', async () => {
  const cwd = folderWith({ 'a.xml': ON, 'b.xml': OFF });
  expect(await inspectFile(join(cwd, 'a.xml'))).toMatchObject({ changed: true, servers: [{ value: 7697601 }] });
  expect(await verifyFiles(join(cwd, 'a.xml'), join(cwd, 'b.xml'))).toEqual({ ok: true, differences: [] });
  const { ok, differences } = await verifyFiles(join(cwd, 'a.xml'), join(cwd, 'a.xml'));
  expect([ok, differences[0].location]).toEqual([false, '/LM/SmtpSvc/1']);
});

test('progress is reported', async () => {
  const cwd = folderWith({ 'a.xml': ON + ' '.repeat(20_000_000) });
  const shares: number[] = [];
  await patchFile(join(cwd, 'a.xml'), {
    dryRun: true,
    onProgress: (offset, length) => shares.push(offset / length),
  });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});
