import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const onWindows = process.platform === 'win32';

/** What a test may need that not every system has. */
const IS_THERE = {
  /** Permissions and paths of POSIX. Windows has only a read-only flag, and there `a.xml/` is the file. */
  posix: !onWindows,
  /** On Windows an ordinary user may not create them. */
  'symbolic links': hasSymbolicLinks(),
  /** Windows ends a process instead of sending it a signal. */
  signals: !onWindows,
  /** Windows does not replace a file that a program has open. */
  'open files can be replaced': !onWindows,
  /** Windows takes no quotes, brackets, colons or control characters in names. */
  'any character in names': !onWindows,
  /** Bash, and what it does with pipes. On Windows `bash` may be that of another system. */
  bash: !onWindows && says('bash', 'GNU bash'),
  /** The device that is always full is known to Linux only. */
  '/dev/full': existsSync('/dev/full'),
  '/dev/null': existsSync('/dev/null'),
  git: says('git', 'git version'),
  /** The one on macOS is different, with other options. */
  patch: says('patch', 'GNU patch'),
  mkfifo: says('mkfifo', 'coreutils'),
  /** PowerShell 6 and later; Debian has no package of it. */
  pwsh: says('pwsh', 'PowerShell'),
  zsh: says('zsh', 'zsh'),
  /** The one that runs a command on a terminal; the one on macOS has other options. */
  script: says('script', 'util-linux'),
};

export const systemHas = (need: keyof typeof IS_THERE): boolean => IS_THERE[need];

/** @returns A function that runs a test if the system has all that it needs, and otherwise shows it as skipped. */
export function testWith(...needs: readonly (keyof typeof IS_THERE)[]): jest.It {
  return needs.every(systemHas) ? test : test.skip;
}

function says(program: string, name: string): boolean {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 && stdout.includes(name);
}

function hasSymbolicLinks(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'iis-metabase-patch-test-'));
  try {
    writeFileSync(join(folder, 'file'), 'x');
    symlinkSync('file', join(folder, 'link'));
    return readFileSync(join(folder, 'link'), 'utf8') === 'x';
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
