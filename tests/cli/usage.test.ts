import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI, folderWith, run, runProgram } from '../support/command.ts';
import { OFF, ON } from '../support/metabase.ts';

const folder = (): string => folderWith({ 'a.xml': ON });

describe('mistyped words are named, with the nearest right one', () => {
  test.each([
    [['--disabel', 'dsn', 'a.xml'], 'there is no option --disabel; did you mean --disable?'],
    [['--dryrun', 'a.xml'], 'there is no option --dryrun; did you mean --dry-run?'],
    [['check', '--jsn', 'a.xml'], 'there is no option --jsn; did you mean --json?'],
    [['--no-bakup', 'a.xml'], 'there is no option --no-bakup; did you mean --no-backup?'],
    [['-z', 'a.xml'], 'there is no option -z'],
    [
      ['--disable', '8bitmine', 'a.xml'],
      '"8bitmine" is neither an ESMTP verb nor a mask such as 0x400000; did you mean 8bitmime? The verbs are',
    ],
    [['--enable', 'CHUNKIN', 'a.xml'], 'did you mean CHUNKING?'],
    [['chekc', 'a.xml'], '"chekc" is neither a file nor a command; did you mean check?'],
    [['shwo'], '"shwo" is neither a file nor a command; did you mean show?'],
    [['verfy', 'a.xml', 'a.xml'], 'did you mean verify?'],
    [['-q', 'shwo', 'a.xml'], '"shwo" is neither a file nor a command; did you mean show?'],
    [['--json', '--server', '1', 'chek', 'a.xml'], '"chek" is neither a file nor a command; did you mean check?'],
    [['--disable', 'chunk', 'a.xml'], 'did you mean CHUNKING?'],
    [['--dry', 'a.xml'], 'there is no option --dry; did you mean --dry-run?'],
    [['-in-place', 'a.xml'], 'there is no option -in-place; did you mean --in-place?'],
    [['-i-place', 'a.xml'], 'there is no option -i-place; did you mean --in-place?'],
    [['-q-n', 'a.xml'], 'there is no option -q-n'],
    [['-i-', 'a.xml'], 'there is no option -i-'],
    [['-5', 'a.xml'], 'there is no option -5'],
    [['-q=1', 'a.xml'], '-q takes no value'],
    [['-nq=', 'a.xml'], '-nq takes no value'],
    [['--json=1', 'a.xml'], '--json takes no value'],
    [['-o'], '-o needs a value'],
    [['--i', 'a.xml'], 'there is no option --i'],
    [['--O', 'a.xml'], 'there is no option --O'],
    [['--hlep'], 'there is no option --hlep; did you mean --help?'],
    [['--versoin'], 'there is no option --versoin; did you mean --version?'],
    [['show', '-n', 'a.xml'], '-n, --dry-run is an option of patch only'],
    [['check', '--output', 'b', 'a.xml'], '-o, --output is an option of patch only'],
    [['verify', '--report', 'r', 'a.xml', 'a.xml'], '--report is an option of patch, show and check only'],
    [['completion', '--json'], '--json is an option of patch, show, check, verify and ehlo only'],
    [['help', '-q'], '-q, --quiet is an option of patch, show, check, verify and ehlo only'],
    [['-output', 'b.xml', 'a.xml'], 'there is no option -output; did you mean --output?'],
    [['-output=b.xml', 'a.xml'], 'there is no option -output; did you mean --output?'],
    [['-Force', 'a.xml'], 'there is no option -Force; did you mean --force?'],
    [['-nz', 'a.xml'], 'there is no option -nz'],
    [['--$0', 'a.xml'], 'there is no option --$0'],
  ])('%j', (words, message) => {
    const cwd = folder();
    const { status, out, err } = run(words, { cwd });
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain('[USAGE]');
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  test('a mistyped file is a missing file', () => {
    expect(run(['metabse.xml']).err).toBe(
      'metabse.xml: cannot be read: there is no such file or folder [FILE_UNREADABLE]\n',
    );
  });
});

describe('the command is the first word that is not an option', () => {
  test.each([
    [['-q', 'show', 'a.xml'], 0],
    [['--json', 'show', 'a.xml'], 0],
    [['--server', '1', 'check', '-q', 'a.xml'], 1],
    [['-n', 'patch', 'a.xml'], 0],
    [['-q', 'verify', 'a.xml', 'a.xml'], 1],
  ])('%j', (words, status) => {
    const cwd = folder();
    expect(run(words, { cwd }).status).toBe(status);
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  test('so a second one is a file', () => {
    const cwd = folderWith({ show: ON, help: OFF });
    expect(run(['show', 'show'], { cwd })).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^show: /) as string,
    });
    expect(run(['check', 'help'], { cwd })).toMatchObject({ status: 0, err: 'help: ok\n' });
  });
});

describe('usage errors', () => {
  test.each([
    [[]],
    [['show']],
    [['-o', 'b.xml']],
    [['-o']],
    [['-o', '-n', 'a.xml']],
    [['-o=', 'a.xml']],
    [['--files-from']],
    [['--output=', 'a.xml']],
    [['-o', 'b.xml', '-o', 'c.xml', 'a.xml']],
    [['-U', 'x', 'a.xml']],
    [['-U', '-1', 'a.xml']],
    [['--dry-run=yes', 'a.xml']],
    [['--json=1', 'a.xml']],
    [['--color', '--no-color', 'a.xml']],
    [['--no-disable', 'a.xml']],
    [['--diff', '-', 'a.xml']],
    [['--json', '-o', '-', 'a.xml']],
    [['check', '-n', 'a.xml']],
    [['verify', '--context', '1', 'a.xml', 'a.xml']],
  ])('%j: exit 2, no JSON, no stack trace, nothing written', (words) => {
    const cwd = folder();
    const { status, out, err } = run(words, { cwd });
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^iis-metabase-patch: .* \[USAGE\]\niis-metabase-patch: try --help\n$/);
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });
});

