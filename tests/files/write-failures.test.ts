import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CLI, folderWith, readText, run, runProgram } from '../support/command.ts';
import { largeMetabase, OFF, ON } from '../support/metabase.ts';
import { runRefused, testRefused } from '../support/refuse-calls.ts';
import { start } from '../support/running.ts';
import { isRoot, NOBODY, runAsNobody, testAsRoot } from '../support/unprivileged.ts';

describe('a failed write leaves what was there before, and nothing else', () => {
  const forbidden = (): string => {
    const cwd = folderWith({ 'd/a.xml': ON, 'd/secret.xml': ON });
    chmodSync(join(cwd, 'd/secret.xml'), 0o600);
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'd'), 0o555);
    return join(cwd, 'd');
  };

  test('a folder that may not be written to: EACCES, as an unprivileged user', () => {
    const cwd = forbidden();
    for (const words of [
      ['a.xml'],
      ['-i', 'a.xml'],
      ['-o', 'b.xml', 'a.xml'],
      ['--out-dir', 'new', 'a.xml'],
      ['--diff', 'd', '-n', 'a.xml'],
    ]) {
      const { status, err } = runAsNobody(['-q', ...words], cwd);
      expect([words, status]).toEqual([words, 2]);
      expect(err).toMatch(/permission denied \[WRITE_FAILED\]\n$/);
      expect(readdirSync(cwd)).toEqual(['a.xml', 'secret.xml']);
    }
    expect(readText(cwd, 'a.xml')).toBe(ON);
    chmodSync(cwd, 0o755);
  });

  testRefused('a file whose last bytes cannot be written when it is closed (needs Linux and a C compiler)', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': 'old' });
    for (const words of [['-o', 'b.xml', '--force'], ['-i']]) {
      const { status, err } = runRefused(['-q', ...words, 'a.xml'], cwd, { REFUSE_CLOSE: '1' });
      expect([status, err]).toEqual([2, expect.stringContaining('the disk quota is used up [WRITE_FAILED]') as string]);
      expect(readdirSync(cwd)).toEqual(['a.xml', 'b.xml']);
    }
    expect([readText(cwd, 'a.xml'), readText(cwd, 'b.xml')]).toEqual([ON, 'old']);
    writeFileSync(join(cwd, 'bad.xml'), '<a');
    const { err } = runRefused(['-q', '-o', 'c.xml', 'bad.xml'], cwd, { REFUSE_CLOSE: '1' });
    expect(err).toContain('[XML_UNEXPECTED_END]');
    expect(readdirSync(cwd)).toEqual(['a.xml', 'b.xml', 'bad.xml']);
  });

  test('a backup that cannot have its name: what was found out about the input is reported all the same', () => {
    const name = `${'a'.repeat(250)}.xml`;
    const cwd = folderWith({ [name]: ON });
    const { status, out, err } = run(['-i', '--json', '--report', 'report.html', name], { cwd });
    expect([status, err]).toEqual([2, expect.stringContaining('[WRITE_FAILED]') as string]);
    expect(JSON.parse(out)).toMatchObject({ files: [{ error: { code: 'WRITE_FAILED' }, encoding: 'utf-8' }] });
    expect(readText(cwd, 'report.html')).toContain(createHash('sha256').update(ON).digest('hex'));
    expect(readText(cwd, name)).toBe(ON);
  });

  test('if nothing is to be written there, it does not matter', () => {
    const cwd = forbidden();
    expect(runAsNobody(['-q', '-n', 'a.xml'], cwd)).toMatchObject({ status: 0, err: '' });
    expect(runAsNobody(['-q', '-i', '--enable', '8bitmime', 'a.xml'], cwd)).toMatchObject({ status: 0, err: '' });
    chmodSync(cwd, 0o755);
  });

  testAsRoot('a file that may not be read: FILE_UNREADABLE', () => {
    const cwd = forbidden();
    const { status, err } = runAsNobody(['-q', 'secret.xml'], cwd);
    expect([status, err]).toEqual([2, 'secret.xml: cannot be read: permission denied [FILE_UNREADABLE]\n']);
    chmodSync(cwd, 0o755);
  });

  testAsRoot('a read-only file can be patched in place by its owner, and stays read-only', () => {
    const cwd = folderWith({ 'a.xml': ON });
    chmodSync(cwd, 0o777);
    chmodSync(join(cwd, 'a.xml'), 0o444);
    chownSync(join(cwd, 'a.xml'), NOBODY, NOBODY);
    expect(runAsNobody(['-q', '-i', 'a.xml'], cwd)).toMatchObject({ status: 0, err: '' });
    expect([readText(cwd, 'a.xml'), statSync(join(cwd, 'a.xml')).mode & 0o777]).toEqual([OFF, 0o444]);
  });

  test('a file larger than is allowed: EFBIG; the old output stays', () => {
    const cwd = folderWith({ 'a.xml': Buffer.from(ON + ' '.repeat(5000)), 'b.xml': 'old' });
    for (const words of [
      ['-o', 'b.xml', '--force'],
      ['-i'],
      ['-o', 'b.xml', '--force', '--server', '1', '--enable', 'dsn', '--set-missing'],
    ]) {
      const script = `ulimit -f 2; '${process.execPath}' '${CLI}' -q "$@" a.xml`;
      const { status, err } = runProgram('bash', ['-c', script, 'x', ...words], { cwd });
      expect([status, err]).toEqual([
        2,
        expect.stringContaining('larger than is allowed here [WRITE_FAILED]') as string,
      ]);
    }
    expect([readdirSync(cwd), readText(cwd, 'b.xml')]).toEqual([['a.xml', 'b.xml'], 'old']);
  });

  const full = folderWith();
  const isMounted = isRoot && runProgram('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', full]).status === 0;
  const testFull = isMounted ? test : test.skip;
  afterEach(() => {
    for (const name of readdirSync(full)) rmSync(join(full, name));
  });
  afterAll(() => {
    if (isMounted) runProgram('umount', [full]);
  });

  testFull('a disk that is full: ENOSPC (needs root and a mount)', () => {
    writeFileSync(join(full, 'b.xml'), 'old');
    const cwd = folderWith({ 'a.xml': ON + ' '.repeat(100_000) });
    const { status, err } = run(['-q', '--force', '-o', join(full, 'b.xml'), 'a.xml'], { cwd });
    expect([status, err]).toEqual([2, expect.stringContaining('the disk is full [WRITE_FAILED]')]);
    expect([readdirSync(full), readText(full, 'b.xml')]).toEqual([['b.xml'], 'old']);
  });

  testFull('a disk that is full when the backup is copied (needs root and a mount)', () => {
    writeFileSync(join(full, 'a.xml'), ON + ' '.repeat(25_000));
    linkSync(join(full, 'a.xml'), join(full, 'other.xml'));
    const { status, err } = run(['-q', '-i', 'a.xml'], { cwd: full });
    expect([status, err]).toEqual([2, expect.stringContaining('the disk is full [WRITE_FAILED]')]);
    expect(readdirSync(full).sort()).toEqual(['a.xml', 'other.xml']);
    expect(readText(full, 'a.xml')).toContain(ON);
  });

  test('a folder that is missing', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status } = run(['-q', '-o', 'no/b.xml', 'a.xml'], { cwd });
    expect([status, existsSync(join(cwd, 'no'))]).toEqual([2, false]);
    mkdirSync(join(cwd, 'no'));
    expect(run(['-q', '-o', 'no/b.xml', 'a.xml'], { cwd }).status).toBe(0);
  });

  test('a folder that vanishes during the run', async () => {
    const cwd = folderWith({ 'a.xml': largeMetabase(30), 'd/x': '' });
    const { ended, untilWriting } = start(['-q', '-o', 'd/b.xml', 'a.xml'], cwd);
    await untilWriting(join(cwd, 'd'));
    rmSync(join(cwd, 'd'), { recursive: true });
    const { status, err } = await ended;
    expect([status, err]).toEqual([2, expect.stringMatching(/^a\.xml: cannot write d\/b\.xml: .*\[WRITE_FAILED\]\n$/)]);
  });
});
