import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { patchFile } from '../../src/node.ts';
import { CLI, folderWith, readText, run, runProgram } from '../support/command.ts';
import { entriesOf } from '../support/document.ts';
import { OFF, ON } from '../support/metabase.ts';
import { runRefused, testRefused } from '../support/refuse-calls.ts';
import { isRoot, NOBODY, runAsNobody, testAsRoot } from '../support/unprivileged.ts';

const modeOf = (...path: string[]): number => statSync(join(...path)).mode & 0o7777;

/** @returns A folder that anybody may write to, with a file that root owns. */
function folderOfRoot(mode: number, group = 0): string {
  const cwd = folderWith({ 'a.xml': ON });
  chmodSync(cwd, 0o777);
  chownSync(join(cwd, 'a.xml'), 0, group);
  chmodSync(join(cwd, 'a.xml'), mode);
  return cwd;
}

describe('mode, owner and times are kept', () => {
  test.each([0o600, 0o640, 0o444, 0o400, 0o666])('the mode of the input, in place and elsewhere (%i)', (mode) => {
    const cwd = folderWith({ 'a.xml': ON });
    chmodSync(join(cwd, 'a.xml'), mode);
    run(['-o', 'b.xml', 'a.xml'], { cwd });
    run(['-i', 'a.xml'], { cwd });
    expect([modeOf(cwd, 'a.xml'), modeOf(cwd, 'b.xml'), modeOf(cwd, 'a.xml.bak')]).toEqual([mode, mode, mode]);
  });

  test('an output that is overwritten keeps its own mode; one of standard input has what the mask leaves', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': 'old' });
    chmodSync(join(cwd, 'b.xml'), 0o640);
    run(['--force', '-o', 'b.xml', 'a.xml'], { cwd });
    expect([modeOf(cwd, 'b.xml'), readText(cwd, 'b.xml')]).toEqual([0o640, OFF]);
    runProgram('bash', ['-c', `umask 026; '${process.execPath}' '${CLI}' -o c.xml - < a.xml`], { cwd });
    expect(modeOf(cwd, 'c.xml')).toBe(0o640);
  });

  testAsRoot('the owner and the group, and setuid with them', () => {
    const cwd = folderWith({ 'a.xml': ON });
    chownSync(join(cwd, 'a.xml'), NOBODY, 12);
    chmodSync(join(cwd, 'a.xml'), 0o6644);
    expect(run(['-q', '-i', 'a.xml'], { cwd }).err).toBe('');
    expect(statSync(join(cwd, 'a.xml'))).toMatchObject({ uid: NOBODY, gid: 12, mode: 0o106644 });
  });

  testAsRoot('a backup that is a copy has owner, mode and times of the file too', () => {
    const cwd = folderWith({ 'a.xml': ON });
    linkSync(join(cwd, 'a.xml'), join(cwd, 'other.xml'));
    chownSync(join(cwd, 'a.xml'), NOBODY, 12);
    chmodSync(join(cwd, 'a.xml'), 0o640);
    utimesSync(join(cwd, 'a.xml'), 1e9, 1e9);
    const { uid, gid, mode, mtimeMs } = statSync(join(cwd, 'a.xml'));
    expect(run(['-q', '-i', 'a.xml'], { cwd }).status).toBe(0);
    expect(statSync(join(cwd, 'a.xml.bak'))).toMatchObject({ uid, gid, mode, mtimeMs, nlink: 1 });
  });
});

