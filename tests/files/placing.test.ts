import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CLI, folderWith, run, runProgram } from '../support/command.ts';
import { OFF, ON } from '../support/metabase.ts';
import { testWith } from '../support/platform.ts';

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const modeOf = (...path: string[]): number => statSync(join(...path)).mode & 0o777;
const isRoot = process.getuid?.() === 0;
/** Root may do everything: what is forbidden can be seen only by somebody else. */
const NOBODY = 65534;

/** Runs the command as an unprivileged user, who owns the folder's files only where they were given to him. */
function runAsNobody(words: readonly string[], cwd: string): ReturnType<typeof run> {
  if (!isRoot) return run(words, { cwd });
  const setpriv = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', process.execPath, CLI];
  return runProgram('setpriv', [...setpriv, ...words], { cwd });
}

const onlyAsRoot = isRoot ? test : test.skip;
const onPosix = testWith('posix');
const withLinks = testWith('symbolic links');
const withBash = testWith('bash');

describe('mode and owner', () => {
  onPosix.each([0o600, 0o640, 0o444, 0o400, 0o666])('the mode %o is kept, in place and elsewhere', (mode) => {
    const cwd = folderWith({ 'a.xml': ON });
    chmodSync(join(cwd, 'a.xml'), mode);
    run(['-o', 'b.xml', 'a.xml'], { cwd });
    run(['-i', 'a.xml'], { cwd });
    expect([modeOf(cwd, 'a.xml'), modeOf(cwd, 'b.xml'), modeOf(cwd, 'a.xml.bak')]).toEqual([mode, mode, mode]);
  });

  onPosix('an output that is overwritten keeps its own mode', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': 'old' });
    chmodSync(join(cwd, 'b.xml'), 0o640);
    run(['--force', '-o', 'b.xml', 'a.xml'], { cwd });
    expect([modeOf(cwd, 'b.xml'), read(cwd, 'b.xml')]).toEqual([0o640, OFF]);
  });

  onlyAsRoot('the owner is kept where that is allowed', () => {
    const cwd = folderWith({ 'a.xml': ON });
    chownSync(join(cwd, 'a.xml'), NOBODY, 12);
    run(['-i', 'a.xml'], { cwd });
    expect(statSync(join(cwd, 'a.xml'))).toMatchObject({ uid: NOBODY, gid: 12 });
  });

  test('a backup has the times of the file', () => {
    const cwd = folderWith({ 'a.xml': ON });
    utimesSync(join(cwd, 'a.xml'), 1e9, 1e9);
    run(['-i', 'a.xml'], { cwd });
    expect(statSync(join(cwd, 'a.xml.bak')).mtimeMs).toBe(1e12);
  });
});

