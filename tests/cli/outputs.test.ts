import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { folderWith, readText, run, runProgram } from '../support/command.ts';
import { entriesOf } from '../support/document.ts';
import { metabase, OFF, ON, server } from '../support/metabase.ts';
import { testWith } from '../support/platform.ts';
import { start } from '../support/running.ts';
import { runAsNobody } from '../support/unprivileged.ts';

const withLinks = testWith('symbolic links');
const withAnyName = testWith('any character in names');

describe('where the patched file goes', () => {
  test.each([
    ['MetaBase.xml', 'MetaBase.patched.xml'],
    ['METABASE.XML', 'METABASE.patched.xml'],
    ['export', 'export.patched.xml'],
    ['sub/a.b.xml', 'sub/a.b.patched.xml'],
    ['x.xml.xml', 'x.xml.patched.xml'],
  ])('none of the options: %s is written to %s beside it', (name, output) => {
    const cwd = folderWith({ [name]: ON });
    expect(run([name], { cwd })).toMatchObject({ status: 0 });
    expect([readText(cwd, output), readText(cwd, name)]).toEqual([OFF, ON]);
  });

  test('the word patch may be left out', () => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['patch', 'a.xml'], { cwd }).out).toBe(run(['--force', 'a.xml'], { cwd }).out);
  });

  test('-o FILE: there, one input only', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': ON });
    expect(run(['-o', 'new.xml', 'a.xml'], { cwd }).status).toBe(0);
    expect(readText(cwd, 'new.xml')).toBe(OFF);
    expect(run(['-o', 'other.xml', 'a.xml', 'b.xml'], { cwd })).toMatchObject({ status: 2, out: '' });
    expect(existsSync(join(cwd, 'other.xml'))).toBe(false);
  });

  test('-o -: standard output has the bytes and no diff', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { out, err, status } = run(['-o', '-', 'a.xml'], { cwd });
    expect([out, status]).toEqual([OFF, 0]);
    expect(err).toContain('written to standard output');
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  test('-i: replaces FILE after a backup FILE.bak, then FILE.bak.1 …; a backup is never overwritten', () => {
    const cwd = folderWith({ 'a.xml': ON, 'a.xml.bak': 'mine' });
    expect(run(['-i', 'a.xml'], { cwd }).status).toBe(0);
    expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak'), readText(cwd, 'a.xml.bak.1')]).toEqual([
      OFF,
      'mine',
      ON,
    ]);
    expect(entriesOf(['-i', '--force', '--enable', '8bitmime', 'a.xml'], { cwd })[0]).toMatchObject({
      output: 'a.xml',
      backup: 'a.xml.bak.2',
    });
    expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak.2')]).toEqual([ON, OFF]);
  });

  test('-i: a backup takes no name that the run uses, even if no such file exists yet', () => {
    for (const words of [
      ['--diff', 'a.xml.bak'],
      ['--force', '--diff', './a.xml.bak'],
      ['--report', 'a.xml.bak'],
    ]) {
      const cwd = folderWith({ 'a.xml': ON });
      expect(run(['-i', ...words, 'a.xml'], { cwd }).status).toBe(0);
      expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak.1')]).toEqual([OFF, ON]);
    }
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['-i', 'a.xml', 'a.xml.bak'], { cwd }).status).toBe(2);
    expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak.1')]).toEqual([OFF, ON]);
    expect(existsSync(join(cwd, 'a.xml.bak'))).toBe(false);
  });

  test('--no-backup: without a backup', () => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['-i', '--no-backup', 'a.xml'], { cwd }).err).toContain('replaced, without a backup');
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  test.each([
    ['-o', 'b.xml', '-i'],
    ['-o', 'b.xml', '--out-dir', 'd'],
    ['-i', '--out-dir', 'd'],
  ])('at most one of -o, --out-dir and -i: %s %s %s', (...words) => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run([...words, 'a.xml'], { cwd })).toMatchObject({ status: 2, out: '' });
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });
});