describe('rights that cannot be kept are a warning, and nobody gets more than before', () => {
  /** The owner is lost in each of these; the group too, unless the user is in group 12. */
  testAsRoot.each<[string, number, number, number]>([
    ['what everybody may, everybody may', 0o644, 0, 0o644],
    ['setuid and setgid are dropped', 0o6755, 0, 0o755],
    ['a new group gets no rights that only the former had', 0o664, 0, 0o644],
    ['the former group gets no rights that only the others had', 0o604, 0, 0o600],
    ['the former owner gets no rights that only the others had', 0o044, 0, 0o000],
    ['a group that is kept keeps its rights', 0o640, 12, 0o640],
  ])('%s', (_, mode, group, expected) => {
    const cwd = folderOfRoot(mode, group);
    const { status, err } = runAsNobody(['-q', '-o', 'b.xml', 'a.xml'], cwd, 12);
    expect([status, readText(cwd, 'b.xml')]).toEqual([0, OFF]);
    expect(err).toMatch(
      /^a\.xml: warning: not all rights of b\.xml could be kept: its owner is 65534, not 0(; .*)? \[RIGHTS_NOT_KEPT\]\n$/,
    );
    expect(modeOf(cwd, 'b.xml').toString(8)).toBe(expected.toString(8));
  });

  testAsRoot('an output that is overwritten gets no rights that the input does not give either', () => {
    const cwd = folderOfRoot(0o644);
    writeFileSync(join(cwd, 'mine.xml'), ON);
    chownSync(join(cwd, 'mine.xml'), NOBODY, NOBODY);
    chmodSync(join(cwd, 'mine.xml'), 0o600);
    expect(runAsNobody(['-q', '--force', '-o', 'a.xml', 'mine.xml'], cwd).err).toContain('[RIGHTS_NOT_KEPT]');
    expect([modeOf(cwd, 'a.xml'), readText(cwd, 'a.xml')]).toEqual([0o600, OFF]);
  });

  testAsRoot('in place, of a backup that is a copy too; both are in the JSON', () => {
    const cwd = folderOfRoot(0o664);
    linkSync(join(cwd, 'a.xml'), join(cwd, 'other.xml'));
    const { status, out } = runAsNobody(['-i', '--json', 'a.xml'], cwd);
    const message = 'its owner is 65534, not 0; its group is 65534, not 0; its mode is 644, not 664';
    const warning = (path: string): object => ({
      code: 'RIGHTS_NOT_KEPT',
      message: `not all rights of ${path} could be kept: ${message}`,
      line: null,
      column: null,
      offset: null,
    });
    expect([status, JSON.parse(out)]).toMatchObject([
      0,
      { files: [{ error: null, backup: 'a.xml.bak', warnings: [warning('a.xml'), warning('a.xml.bak')] }] },
    ]);
    expect([modeOf(cwd, 'a.xml'), modeOf(cwd, 'a.xml.bak')]).toEqual([0o644, 0o644]);
  });

  testAsRoot('of a diff that is overwritten', () => {
    const cwd = folderOfRoot(0o644);
    writeFileSync(join(cwd, 'd.diff'), 'old');
    const { status, err } = runAsNobody(['-n', '-q', '--force', '--diff', 'd.diff', 'a.xml'], cwd);
    expect([status, err]).toEqual([0, expect.stringMatching(/^d\.diff: warning: .* \[RIGHTS_NOT_KEPT\]\n$/)]);
  });

  const inNamespace = ['--user', '--map-root-user', '--', process.execPath, CLI];
  const hasNamespaces = isRoot && spawnSync('unshare', [...inNamespace, '--version']).status === 0;
  (hasNamespaces ? test : test.skip)(
    'an owner whom the system does not know, EINVAL (needs root and user namespaces)',
    () => {
      const cwd = folderWith({ 'a.xml': ON });
      chownSync(join(cwd, 'a.xml'), 1000, 1000);
      const { status, err } = runProgram('unshare', [...inNamespace, '-q', '-i', 'a.xml'], { cwd });
      expect([status, err]).toEqual([0, expect.stringContaining('its owner is 0, not 65534')]);
      expect([modeOf(cwd, 'a.xml'), readText(cwd, 'a.xml')]).toEqual([0o644, OFF]);
    },
  );

  const { EPERM, EINVAL, ENOSYS, ENOTSUP, EIO } = constants.errno;

  testRefused.each([EPERM, EINVAL, ENOSYS, ENOTSUP])('errno %i (needs Linux and a C compiler)', (error) => {
    for (const [mode, expected] of [
      [0o644, 0o600],
      [0o444, 0o400],
    ]) {
      const cwd = folderWith({ 'a.xml': ON });
      chmodSync(join(cwd, 'a.xml'), mode);
      const { status, err } = runRefused(['-q', '-i', 'a.xml'], cwd, { REFUSE_RIGHTS: String(error) });
      expect([status, err]).toEqual([0, expect.stringContaining(`its mode is ${expected.toString(8)}, not`)]);
      expect([modeOf(cwd, 'a.xml'), readText(cwd, 'a.xml')]).toEqual([expected, OFF]);
    }
  });

  testRefused('but any other error of the system ends the run (needs Linux and a C compiler)', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status, err } = runRefused(['-q', '-i', 'a.xml'], cwd, { REFUSE_RIGHTS: String(EIO) });
    expect([status, err, readdirSync(cwd)]).toEqual([2, expect.stringContaining('[WRITE_FAILED]'), ['a.xml']]);
    expect(readText(cwd, 'a.xml')).toBe(ON);
  });
});

describe('file systems that do not let rights be set (needs bindfs and FUSE)', () => {
  const mounted = folderWith({ 'files/a.xml': ON });
  mkdirSync(join(mounted, 'view'));
  /** @returns The folder as a file system with these options shows it; null if there cannot be one. */
  const mount = (options: string[]): string | null => {
    const view = join(mounted, 'view');
    const words = ['--no-allow-other', ...options, join(mounted, 'files'), view];
    return spawnSync('bindfs', words).status === 0 ? view : null;
  };
  const unmount = (): void => {
    spawnSync('fusermount', ['-u', join(mounted, 'view')]);
  };
  const canMount = mount([]) !== null;
  unmount();
  afterEach(unmount);

  (canMount ? test : test.skip).each([['--chmod-deny'], ['--chmod-ignore']])('%s', async (option) => {
    writeFileSync(join(mounted, 'files/a.xml'), ON);
    chmodSync(join(mounted, 'files/a.xml'), 0o664);
    const path = join(mount([option]) ?? '', 'a.xml');
    const { output, warnings } = await patchFile(path, { inPlace: true, backup: false });
    expect([output, warnings]).toMatchObject([
      path,
      [{ code: 'RIGHTS_NOT_KEPT', message: `not all rights of ${path} could be kept: its mode is 600, not 664` }],
    ]);
    expect([modeOf(path), readText(path)]).toEqual([0o600, OFF]);
  });
});

test('a folder that cannot be flushed after the rename is a warning: the file is there', () => {
  const cwd = folderWith({ 'a.xml': ON });
  if (isRoot) chownSync(cwd, NOBODY, NOBODY);
  if (isRoot) chownSync(join(cwd, 'a.xml'), NOBODY, NOBODY);
  // To be flushed, it must be opened for reading; to find and make names in it, it need not.
  chmodSync(cwd, 0o300);
  const { status, out } = runAsNobody(['-i', '--json', 'a.xml'], cwd);
  chmodSync(cwd, 0o700);
  const [{ output, backup, warnings }] = (JSON.parse(out) as { files: ReturnType<typeof entriesOf> }).files;
  expect([status, output, backup, warnings]).toMatchObject([
    0,
    'a.xml',
    'a.xml.bak',
    [{ code: 'FOLDER_NOT_FLUSHED', line: null }],
  ]);
  expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak')]).toEqual([OFF, ON]);
});
