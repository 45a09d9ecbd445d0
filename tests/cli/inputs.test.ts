import { readdirSync } from 'node:fs';
import { CLI, folderWith, readText, run, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';
import { entriesOf } from '../support/document.ts';
import { OFF, ON } from '../support/metabase.ts';

describe('standard input', () => {
  test('patch writes the bytes to standard output', () => {
    expect(run(['-'], { input: ON })).toMatchObject({ status: 0, out: OFF });
  });

  test('unless -o or -n is given; its name is - in the JSON, stdin in the diff', () => {
    const cwd = folderWith();
    const written = run(['-', '-o', 'b.xml'], { cwd, input: ON });
    expect(written.out).toMatch(/^--- a\/stdin\n\+\+\+ b\/stdin\n/);
    expect(readText(cwd, 'b.xml')).toBe(OFF);
    expect(run(['-n', '-'], { input: ON }).out).toBe(written.out);
    expect(entriesOf(['-n', '-'], { input: ON })[0].file).toBe('-');
    expect(entriesOf(['show', '-'], { input: ON })[0].file).toBe('-');
    expect(run(['check', '-'], { input: ON }).out).toMatch(/^-:4:1: /);
  });

  test.each([
    ['-', '-i'],
    ['-', '--out-dir', 'd'],
    ['-', 'a.xml'],
    ['-', '--json'],
    ['-o', '-', '--json', 'a.xml'],
    ['verify', '-', 'a.xml'],
    ['-', '--files-from', 'list'],
  ])('refused: %s %s %s', (...words) => {
    const cwd = folderWith({ 'a.xml': ON, list: 'a.xml' });
    expect(run(words, { cwd, input: ON })).toMatchObject({ status: 2, out: '' });
    expect(readdirSync(cwd)).toEqual(['a.xml', 'list']);
  });
});

describe('--files-from FILE', () => {
  const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

  test.each<[string, string | Buffer, readonly string[]]>([
    ['newline separated', 'a.xml\nb.xml\n', ['a.xml', 'b.xml']],
    ['with line ends of Windows and empty lines', '\r\na.xml\r\n\r\nb.xml\r\n', ['a.xml', 'b.xml']],
    ['NUL separated if it holds a NUL', 'a.xml\0b\nc.xml\0', ['a.xml', 'b\nc.xml']],
    ['UTF-8', 'é.xml\n', ['é.xml']],
    ['UTF-8 with a byte order mark', '\ufeffé.xml\n', ['é.xml']],
    [
      "UTF-16, as Windows PowerShell's > writes it",
      Buffer.from('\ufeffa.xml\r\né.xml\r\n', 'utf16le'),
      ['a.xml', 'é.xml'],
    ],
    ['UTF-16 of the other order', swapped('\ufeffa.xml\r\né.xml'), ['a.xml', 'é.xml']],
    ['UTF-16, NUL separated', Buffer.from('\ufeffa.xml\0b\nc.xml\0', 'utf16le'), ['a.xml', 'b\nc.xml']],
  ])('%s', (_, list, names) => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': ON, 'b\nc.xml': ON, 'é.xml': ON, list });
    const found = (path: string): unknown =>
      entriesOf(['check', '--files-from', path], { cwd, input: list }).map(({ file, error }) => [file, error]);
    expect(found('list')).toEqual(names.map((name) => [name, null]));
    expect(found('-')).toEqual(names.map((name) => [name, null]));
  });

  test('comes after the files on the command line', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': ON, list: 'b.xml' });
    const entries = entriesOf(['show', '--files-from', 'list', 'a.xml'], { cwd });
    expect(entries.map(({ file }) => file)).toEqual(['a.xml', 'b.xml']);
  });

  test.each<[string, string | Buffer]>([
    ['an empty list', ''],
    ['a list of empty lines', '\r\n\n'],
    ['a list of nothing but a byte order mark', '\ufeff'],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xe9, 0x0a])],
    ['half of UTF-16', Buffer.from([0xff, 0xfe, 0x61])],
    ['half of UTF-16 of the other order', Buffer.from([0xfe, 0xff, 0x00])],
    ['half of a surrogate pair', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
  ])('%s is a usage error', (_, list) => {
    const cwd = folderWith({ list });
    for (const words of [['list'], ['-'], ['list', '--json']]) {
      const { status, out, err } = run(['check', '--files-from', ...words], { cwd, input: list });
      expect([status, out, err.includes('[USAGE]')]).toEqual([2, '', true]);
    }
  });

  test('a list that cannot be read is a usage error, whatever else is named: nothing is done', () => {
    const cwd = folderWith({ 'a.xml': ON, 'folder/x': '' });
    for (const [list, why] of [
      ['missing', 'there is no such file or folder'],
      ['folder', 'it is a folder'],
    ]) {
      expect(run(['--files-from', list, 'a.xml'], { cwd })).toMatchObject({
        status: 2,
        out: '',
        err: `iis-metabase-patch: the list ${list} cannot be read: ${why} [USAGE]\niis-metabase-patch: try --help\n`,
      });
    }
    expect(readdirSync(cwd).sort()).toEqual(['a.xml', 'folder']);
  });
});