describe('-n writes no output, prints the diff and says what would be written where', () => {
  test.each([
    [[], 'a.patched.xml'],
    [['-o', 'b.xml'], 'b.xml'],
    [['--out-dir', 'd'], 'd/a.xml'],
    [['-i'], 'would be replaced, after a backup'],
    [['-i', '--no-backup'], 'would be replaced, without a backup'],
    [['-o', '-'], 'standard output'],
  ])('%j', (words, where) => {
    const cwd = folderWith({ 'a.xml': ON });
    const { out, err, status } = run(['-n', ...words, 'a.xml'], { cwd });
    expect(status).toBe(0);
    expect(out).toMatch(/^--- a\/a\.xml\n\+\+\+ b\/a\.xml\n@@ /);
    expect(err).toContain(where);
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  test('but --diff FILE is still written', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { out } = run(['-n', '--diff', 'd.diff', 'a.xml'], { cwd });
    expect(readText(cwd, 'd.diff')).toBe(out);
  });

  test('an output that exists is refused as without -n: if there is something to write, and without --force', () => {
    const cwd = folderWith({ 'a.xml': ON, 'a.patched.xml': 'old', 'b.xml': OFF, 'b.patched.xml': 'old' });
    const refused = run(['-n', 'a.xml'], { cwd });
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.err).toContain('[OUTPUT_EXISTS]');
    expect(refused.err).toBe(run(['a.xml'], { cwd }).err);
    expect(run(['-n', '--force', 'a.xml'], { cwd }).status).toBe(0);
    expect(run(['-n', 'b.xml'], { cwd }).status).toBe(0);
    expect(run(['-n', '-i', 'a.xml'], { cwd }).status).toBe(0);
  });
});