describe('the traps of an option before a FILE', () => {
  test.each([
    [['--set-missing', 'a.xml']],
    [['--disable', '8bitmime', 'a.xml']],
    [['--disable=8bitmime', 'a.xml']],
    [['--server', '1', 'a.xml']],
    [['--dry-run', 'a.xml']],
    [['--no-backup', 'a.xml']],
    [['--json', 'a.xml']],
    [['-q', 'a.xml']],
    [['--color', 'a.xml']],
    [['-U', '1', 'a.xml']],
    [['-U1', 'a.xml']],
    [['-nqU0', 'a.xml']],
    [['--diff', 'd', '--force', 'a.xml']],
    [['--', 'a.xml']],
    [['a.xml', '-n']],
  ])('%j does not swallow it', (words) => {
    const cwd = folder();
    const { status, err } = run(words, { cwd });
    expect([status, err.includes('[')]).toEqual([0, false]);
  });

  test('a value may follow = or a space, or directly its letter', () => {
    for (const words of [
      ['-o', 'b.xml'],
      ['-ob.xml'],
      ['-o=b.xml'],
      ['--output', 'b.xml'],
      ['--output=b.xml'],
      ['-qo', 'b.xml'],
    ]) {
      const cwd = folder();
      expect(run([...words, 'a.xml'], { cwd }).status).toBe(0);
      expect(readFileSync(join(cwd, 'b.xml'), 'utf8')).toBe(OFF);
    }
  });

  test('after -- all words are files; numbers, dashes and names of commands too', () => {
    const cwd = folderWith({ '-n': ON, '1': ON, show: ON, '--json': ON });
    expect(run(['--', '-n', '1', '--json'], { cwd }).status).toBe(0);
    expect(run(['-i', '--', 'show'], { cwd }).status).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual([
      '--json',
      '--json.patched.xml',
      '-n',
      '-n.patched.xml',
      '1',
      '1.patched.xml',
      'show',
      'show.bak',
    ]);
  });

  test('names that JavaScript knows are not options', () => {
    for (const name of ['constructor', '__proto__', 'toString', '_', '$0']) {
      expect(run([`--${name}=1`, 'a.xml'], { cwd: folder() })).toMatchObject({ status: 2, out: '' });
    }
  });
});

describe('-q', () => {
  test.each([
    [['-q', 'a.xml']],
    [['show', '-q', 'a.xml']],
    [['check', '-q', 'a.xml']],
    [['verify', '-q', 'a.xml', 'a.xml']],
  ])('%j: no diff, table, findings or summary', (words) => {
    expect(run(words, { cwd: folder() })).toMatchObject({ out: '', err: '' });
  });

  test('warnings, errors, JSON and bytes stay', () => {
    const cwd = folderWith({ 'a.xml': ON, 'bad.xml': '<a' });
    expect(run(['-q', '-o', '-', 'a.xml'], { cwd }).out).toBe(OFF);
    expect(run(['-q', '-n', '--json', 'a.xml'], { cwd }).out).toContain('"version": 1');
    expect(run(['-q', 'bad.xml'], { cwd }).err).toContain('[XML_UNEXPECTED_END]');
    expect(run(['-q', '-n', '--disable', '0x1', 'a.xml'], { cwd }).err).toContain('[UNNAMED_MASK]');
  });
});

describe('--json: standard output is one document instead of diff or text', () => {
  test.each([[['-n']], [['show']], [['check']], [['show', '--commands']]])('%j', (words) => {
    const { out } = run([...words, '--json', 'a.xml'], { cwd: folder() });
    expect(JSON.parse(out)).toMatchObject({ version: 1 });
  });

  test('if the diff or the report cannot be written', () => {
    for (const words of [
      ['--diff', 'no/d'],
      ['-n', '--diff', 'no/d'],
      ['--report', 'no/r'],
    ]) {
      const { status, out, err } = run([...words, '--json', 'a.xml'], { cwd: folder() });
      expect([status, err]).toEqual([2, expect.stringContaining('[WRITE_FAILED]')]);
      expect(JSON.parse(out)).toMatchObject({ files: [{ error: null, changed: true }] });
    }
  });

  test('is ASCII, whatever is in names and comments', () => {
    const name = 'é\u009b\u202e😀.xml';
    const cwd = folderWith({ [name]: ON.replace('Server 1', 'Größe&#x9b;\u202e中') });
    const { out } = run(['show', '--json', name], { cwd });
    expect(out).toMatch(/^[\n -~]*$/);
    expect(out).toContain('\\u00e9\\u009b\\u202e\\ud83d\\ude00.xml');
    expect(JSON.parse(out)).toMatchObject({ files: [{ file: name, servers: [{ comment: 'Größe\u009b\u202e中' }] }] });
    expect(run(['verify', '--json', name, name], { cwd }).out).toMatch(/^[\n -~]*$/);
  });

  test('bytes of a name that are not Unicode become U+FFFD', () => {
    const code = `'${process.execPath}' '${CLI}' check --json $'\\xff.xml'`;
    expect(runProgram('bash', ['-c', code]).out).toContain('"file": "\\ufffd.xml"');
  });
});
