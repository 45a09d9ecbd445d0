import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { shellOf } from '../../src/cli/commands/completion.ts';
import { CLI, folderWith, run, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';

/** The answer of the protocol to the words of a line, of which the last is to be completed. */
const answers = (...words: string[]): string[] =>
  run(['--get-yargs-completions', 'iis-metabase-patch', ...words])
    .out.split('\n')
    .slice(0, -1);

const COMMANDS = ['patch', 'show', 'check', 'verify', 'ehlo', 'completion', 'help'];

describe('the completion protocol', () => {
  test('completes commands, and options of the command in every place', () => {
    expect(answers('')).toEqual(COMMANDS);
    expect(answers('ch')).toEqual(['check']);
    expect(answers('check', '--')).toEqual(expect.arrayContaining(['--disable', '--json', '--files-from', '--help']));
    expect(answers('check', '--out')).toEqual([]);
    expect(answers('--d')).toEqual(['--disable', '--dry-run', '--diff']);
    expect(answers('-q', 'verify', 'a.xml', '--set')).toEqual(['--set-missing']);
    expect(answers('check', '-', '--js')).toEqual(['--json']);
    expect(answers('--set-missing', '--js')).toEqual(['--json']);
    expect(answers('help', 'v')).toEqual(['verify']);
    expect(answers('completion', '')).toEqual(['bash', 'zsh', 'powershell']);
  });

  test('does not offer an option again that counts only once', () => {
    expect(answers('--json', '--js')).toEqual([]);
    expect(answers('--disable', 'dsn', '--dis')).toEqual(['--disable']);
  });

  test('completes verbs, one by one, after a space or an equals sign', () => {
    expect(answers('check', '--disable', '')).toEqual(expect.arrayContaining(['8bitmime', 'chunking', 'turn', 'atrn']));
    expect(answers('--enable', 'CH')).toEqual(['chunking']);
    expect(answers('--enable', 'dsn,c')).toEqual(['dsn,chunking']);
    expect(answers('--enable=dsn,0x1,c')).toEqual(['--enable=dsn,0x1,chunking']);
    expect(answers('--enable', '=', 'ch')).toEqual(['chunking']);
    expect(answers('--enable', '=')).toContain('chunking');
    expect(answers('--enable', '$(x),c')).toEqual([]);
  });

  test('leaves the names of files to the shell', () => {
    for (const words of [
      ['check', ''],
      ['-o', ''],
      ['--output=', 'x'],
      ['--output=x'],
      ['--report', 'c'],
      ['verify', 'a'],
    ]) {
      expect(answers(...words)).toEqual([]);
    }
  });

  test('treats a space as an empty word, and no word too', () => {
    expect(answers(' ')).toEqual(COMMANDS);
    expect(run(['--get-yargs-completions'])).toMatchObject({ status: 0, err: '', out: `${COMMANDS.join('\n')}\n` });
  });
});

describe('completion [bash|zsh|powershell]', () => {
  const script = (shell: string): string => run(['completion', shell]).out;

  test('prints the script of the shell that is named, else of the one in $SHELL, else of bash', () => {
    for (const shell of ['bash', 'zsh', 'powershell']) expect(script(shell)).toMatch(/^#.*\n[^]*iis-metabase-patch/);
    for (const [SHELL, shell] of [
      ['/usr/bin/zsh', 'zsh'],
      ['/opt/microsoft/powershell/7/pwsh', 'powershell'],
      ['/bin/bash', 'bash'],
      ['/usr/bin/fish', 'bash'],
      ['', 'bash'],
    ]) {
      expect(run(['completion'], { env: { SHELL } })).toMatchObject({ status: 0, out: script(shell), err: '' });
    }
  });

  test('on Windows, where $SHELL is that of some other tool, it is that of PowerShell', () => {
    expect(shellOf('/usr/bin/bash', true)).toBe('powershell');
    expect(shellOf('/usr/bin/bash', false)).toBe('bash');
  });

  test('an unknown shell is a usage error with the nearest', () => {
    expect(run(['completion', 'powershel'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('completion takes one of bash, zsh, powershell; did you mean powershell?') as string,
    });
    expect(run(['completion', 'bash', 'zsh'])).toMatchObject({ status: 2, out: '' });
  });

  /** Runs the script in its shell, with the command in the search path. */
  const inShell = (shell: string, code: string): string[] => {
    const bin = folderWith({
      'iis-metabase-patch': `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`,
      script: script(shell),
      code,
    });
    chmodSync(join(bin, 'iis-metabase-patch'), 0o755);
    const env = { PATH: [bin, process.env['PATH']].join(delimiter) };
    const { out, err } = runProgram(shell, ['-c', 'source ./script; source ./code'], { cwd: bin, env });
    expect(err).toBe('');
    return out.trimEnd().split('\n');
  };

  testWith('bash')('in bash', () => {
    const line = (...words: string[]): string =>
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; ` +
      `_iis_metabase_patch; printf '%s\\n' "\${COMPREPLY[*]}"`;
    const name = 'iis-metabase-patch';
    const typed = [
      [name, 'sh'],
      [name, 'check', '--js'],
      [name, '--disable', 'dsn,ch'],
      [name, '--disable', '=', 'ch'],
      [name, 'check', 'x'],
    ];
    const code = `IFS=' '; complete -p ${name}; ${typed.map((words) => line(...words)).join('; ')}`;
    expect(inShell('bash', code)).toEqual([
      'complete -o bashdefault -o default -F _iis_metabase_patch iis-metabase-patch',
      'show',
      '--json',
      'dsn,chunking',
      'chunking',
    ]);
  });

  testWith('zsh')('in zsh', () => {
    const code = `
      compadd() { print -r -- "added:" "\${@[2,-1]}" }
      _files() { print files }
      words=(iis-metabase-patch check --di ignored) CURRENT=3; _iis_metabase_patch
      words=(iis-metabase-patch '') CURRENT=2; _iis_metabase_patch
      words=(iis-metabase-patch check '') CURRENT=3; _iis_metabase_patch`;
    expect(inShell('zsh', code)).toEqual(['added: --disable', `added: ${COMMANDS.join(' ')}`, 'files']);
  });

  test('for PowerShell it registers the command and the executable, and asks by the protocol', () => {
    const powershell = script('powershell');
    expect(powershell).toContain(
      "Register-ArgumentCompleter -Native -CommandName 'iis-metabase-patch', 'iis-metabase-patch.exe' -ScriptBlock {",
    );
    expect(powershell).toContain('& $command --get-yargs-completions $words');
    expect(powershell).toMatch(/^[\n -~]*$/);
  });

  testWith('pwsh')('in PowerShell', () => {
    const code = `$line = 'iis-metabase-patch check --dis'
      (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText`;
    const bin = folderWith({ 'iis-metabase-patch': `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n` });
    chmodSync(join(bin, 'iis-metabase-patch'), 0o755);
    const env = { PATH: [bin, process.env['PATH']].join(delimiter) };
    const { out } = runProgram('pwsh', ['-NoProfile', '-Command', `${script('powershell')}\n${code}`], { env });
    expect(out.trim()).toBe('--disable');
  });
});
