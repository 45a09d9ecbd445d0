import { pbkdf2 } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createTemporary, removeTemporaries } from '../../src/files/temporary-files.ts';
import { CLI, folderWith } from '../support/command.ts';
import { largeMetabase } from '../support/metabase.ts';
import { type Ended, start, startProgram, temporariesIn } from '../support/running.ts';

const BEFORE = largeMetabase(30);
const AFTER = largeMetabase(30, 3503297);

/** @returns The contents of the files in a folder. */
function contents(cwd: string): Record<string, 'before' | 'after' | 'torn'> {
  const kind = (bytes: Buffer) => (BEFORE.equals(bytes) ? 'before' : AFTER.equals(bytes) ? 'after' : 'torn');
  return Object.fromEntries(readdirSync(cwd).map((name) => [name, kind(readFileSync(join(cwd, name)))]));
}

const ALLOWED: [string, string[], object[]][] = [
  ['-o', ['-o', 'b.xml'], [{ 'a.xml': 'before' }, { 'a.xml': 'before', 'b.xml': 'after' }]],
  ['-i', ['-i'], [{ 'a.xml': 'before' }, { 'a.xml': 'after', 'a.xml.bak': 'before' }]],
];

describe.each(ALLOWED)(
  '%s: a signal leaves everything old or everything new, and no temporary',
  (_, words, allowed) => {
    test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)('%s', async (signal) => {
      for (const wait of [0, 30, 120]) {
        const cwd = folderWith({ 'a.xml': BEFORE });
        const { child, ended, untilWriting } = start(['-q', ...words, 'a.xml'], cwd);
        await untilWriting(cwd);
        await setTimeout(wait);
        child.kill(signal);
        const end = await ended;
        expect(allowed).toContainEqual(contents(cwd));
        // It ends as if there were no handler for the signal, or is finished before it.
        if (end.status === 0) expect(contents(cwd)).toEqual(allowed[1]);
        else expect(end).toMatchObject({ status: null, signal, err: '' });
      }
    });
  },
);

test('a temporary file that is still being created is removed too', async () => {
  const cwd = folderWith();
  // Work for all of Node's threads, so that the file is opened after that.
  for (let i = 0; i < 4; i++) pbkdf2('', '', 200_000, 64, 'sha512', () => undefined);
  const creating = createTemporary(cwd, 0o600);
  await removeTemporaries();
  await (await creating).file.close();
  expect(readdirSync(cwd)).toEqual([]);
});

test('kill -9 at any moment never leaves a torn file', async () => {
  for (let i = 0; i < 12; i++) {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const { child, ended } = start(['-q', '-i', 'a.xml'], cwd);
    await setTimeout(40 + i * 30);
    child.kill('SIGKILL');
    await ended;
    for (const name of temporariesIn(cwd)) rmSync(join(cwd, name));
    expect([{ 'a.xml': 'before', 'a.xml.bak': 'before' }, ...ALLOWED[1][2]]).toContainEqual(contents(cwd));
  }
});

describe('the library leaves signals to the program that uses it', () => {
  const program = `
    import { patchFile } from ${JSON.stringify(new URL('node.js', pathToFileURL(CLI)).href)};
    let interrupts = 0;
    if (process.argv[2] === 'handles') process.on('SIGINT', () => interrupts++);
    const before = process.eventNames();
    const during = new Set();
    const onProgress = () => process.eventNames().forEach((name) => during.add(name));
    const { output } = await patchFile('a.xml', { output: 'b.xml', onProgress });
    const added = [...during].filter((name) => !before.includes(name));
    console.log(JSON.stringify({ interrupts, output, added }));
  `;
  const interrupted = async (cwd: string, word: string): Promise<Ended> => {
    writeFileSync(join(cwd, 'program.mjs'), program);
    const { child, ended, untilWriting } = startProgram(['program.mjs', word], cwd);
    await untilWriting(cwd);
    child.kill('SIGINT');
    const end = await ended;
    rmSync(join(cwd, 'program.mjs'));
    return end;
  };

  test('one that handles SIGINT and goes on gets its patch', async () => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const { status, out, err } = await interrupted(cwd, 'handles');
    expect([status, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({ interrupts: 1, output: 'b.xml', added: [] });
    expect(contents(cwd)).toEqual({ 'a.xml': 'before', 'b.xml': 'after' });
  });

  test('one that does not is ended by it', async () => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    expect(await interrupted(cwd, 'ignores')).toMatchObject({ status: null, signal: 'SIGINT', out: '', err: '' });
    for (const name of temporariesIn(cwd)) rmSync(join(cwd, name));
    expect(contents(cwd)).toEqual({ 'a.xml': 'before' });
  });
});

describe('several runs at once', () => {
  test('on one output without --force: exactly one wins', async () => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const ends = await Promise.all(Array.from({ length: 4 }, () => start(['-q', '-o', 'b.xml', 'a.xml'], cwd).ended));
    expect(ends.map(({ status }) => status).sort()).toEqual([0, 2, 2, 2]);
    for (const { status, err } of ends) if (status === 2) expect(err).toContain('[OUTPUT_EXISTS]');
    expect(contents(cwd)).toEqual({ 'a.xml': 'before', 'b.xml': 'after' });
  });

  test('in place: each leaves a whole file and a whole backup, or says that the input changed', async () => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const ends = await Promise.all(Array.from({ length: 3 }, () => start(['-q', '-i', 'a.xml'], cwd).ended));
    for (const { status, err } of ends) if (status !== 0) expect(err).toContain('[INPUT_CHANGED]');
    expect(ends.some(({ status }) => status === 0)).toBe(true);
    const { 'a.xml': file, ...backups } = contents(cwd);
    expect(file).toBe('after');
    expect(Object.values(backups)).not.toContain('torn');
  });
});