describe('links', () => {
  withLinks('the target of a symbolic link is replaced, not the link', () => {
    const cwd = folderWith({ 'sub/a.xml': ON, 'sub/b.xml': 'old' });
    symlinkSync('sub/a.xml', join(cwd, 'a.xml'));
    symlinkSync('sub/b.xml', join(cwd, 'b.xml'));
    expect(run(['--force', '-o', 'b.xml', 'a.xml'], { cwd }).status).toBe(0);
    expect(run(['-i', 'a.xml'], { cwd }).status).toBe(0);
    for (const name of ['a.xml', 'b.xml']) {
      expect(readlinkSync(join(cwd, name))).toBe(join('sub', name));
      expect(read(cwd, 'sub', name)).toBe(OFF);
    }
    expect(read(cwd, 'a.xml.bak')).toBe(ON);
    expect(lstatSync(join(cwd, 'a.xml.bak')).isSymbolicLink()).toBe(false);
  });

  withLinks('a link whose target is missing leads there', () => {
    const cwd = folderWith({ 'a.xml': ON });
    symlinkSync('new.xml', join(cwd, 'b.xml'));
    expect(run(['-o', 'b.xml', 'a.xml'], { cwd }).status).toBe(0);
    expect([readlinkSync(join(cwd, 'b.xml')), read(cwd, 'new.xml')]).toEqual(['new.xml', OFF]);
  });

  withLinks('a path through a linked folder leads where the system goes, not where its letters would', () => {
    const cwd = folderWith({ 'real/x.xml': ON, 'real/sub/y': '', 'here/x.xml': 'precious' });
    symlinkSync(join('..', 'real', 'sub'), join(cwd, 'here/d'));
    symlinkSync(join('..', 'x.xml'), join(cwd, 'real/sub/link.xml'));
    const here = { cwd: join(cwd, 'here') };
    expect(run(['-q', '-i', 'd/../x.xml'], here).status).toBe(0);
    expect([read(cwd, 'real/x.xml'), read(cwd, 'real/x.xml.bak')]).toEqual([OFF, ON]);
    expect(run(['-q', '-i', '--enable', '8bitmime', 'd/link.xml'], here).status).toBe(0);
    expect([read(cwd, 'real/x.xml'), read(cwd, 'real/sub/link.xml.bak')]).toEqual([ON, OFF]);
    expect(run(['-q', '--out-dir', 'd/../out', 'd/link.xml'], here).status).toBe(0);
    expect(read(cwd, 'real/out/link.xml')).toBe(OFF);
    for (const words of [
      ['-o', 'd/../x.xml', '--force'],
      ['-n', '--diff', 'd/../x.xml', '--force'],
    ]) {
      expect(run(['-q', ...words, '../real/x.xml'], here).err).toContain('[OUTPUT_IS_INPUT]');
    }
    expect([read(cwd, 'real/x.xml'), read(cwd, 'here/x.xml')]).toEqual([ON, 'precious']);
  });

  onPosix('a name that ends in a slash is a folder, and no file', () => {
    const cwd = folderWith({ 'a.xml': ON });
    for (const output of ['a.xml/', 'new/']) {
      expect(run(['-q', '--force', '-o', output, 'a.xml'], { cwd })).toMatchObject({
        status: 2,
        err: `a.xml: cannot write ${output}: it is a folder [WRITE_FAILED]\n`,
      });
    }
    expect([readdirSync(cwd), read(cwd, 'a.xml')]).toEqual([['a.xml'], ON]);
  });

  withLinks('links in a circle are an error', () => {
    const cwd = folderWith({ 'a.xml': ON });
    symlinkSync('b.xml', join(cwd, 'c.xml'));
    symlinkSync('c.xml', join(cwd, 'b.xml'));
    const { status, err } = run(['-o', 'b.xml', 'a.xml'], { cwd });
    expect(status).toBe(2);
    expect(err).toContain('[WRITE_FAILED]');
    expect(readdirSync(cwd).sort()).toEqual(['a.xml', 'b.xml', 'c.xml']);
  });

  test('the backup of a file with other names is a copy, which no later change of these reaches', () => {
    const cwd = folderWith({ 'a.xml': ON });
    linkSync(join(cwd, 'a.xml'), join(cwd, 'other.xml'));
    chmodSync(join(cwd, 'a.xml'), 0o640);
    utimesSync(join(cwd, 'a.xml'), 1e9, 1e9);
    const { mode, mtimeMs } = statSync(join(cwd, 'a.xml'));
    expect(run(['-q', '-i', 'a.xml'], { cwd }).status).toBe(0);
    writeFileSync(join(cwd, 'other.xml'), 'changed');
    expect([read(cwd, 'a.xml'), read(cwd, 'a.xml.bak')]).toEqual([OFF, ON]);
    expect(statSync(join(cwd, 'a.xml.bak'))).toMatchObject({ mode, mtimeMs });
  });

  test('another hard link to the file keeps the old bytes', () => {
    const cwd = folderWith({ 'a.xml': ON });
    linkSync(join(cwd, 'a.xml'), join(cwd, 'other.xml'));
    run(['-i', '--no-backup', 'a.xml'], { cwd });
    expect([read(cwd, 'a.xml'), read(cwd, 'other.xml')]).toEqual([OFF, ON]);
  });
});

describe('outputs that are no files', () => {
  testWith('/dev/null')('/dev/null is written to, never replaced', () => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['-q', '-o', '/dev/null', 'a.xml'], { cwd })).toMatchObject({ status: 0, err: '' });
    expect(run(['-q', '-n', '--diff', '/dev/null', 'a.xml'], { cwd }).status).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  testWith('/dev/full')('/dev/full is exit 2, and stays', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status, err } = run(['-q', '-o', '/dev/full', 'a.xml'], { cwd });
    expect([status, err]).toEqual([2, 'a.xml: cannot write /dev/full: the disk is full [WRITE_FAILED]\n']);
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  withBash('a pipe takes the bytes', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const script = `mkfifo pipe; cat pipe > got.xml & '${process.execPath}' '${CLI}' -q -o pipe a.xml; wait`;
    expect(runProgram('bash', ['-c', script], { cwd })).toMatchObject({ status: 0, err: '' });
    expect([read(cwd, 'got.xml'), statSync(join(cwd, 'pipe')).isFIFO()]).toEqual([OFF, true]);
  });

  withBash('a pipe may have no name of its own: /dev/stdout, and what a shell makes of >()', () => {
    const command = `'${process.execPath}' '${CLI}' -q`;
    for (const script of [
      `${command} -o /dev/stdout a.xml | cat`,
      `${command} -n --diff /dev/stdout a.xml | cat`,
      `${command} -n --report /dev/stdout a.xml | cat`,
      `${command} -o >(cat) a.xml`,
    ]) {
      const cwd = folderWith({ 'a.xml': ON });
      const { status, out, err } = runProgram('bash', ['-c', `set -o pipefail; ${script}; s=$?; wait; exit $s`], {
        cwd,
      });
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain('3503297');
    }
  });

  withBash('an input may be a pipe; in place it is refused', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const script = `'${process.execPath}' '${CLI}' -q -o b.xml <(cat a.xml)`;
    expect(runProgram('bash', ['-c', script], { cwd })).toMatchObject({ status: 0, err: '' });
    expect(read(cwd, 'b.xml')).toBe(OFF);
    const inPlace = runProgram('bash', ['-c', `'${process.execPath}' '${CLI}' -q -i <(cat a.xml)`], { cwd });
    expect(inPlace.status).toBe(2);
    expect(inPlace.err).toContain('[WRITE_FAILED]');
  });

  test('a folder is an error', () => {
    const cwd = folderWith({ 'a.xml': ON, 'd/x': '' });
    const { status, err } = run(['-q', '-o', 'd', 'a.xml'], { cwd });
    expect([status, err]).toEqual([2, 'a.xml: cannot write d: it is a folder [WRITE_FAILED]\n']);
  });
});