describe('an input that is a pipe or a device', () => {
  const refusal = (name: string): string =>
    `iis-metabase-patch: ${name} is a pipe or a device: it needs --output, which says where to write, or --dry-run [USAGE]\n`;

  testWith('mkfifo')('needs -o or -n for patch; it is not even opened', () => {
    const cwd = folderWith({ 'a.xml': ON });
    runProgram('mkfifo', ['pipe.xml'], { cwd });
    for (const words of [[], ['-i'], ['--out-dir', 'd'], ['--force'], ['--json']]) {
      const { status, out, err } = run(['-q', ...words, 'a.xml', 'pipe.xml'], { cwd });
      expect([status, out, err.startsWith(refusal('pipe.xml'))]).toEqual([2, '', true]);
    }
    expect(readdirSync(cwd).sort()).toEqual(['a.xml', 'pipe.xml']);
  });

  test('/dev/stdin and /dev/fd/0 count as such, even if they are a file', () => {
    for (const name of ['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']) {
      expect(run(['-q', name], { input: ON })).toMatchObject({ status: 2, out: '' });
      const cwd = folderWith({ 'a.xml': ON });
      const { out } = runProgram('bash', ['-c', `'${process.execPath}' '${CLI}' -q ${name} < a.xml 2>&1`], { cwd });
      expect(out).toContain(refusal(name));
    }
  });

  test('-o and -n accept it, and so do show and check', () => {
    const shell = (words: string, cwd: string): ReturnType<typeof run> =>
      runProgram('bash', ['-c', `cat a.xml | '${process.execPath}' '${CLI}' ${words}`], { cwd });
    const cwd = folderWith({ 'a.xml': ON });
    expect(shell('-q -o b.xml /dev/stdin', cwd)).toMatchObject({ status: 0, err: '' });
    expect(readText(cwd, 'b.xml')).toBe(OFF);
    expect(shell('-q -o - /dev/stdin', cwd)).toMatchObject({ status: 0, out: OFF });
    expect(shell('-n /dev/stdin', cwd).out).toContain('--- a/dev/stdin');
    expect(shell('check -q /dev/stdin', cwd).status).toBe(1);
    expect(shell('show /dev/stdin', cwd).status).toBe(0);
  });

  test('a folder is FILE_UNREADABLE', () => {
    const cwd = folderWith({ 'folder.xml/x': '' });
    expect(run(['-q', 'folder.xml'], { cwd })).toMatchObject({
      status: 2,
      err: 'folder.xml: cannot be read: it is a folder [FILE_UNREADABLE]\n',
    });
  });
});

test('no file is looked at except those that are named', () => {
  const log = `const fs = require('node:fs');
    for (const name of ['readFileSync', 'openSync', 'statSync', 'readdirSync', 'existsSync', 'accessSync']) {
      const real = fs[name];
      fs[name] = (path, ...rest) => (process.stderr.write('fs ' + path + '\\n'), real(path, ...rest));
    }`;
  const cwd = folderWith({ 'log.cjs': log, 'package.json': '{"yargs":{}}', 'a.xml': ON });
  const { err } = runProgram(process.execPath, ['-r', './log.cjs', CLI, 'check', '-q', '--disable', 'dsn', 'a.xml'], {
    cwd,
  });
  const paths = [...err.matchAll(/^fs (.*)$/gm)].map(([, path]) => path);
  expect(new Set(paths)).toEqual(new Set([CLI, 'a.xml']));
});