describe('where nothing changes', () => {
  test('an output that the user named is written, identical to the input', () => {
    const cwd = folderWith({ 'a.xml': OFF });
    expect(run(['-o', 'b.xml', 'a.xml'], { cwd })).toMatchObject({ status: 0, out: '' });
    run(['--out-dir', 'd', 'a.xml'], { cwd });
    expect([readText(cwd, 'b.xml'), readText(cwd, 'd/a.xml')]).toEqual([OFF, OFF]);
  });

  test('in place and under the default name nothing is written, and the summary says so', () => {
    const cwd = folderWith({ 'a.xml': OFF });
    for (const words of [['a.xml'], ['-i', 'a.xml']]) {
      const { status, out, err } = run(words, { cwd });
      expect([status, out]).toEqual([0, '']);
      expect(err).toContain('nothing to change; nothing is written');
    }
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  test('and that there is an older output, if there is; it is not an error', () => {
    const cwd = folderWith({ 'a.xml': OFF, 'a.patched.xml': 'old' });
    const { status, err } = run(['a.xml'], { cwd });
    expect(status).toBe(0);
    expect(err).toContain('a.patched.xml is from an earlier run');
    expect(readText(cwd, 'a.patched.xml')).toBe('old');
  });

  test('a diff file is written, empty', () => {
    const cwd = folderWith({ 'a.xml': OFF });
    run(['--diff', 'd.diff', 'a.xml'], { cwd });
    expect(readText(cwd, 'd.diff')).toBe('');
  });
});

describe('refused before anything is written', () => {
  test('two inputs with one output: both are named, and the output', () => {
    const cwd = folderWith({ 'a/x.xml': ON, x: ON, 'x.xml': ON });
    for (const [words, message] of [
      [['a/x.xml', './a/x.xml'], 'a/x.xml and ./a/x.xml would both be written to ./a/x.patched.xml'],
      [['-n', 'x', 'x.xml'], 'x and x.xml would both be written to x.patched.xml'],
      [['-i', 'a/x.xml', './a/x.xml'], 'a/x.xml and ./a/x.xml would both be written to ./a/x.xml'],
      [['-o', 'y', '--diff', './y', 'x'], 'x and the diff would both be written to ./y'],
      [['--diff', 'y', '--report', 'y', 'x'], 'the diff and the report would both be written to y'],
    ] as const) {
      const { status, out, err } = run(words, { cwd });
      expect([status, out, err.split('\n')[0]]).toEqual([2, '', `iis-metabase-patch: ${message} [USAGE]`]);
    }
    expect([readdirSync(cwd).sort(), readdirSync(join(cwd, 'a'))]).toEqual([['a', 'x', 'x.xml'], ['x.xml']]);
  });

  withLinks('two inputs with one output, through links or as an input that is not there yet', () => {
    const cwd = folderWith({ 's/a.xml': ON, 'a.xml': ON });
    symlinkSync('s', join(cwd, 'ls'));
    symlinkSync('new.xml', join(cwd, 'dangling'));
    expect(run(['s/a.xml', 'ls/a.xml'], { cwd }).err).toContain('[USAGE]');
    expect(run(['-o', 'new.xml', '--diff', 'dangling', 'a.xml'], { cwd }).err).toContain('[USAGE]');
    expect(run(['a.xml', 'a.patched.xml'], { cwd }).err).toContain('[OUTPUT_IS_INPUT]');
    expect([readdirSync(cwd).sort(), readdirSync(join(cwd, 's'))]).toEqual([
      ['a.xml', 'dangling', 'ls', 's'],
      ['a.xml'],
    ]);
  });

  test('the diff and the output in one place', () => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['-o', 'b', '--diff', './b', 'a.xml'], { cwd }).err).toContain('[USAGE]');
    expect(readdirSync(cwd)).toEqual(['a.xml']);
  });

  withLinks('an output that is an input, through a link too; the message points at --in-place', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': ON });
    symlinkSync('a.xml', join(cwd, 'soft.xml'));
    linkSync(join(cwd, 'a.xml'), join(cwd, 'hard.xml'));
    for (const output of ['a.xml', './a.xml', 'soft.xml', 'hard.xml']) {
      const { status, err } = run(['--force', '-o', output, 'a.xml'], { cwd });
      expect([status, err.includes('[OUTPUT_IS_INPUT]'), err.includes('--in-place')]).toEqual([2, true, true]);
    }
    expect(run(['--out-dir', '.', '--force', 'a.xml', 'b.xml'], { cwd }).status).toBe(2);
    expect(run(['-n', '--force', '--diff', 'soft.xml', 'a.xml'], { cwd }).err).toContain('[OUTPUT_IS_INPUT]');
    expect(run(['-n', '--report', 'hard.xml', 'a.xml'], { cwd }).err).toContain('[OUTPUT_IS_INPUT]');
    expect([readText(cwd, 'a.xml'), readText(cwd, 'b.xml')]).toEqual([ON, ON]);
  });

  test('an output that exists, without --force; with it, it is overwritten', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': 'old', 'd/a.xml': 'old', 'a.patched.xml': 'old' });
    for (const words of [['-o', 'b.xml'], ['--out-dir', 'd'], []]) {
      const refused = run([...words, 'a.xml'], { cwd });
      expect([refused.status, refused.err.includes('[OUTPUT_EXISTS]')]).toEqual([2, true]);
    }
    expect([readText(cwd, 'b.xml'), readText(cwd, 'd/a.xml'), readText(cwd, 'a.patched.xml')]).toEqual([
      'old',
      'old',
      'old',
    ]);
    for (const words of [['-o', 'b.xml'], ['--out-dir', 'd'], []]) run(['--force', ...words, 'a.xml'], { cwd });
    expect([readText(cwd, 'b.xml'), readText(cwd, 'd/a.xml'), readText(cwd, 'a.patched.xml')]).toEqual([OFF, OFF, OFF]);
  });

  withLinks('an output that no file can have, in a dry run too', () => {
    const cwd = folderWith({ 'a.xml': ON, file: '', 'folder/a.xml/b': '' });
    symlinkSync('loop', join(cwd, 'loop'));
    symlinkSync('none/x.xml', join(cwd, 'astray'));
    for (const words of [
      ['-o', 'new/'],
      ['-o', 'loop'],
      ['-o', 'astray'],
      ['-o', 'x'.repeat(300)],
      ['-o', `./${'x'.repeat(300)}/a.xml`],
      ['--out-dir', 'a.xml/sub'],
      ['--out-dir', 'astray'],
      ['--out-dir', 'astray/sub/deep'],
      ['-o', 'none/x.xml'],
      ['-o', 'file/x.xml'],
      ['-o', 'folder'],
      ['--out-dir', 'file'],
      ['--out-dir', 'folder'],
    ]) {
      const failure = {
        status: 2,
        err: expect.stringMatching(/^a\.xml: cannot write .* \[WRITE_FAILED\]\n$/) as string,
      };
      expect([words, run([...words, 'a.xml'], { cwd })]).toEqual([words, expect.objectContaining(failure)]);
      expect([words, run(['-n', ...words, 'a.xml'], { cwd })]).toEqual([words, expect.objectContaining(failure)]);
    }
    expect(run(['-n', '-q', '--out-dir', 'none/deep', 'a.xml'], { cwd }).status).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(['a.xml', 'astray', 'file', 'folder', 'loop']);
  });

  test('a report in the place of a file that cannot be read', () => {
    const cwd = folderWith({ 'a.xml': ON, 'r.html': 'old' });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'a.xml'), 0o644);
    chmodSync(join(cwd, 'r.html'), 0);
    const { status, err } = runAsNobody(['check', '--report', 'r.html', 'a.xml'], cwd);
    expect([status, err]).toEqual([2, 'a.xml: r.html exists already, and is not a report [OUTPUT_EXISTS]\n']);
  });

  test('a diff that exists, without --force: nothing at all is written', () => {
    const cwd = folderWith({ 'a.xml': ON, 'd.diff': 'old' });
    const { status, err } = run(['--diff', 'd.diff', 'a.xml'], { cwd });
    expect([status, err.includes('[OUTPUT_EXISTS]')]).toEqual([2, true]);
    expect([readdirSync(cwd).length, readText(cwd, 'd.diff')]).toEqual([2, 'old']);
    expect(run(['--diff', 'd.diff', '--force', 'a.xml'], { cwd }).status).toBe(0);
    expect(readText(cwd, 'd.diff')).toContain('3503297');
  });

  testWith('/dev/null')('a report over a file that is not a report, with --force too; a report is replaced', () => {
    const cwd = folderWith({ 'a.xml': ON, 'a.xml.bak': 'old', 'empty.html': '' });
    expect(run(['check', '--report', 'empty.html', 'a.xml'], { cwd }).err).toContain('[OUTPUT_EXISTS]');
    for (const words of [['-i'], ['-n'], ['-i', '--force'], ['check']]) {
      const { status, err } = run([...words, '--report', 'a.xml.bak', 'a.xml'], { cwd });
      expect([status, err]).toEqual([2, 'a.xml: a.xml.bak exists already, and is not a report [OUTPUT_EXISTS]\n']);
    }
    expect([readText(cwd, 'a.xml'), readText(cwd, 'a.xml.bak')]).toEqual([ON, 'old']);
    for (const page of ['new.html', 'new.html', 'again.html', '/dev/null']) {
      const env = { SOURCE_DATE_EPOCH: '0' };
      expect(run(['-n', '-q', '--report', page, 'a.xml'], { cwd, env })).toMatchObject({ status: 0, err: '' });
    }
    expect(readText(cwd, 'again.html')).toBe(readText(cwd, 'new.html'));
  });

  testWith('mkfifo')('a report never replaces a file that has taken its name during the run', async () => {
    const cwd = folderWith();
    runProgram('mkfifo', ['pipe'], { cwd });
    const { ended } = start(['check', '--report', 'r.html', 'pipe'], cwd);
    // It can be opened when the command has opened it too, and so has looked at the names.
    const pipe = openSync(join(cwd, 'pipe'), 'w');
    writeFileSync(join(cwd, 'r.html'), 'mine');
    writeSync(pipe, OFF);
    closeSync(pipe);
    expect(await ended).toMatchObject({ status: 2, err: expect.stringContaining('[OUTPUT_EXISTS]') as string });
    expect(readText(cwd, 'r.html')).toBe('mine');
  });

  test('with --json the entries of a run that is refused as a whole say why', () => {
    const cwd = folderWith({ 'a.xml': ON, 'd.diff': 'old' });
    const [entry] = entriesOf(['--diff', 'd.diff', 'a.xml'], { cwd });
    expect(entry).toMatchObject({ file: 'a.xml', error: { code: 'OUTPUT_EXISTS' }, encoding: 'utf-8', changed: false });
  });
});

