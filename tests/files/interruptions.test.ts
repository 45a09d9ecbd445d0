import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  createReadStream,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { CLI, folderWith } from '../support/command.ts';
import { largeMetabase } from '../support/large.ts';
import { systemHas, testWith } from '../support/platform.ts';

const onPosix = testWith('posix');
const withSignals = testWith('signals');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

const BEFORE = largeMetabase(30);
const AFTER = largeMetabase(30, 3503297);

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
}

function start(
  words: readonly string[],
  cwd: string,
  out: 'ignore' | 'pipe' = 'ignore',
): { child: ChildProcess; ended: Promise<Ended>; untilWriting: (folder?: string) => Promise<void> } {
  const child: ChildProcess = spawn(process.execPath, [CLI, ...words], { cwd, stdio: ['ignore', out, 'pipe'] });
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  let hasEnded = false;
  const ended = once(child, 'close').then((end) => {
    hasEnded = true;
    return { status: end[0] as number | null, signal: end[1] as NodeJS.Signals | null, err };
  });
  /** Waits until the run has begun to write: a temporary file stands in the folder. */
  const untilWriting = async (folder = cwd): Promise<void> => {
    while (!hasEnded && temporaries(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { child, ended, untilWriting };
}

const temporaries = (cwd: string): string[] => readdirSync(cwd).filter((name) => name.endsWith('.tmp'));
const isWhole = (path: string): boolean => [BEFORE, AFTER].some((bytes) => bytes.equals(readFileSync(path)));

describe('an input that changes under the run is noticed, and nothing is written', () => {
  const changes: [string, (path: string) => void][] = [
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
        writeFileSync(path, Buffer.alloc(BEFORE.length, 0x20));
        utimesSync(path, atime, mtime);
      },
    ],
    [
      'replaced by another',
      (path) => {
        writeFileSync(`${path}.new`, BEFORE);
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'removed',
      (path) => {
        rmSync(path);
      },
    ],
  ];
  const possible = changes.filter(([how]) => how !== 'replaced by another' || systemHas('open files can be replaced'));
  test.each(possible)('%s', async (_, change) => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const { ended, untilWriting } = start(['-q', '-o', 'b.xml', 'a.xml'], cwd);
    await untilWriting();
    change(join(cwd, 'a.xml'));
    const { status, err } = await ended;
    expect([status, err]).toEqual([2, expect.stringMatching(/\[(INPUT_CHANGED|XML_\w+)\]/) as string]);
    expect(readdirSync(cwd).filter((name) => name !== 'a.xml')).toEqual([]);
  });
});

onPosix.each([['-'], ['pipe']])('an input that changes while its bytes go to %s is noticed too', async (output) => {
  const cwd = folderWith({ 'a.xml': BEFORE });
  if (output === 'pipe') execFileSync('mkfifo', [join(cwd, output)]);
  const run = start(['-q', '-o', output, 'a.xml'], cwd, 'pipe');
  const reader = output === '-' ? run.child.stdout : createReadStream(join(cwd, output));
  if (reader === null) throw new Error('nothing to read from');
  // The reader takes the first bytes and then waits, so that most are still to come.
  await once(reader, 'readable');
  const change = openSync(join(cwd, 'a.xml'), 'r+');
  writeSync(change, 'X', BEFORE.length - 1);
  closeSync(change);
  reader.resume();
  const { status, err } = await run.ended;
  expect([status, err]).toEqual([2, expect.stringContaining('[INPUT_CHANGED]')]);
});

test('a folder that vanishes during the run is an error, no stack trace', async () => {
  const cwd = folderWith({ 'a.xml': BEFORE, 'd/x': '' });
  const { ended, untilWriting } = start(['-q', '-o', 'd/b.xml', 'a.xml'], cwd);
  await untilWriting(join(cwd, 'd'));
  rmSync(join(cwd, 'd'), { recursive: true });
  const { status, err } = await ended;
  expect([status, err]).toEqual([
    2,
    expect.stringMatching(/^a\.xml: cannot write d\/b\.xml: .*\[WRITE_FAILED\]\n$/) as string,
  ]);
});

describe('a signal leaves the old file or the new one, and no temporary', () => {
  withSignals.each(SIGNALS)('%s at any moment of writing', async (signal) => {
    for (const wait of [0, 10, 30, 60, 120, 200]) {
      const cwd = folderWith({ 'a.xml': BEFORE });
      const { child, ended, untilWriting } = start(['-q', '-o', 'b.xml', 'a.xml'], cwd);
      await untilWriting();
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill(signal);
      const done = await ended;
      expect(temporaries(cwd)).toEqual([]);
      if (done.status === 0) expect(AFTER.equals(readFileSync(join(cwd, 'b.xml')))).toBe(true);
      else expect([done.signal, readdirSync(cwd)]).toEqual([signal, ['a.xml']]);
    }
  });
});

test('kill -9 at any moment never leaves a torn file', async () => {
  for (let i = 0; i < 24; i++) {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const { child, ended } = start(['-q', '-i', 'a.xml'], cwd);
    await new Promise((resolve) => setTimeout(resolve, 40 + i * 15));
    child.kill('SIGKILL');
    await ended;
    expect(isWhole(join(cwd, 'a.xml'))).toBe(true);
    for (const name of readdirSync(cwd).filter((each) => each.includes('.bak')))
      expect(BEFORE.equals(readFileSync(join(cwd, name)))).toBe(true);
  }
});

describe('several runs at once', () => {
  test('on one output without --force: exactly one wins', async () => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const runs = Array.from({ length: 4 }, () => start(['-q', '-o', 'b.xml', 'a.xml'], cwd).ended);
    const ends = await Promise.all(runs);
    expect(ends.map(({ status }) => status).sort()).toEqual([0, 2, 2, 2]);
    for (const { status, err } of ends) if (status === 2) expect(err).toContain('[OUTPUT_EXISTS]');
    expect([readdirSync(cwd), AFTER.equals(readFileSync(join(cwd, 'b.xml')))]).toEqual([['a.xml', 'b.xml'], true]);
  });

  test('in place: each leaves a whole file and a whole backup, or says that the input changed', async () => {
    const cwd = folderWith({ 'a.xml': BEFORE });
    const ends = await Promise.all(Array.from({ length: 3 }, () => start(['-q', '-i', 'a.xml'], cwd).ended));
    for (const { status, err } of ends) if (status !== 0) expect(err).toContain('[INPUT_CHANGED]');
    expect(ends.some(({ status }) => status === 0)).toBe(true);
    expect(AFTER.equals(readFileSync(join(cwd, 'a.xml')))).toBe(true);
    for (const name of readdirSync(cwd)) expect(isWhole(join(cwd, name))).toBe(true);
  });
});
