import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  createReadStream,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { inspectFile, patchFile, verifyFiles } from '../../src/node.ts';
import { folderWith } from '../support/command.ts';
import { largeMetabase, OFF, ON } from '../support/metabase.ts';
import { start } from '../support/running.ts';

const LARGE = largeMetabase(30);

describe('patch notices that its input is changed by someone else, and writes nothing', () => {
  test.each<[string, (path: string) => void]>([
    [
      'appended to',
      (path) => {
        appendFileSync(path, ' ');
      },
    ],
    [
      'cut while it is copied',
      (path) => {
        truncateSync(path, 1000);
      },
    ],
    [
      'written anew with the same length and times',
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, Buffer.alloc(LARGE.length, 0x20));
        utimesSync(path, atime, mtime);
      },
    ],
    [
      'replaced by another',
      (path) => {
        writeFileSync(`${path}.new`, LARGE);
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'removed',
      (path) => {
        rmSync(path);
      },
    ],
  ])('%s', async (_, change) => {
    const cwd = folderWith({ 'a.xml': LARGE });
    const { ended, untilWriting } = start(['-q', '-o', 'b.xml', 'a.xml'], cwd);
    await untilWriting(cwd);
    change(join(cwd, 'a.xml'));
    const { status, err } = await ended;
    expect([status, err]).toEqual([2, expect.stringContaining('[INPUT_CHANGED]')]);
    expect(readdirSync(cwd).filter((name) => name !== 'a.xml')).toEqual([]);
  });

  test.each([['-'], ['pipe']])('also while its bytes go to %s', async (output) => {
    const cwd = folderWith({ 'a.xml': LARGE });
    if (output === 'pipe') execFileSync('mkfifo', [join(cwd, output)]);
    const { child, ended } = start(['-q', '-o', output, 'a.xml'], cwd);
    const reader = output === '-' ? child.stdout : createReadStream(join(cwd, output));
    if (reader === null) throw new Error('there is nothing to read from');
    // The reader takes the first bytes and then waits, so that most are still to come.
    reader.pause();
    await once(reader, 'readable');
    const change = openSync(join(cwd, 'a.xml'), 'r+');
    writeSync(change, 'X', LARGE.length - 1);
    closeSync(change);
    reader.resume();
    const { status, err } = await ended;
    expect([status, err]).toEqual([2, expect.stringContaining('[INPUT_CHANGED]')]);
  });
});

describe('no other reader gives a verdict on an input that is changed in the meantime', () => {
  (process.platform === 'linux' ? test : test.skip).each([['check'], ['show']])(
    '%s (needs the /proc of Linux)',
    async (command) => {
      const cwd = folderWith({ 'a.xml': largeMetabase(100) });
      const { child, ended, untilOpened } = start([command, 'a.xml'], cwd);
      await untilOpened(join(realpathSync(cwd), 'a.xml'));
      child.kill('SIGSTOP');
      appendFileSync(join(cwd, 'a.xml'), ' ');
      child.kill('SIGCONT');
      const { status, out, err } = await ended;
      expect([status, out, err]).toEqual([2, '', expect.stringContaining('[INPUT_CHANGED]')]);
    },
  );

  test('verify', async () => {
    const cwd = folderWith({ 'a.xml': ON });
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const { ended } = start(['verify', 'a.xml', 'pipe'], cwd);
    // This waits until the pipe is opened for reading, which is after the original.
    const pipe = openSync(join(cwd, 'pipe'), 'w');
    appendFileSync(join(cwd, 'a.xml'), ' ');
    writeSync(pipe, OFF);
    closeSync(pipe);
    const { status, out, err } = await ended;
    expect([status, out, err]).toEqual([2, '', expect.stringContaining('[INPUT_CHANGED]')]);
  });

  /** A file of several windows, and what the library's functions do with it. */
  const large = ON + ' '.repeat(1_000_000);
  test.each<[string, (path: string) => Promise<unknown>]>([
    ['inspectFile', (path) => inspectFile(path)],
    ['verifyFiles', (path) => verifyFiles(path, path)],
    ['patchFile with dryRun', (path) => patchFile(path, { dryRun: true })],
  ])('%s', async (_, read) => {
    const path = join(folderWith({ 'a.xml': large }), 'a.xml');
    const done = read(path);
    const changed = setImmediate().then(() => {
      appendFileSync(path, ' ');
    });
    await expect(done).rejects.toMatchObject({ code: 'INPUT_CHANGED' });
    await changed;
  });

  test('not even an error in what was read', async () => {
    const cwd = folderWith({ 'a.xml': large });
    const done = inspectFile(join(cwd, 'a.xml'));
    await setImmediate();
    writeFileSync(join(cwd, 'a.xml'), '<a>'.repeat(large.length));
    await expect(done).rejects.toMatchObject({ code: 'INPUT_CHANGED' });
  });
});