describe('what the system forbids', () => {
  const forbidden = (): string => {
    const cwd = folderWith({ 'd/a.xml': ON, 'd/secret.xml': ON });
    chmodSync(join(cwd, 'd/secret.xml'), 0o600);
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'd'), 0o555);
    return join(cwd, 'd');
  };

  onPosix('a folder that may not be written to: EACCES, as an unprivileged user', () => {
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
    expect(read(cwd, 'a.xml')).toBe(ON);
    chmodSync(cwd, 0o755);
  });

  onPosix('where nothing is to be written there, it does not matter', () => {
    const cwd = forbidden();
    expect(runAsNobody(['-q', '-n', 'a.xml'], cwd)).toMatchObject({ status: 0, err: '' });
    expect(runAsNobody(['-q', '-i', '--enable', '8bitmime', 'a.xml'], cwd)).toMatchObject({ status: 0, err: '' });
    chmodSync(cwd, 0o755);
  });

  onlyAsRoot('a file that may not be read: FILE_UNREADABLE', () => {
    const cwd = forbidden();
    const { status, err } = runAsNobody(['-q', 'secret.xml'], cwd);
    expect([status, err]).toEqual([2, 'secret.xml: cannot be read: permission denied [FILE_UNREADABLE]\n']);
    chmodSync(cwd, 0o755);
  });

  onlyAsRoot('a read-only file of mine is patched in place, as sed does, and stays read-only', () => {
    const cwd = folderWith({ 'a.xml': ON });
    chmodSync(cwd, 0o777);
    chmodSync(join(cwd, 'a.xml'), 0o444);
    chownSync(join(cwd, 'a.xml'), NOBODY, NOBODY);
    expect(runAsNobody(['-q', '-i', 'a.xml'], cwd)).toMatchObject({ status: 0, err: '' });
    expect([read(cwd, 'a.xml'), modeOf(cwd, 'a.xml')]).toEqual([OFF, 0o444]);
  });

  withBash('a file larger than is allowed: EFBIG; the old output stays', () => {
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
    expect([readdirSync(cwd), read(cwd, 'b.xml')]).toEqual([['a.xml', 'b.xml'], 'old']);
  });

  const full = folderWith();
  const isMounted = isRoot && runProgram('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', full]).status === 0;
  (isMounted ? test : test.skip)('a disk that is full: ENOSPC; the old output stays, and no temporary', () => {
    writeFileSync(join(full, 'b.xml'), 'old');
    const cwd = folderWith({ 'a.xml': Buffer.from(ON + ' '.repeat(100_000)) });
    const { status, err } = run(['-q', '--force', '-o', join(full, 'b.xml'), 'a.xml'], { cwd });
    expect([status, err]).toEqual([2, expect.stringContaining('the disk is full [WRITE_FAILED]') as string]);
    expect([readdirSync(full), read(full, 'b.xml')]).toEqual([['b.xml'], 'old']);
  });
  afterAll(() => {
    if (isMounted) runProgram('umount', [full]);
  });

  test('a folder that is missing', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status } = run(['-q', '-o', 'no/b.xml', 'a.xml'], { cwd });
    expect([status, existsSync(join(cwd, 'no'))]).toEqual([2, false]);
    mkdirSync(join(cwd, 'no'));
    expect(run(['-q', '-o', 'no/b.xml', 'a.xml'], { cwd }).status).toBe(0);
  });
});