test.each([
  ['<a', 'XML_UNEXPECTED_END', 'utf-8'],
  ['<a>\xe9</a>', 'ENCODING_INVALID', null],
  ['<?xml version="1.0" encoding="latin1"?><a/>', 'ENCODING_UNSUPPORTED', null],
  ['<?xml version="1.0" encoding="UTF-16"?><a/>', 'ENCODING_MISMATCH', null],
  ['<\0a\0', 'ENCODING_UNSUPPORTED', null],
  ['\0\0\0x', 'FILE_DAMAGED', null],
  ['', 'EMPTY_FILE', null],
])('the encoding of a refused file: %j', (text, code, encoding) => {
  const cwd = folderWith({ 'a.xml': Buffer.from(text, 'latin1') });
  expect(entriesOf(['a.xml'], { cwd })).toEqual([
    expect.objectContaining({ error: expect.objectContaining({ code }) as unknown, encoding }),
  ]);
});

describe('several files', () => {
  const files = { 'a.xml': ON, 'bad.xml': '<a', 'none.xml': metabase(), 'b.xml': metabase(server(2, 7697601)) };

  test('each is independent: one bad file does not stop the others; the highest status counts', () => {
    const cwd = folderWith(files);
    const { status, err } = run(Object.keys(files), { cwd });
    expect(status).toBe(2);
    expect(readdirSync(cwd)).toEqual(['a.patched.xml', 'a.xml', 'b.patched.xml', 'b.xml', 'bad.xml', 'none.xml']);
    expect(err).toContain('4 files: 2 patched, 0 with nothing to change, 2 refused');
    expect(run(['-n', '--force', 'a.xml', 'none.xml'], { cwd }).status).toBe(1);
  });

  test('--diff FILE has the diff of all of them together', () => {
    const cwd = folderWith(files);
    const { out } = run(['--diff', 'all.diff', 'a.xml', 'b.xml'], { cwd });
    expect(out.match(/^--- a\//gm)).toHaveLength(2);
    expect(readText(cwd, 'all.diff')).toBe(out);
  });

  test('a named output that exists refuses its own input only', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': ON, 'd/b.xml': 'old' });
    expect(run(['--out-dir', 'd', 'a.xml', 'b.xml'], { cwd }).status).toBe(2);
    expect([readText(cwd, 'd/a.xml'), readText(cwd, 'd/b.xml')]).toEqual([OFF, 'old']);
  });
});

withAnyName('an output under a name that holds spaces, quotes and line ends', () => {
  const name = 'a "b"\n c.xml';
  const cwd = folderWith({ [name]: ON });
  expect(run([name], { cwd })).toMatchObject({ status: 0 });
  expect(readText(cwd, 'a "b"\n c.patched.xml')).toBe(OFF);
  writeFileSync(join(cwd, 'x'), '');
});
