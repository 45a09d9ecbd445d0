import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CLI, folderWith, run, runProgram } from '../support/command.ts';
import { entriesOf } from '../support/document.ts';
import { metabase, OFF, ON, server, service } from '../support/metabase.ts';
import { testWith } from '../support/platform.ts';

describe('a message is FILE:LINE:COLUMN: text [CODE], then the line and a caret', () => {
  test('with a place', () => {
    const cwd = folderWith({ 'a.xml': '<configuration>\n  <b x="1"\ty=2/>\n</configuration>' });
    expect(run(['a.xml'], { cwd }).err).toBe(
      'a.xml:2:14: a quoted value is expected here [XML_ATTRIBUTE]\n  <b x="1" y=2/>\n             ^\n',
    );
  });

  test('it points to an earlier line if a quote that is missing there is noticed only later', () => {
    const cwd = folderWith({ 'a.xml': '<configuration a="1\n b="2"\n c="3"/>', 'b.xml': '<configuration a="1>\n<b/>' });
    const hint = 'perhaps a quote is missing on an earlier line [XML_ATTRIBUTE]';
    expect(run(['a.xml'], { cwd }).err).toMatch(new RegExp(`^a\\.xml:2:5: .*; ${hint.replace(/[?[\]]/g, '\\$&')}\n`));
    expect(run(['b.xml'], { cwd }).err).toContain(hint);
  });

  test('without one', () => {
    const cwd = folderWith({ 'a.xml': '' });
    expect(run(['a.xml'], { cwd }).err).toBe('a.xml: the file is empty [EMPTY_FILE]\n');
  });

  test('a long line is cut to 80 columns around the place', () => {
    const cwd = folderWith({ 'a.xml': `<a>${'x'.repeat(500)}&y;${'z'.repeat(500)}</a>` });
    const [message, line, caret] = run(['a.xml'], { cwd }).err.split('\n');
    expect(message).toMatch(/^a\.xml:1:504: /);
    expect(line).toHaveLength(80);
    expect(line[caret.indexOf('^')]).toBe('&');
  });

  test('lines end at LF, columns count code points, a BOM is not counted; the JSON has the byte offset too', () => {
    const text = '\ufeff<é>\r\n\r😀é<y></é>';
    const [{ error }] = entriesOf(['-n', '-'], { input: text });
    expect(error).toMatchObject({ code: 'XML_MISMATCHED_TAG', line: 2, column: 9 });
    expect(error?.offset).toBe(Buffer.byteLength(text.slice(0, text.lastIndexOf('é'))));
  });

  test('a warning looks the same', () => {
    const deeper = server('1/Domain', 7697601);
    const { err, status } = run(['-q', '-n', '-'], { input: metabase(server(1, 3503297), deeper) });
    expect([status, err]).toEqual([
      0,
      '-:11:37: warning: /LM/SmtpSvc/1/Domain is not a virtual server, but has SmtpInboundCommandSupportOptions; it is left as it is [DEEPER_VALUE]\n',
    ]);
  });
});

describe('of several errors one is reported', () => {
  const bad = server(1, 'x');
  test.each<[string, string | Uint8Array, string, ...string[]]>([
    ['XML before all', metabase(bad).replace('</configuration>', '</wrong>'), 'XML_MISMATCHED_TAG'],
    [
      'an encoding error after an XML error is not reached',
      Buffer.concat([Buffer.from('<a><b></a>'), Buffer.from([0xff])]),
      'XML_MISMATCHED_TAG',
    ],
    [
      'an encoding error before it is',
      Buffer.concat([Buffer.from([0x3c, 0x61, 0x3e, 0xff]), Buffer.from('<b></a>')]),
      'ENCODING_INVALID',
    ],
    ['NOT_A_METABASE before values', '<a/>', 'NOT_A_METABASE'],
    ['UNKNOWN_SERVER before values', metabase(bad), 'UNKNOWN_SERVER', '--server=9'],
    ['bad values before missing ones', metabase(server(2), bad), 'VALUE_INVALID'],
  ])('%s', (_, input, code, ...args) => {
    expect(entriesOf(['-n', ...args, '-'], { input })[0].error?.code).toBe(code);
  });

  test('bad values and missing ones in file order', () => {
    const [{ error }] = entriesOf(['-n', '-'], { input: metabase(server(2, 'y'), service('x')) });
    expect(error).toMatchObject({ code: 'VALUE_INVALID', line: 6 });
    expect(entriesOf(['-n', '-'], { input: metabase(server(5), server(4)) })[0].error).toMatchObject({ line: 4 });
  });
});

describe('the diff', () => {
  const names: [string, string, string][] = [
    ['a.xml', '--- a/a.xml', '+++ b/a.xml'],
    ['./sub/./a.xml', '--- a/sub/a.xml', '+++ b/sub/a.xml'],
    ['sub/../a.xml', '--- a/a.xml', '+++ b/a.xml'],
    ['with space.xml', '--- a/with space.xml\t', '+++ b/with space.xml\t'],
    ['M "x" é.xml', '--- "a/M \\"x\\" \\303\\251.xml"\t', '+++ "b/M \\"x\\" \\303\\251.xml"\t'],
    ['a\tb\nc\u0001.xml', '--- "a/a\\tb\\nc\\001.xml"', '+++ "b/a\\tb\\nc\\001.xml"'],
  ];
  testWith('any character in names').each(names)('has the name of %j as git writes it', (name, old, changed) => {
    const cwd = folderWith({ [name.replace('sub/../', '')]: ON, 'sub/x': '' });
    const [first, second] = run(['-n', name], { cwd }).out.split('\n');
    expect([first, second]).toEqual([old, changed]);
  });

  testWith('posix')('an absolute path loses its leading slash', () => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['-n', join(cwd, 'a.xml')]).out).toMatch(new RegExp(`^--- a${cwd}/a\\.xml\n`));
  });

  testWith('git', 'patch', 'any character in names').each(['plain.xml', 'with space.xml', 'M "x" é.xml'])(
    'git apply and patch take it for %j, at any context',
    (name) => {
      for (const context of ['0', '1', '3', '100']) {
        const cwd = folderWith({ [name]: ON });
        const { out } = run(['-n', '-U', context, name], { cwd });
        const zero = context === '0' ? ['--unidiff-zero'] : [];
        for (const [program, args] of [
          ['git', ['-c', 'core.autocrlf=false', 'apply', ...zero, '-']],
          ['patch', ['-s', '-p1', '--binary']],
        ] as const) {
          const copy = folderWith({ [name]: ON });
          expect(runProgram(program, args, { cwd: copy, input: out })).toMatchObject({ status: 0, err: '' });
          expect(readFileSync(join(copy, name), 'utf8')).toBe(OFF);
        }
      }
    },
  );

  test('-U N is the number of context lines, 3 unless given; CR is kept; nothing to change: no diff', () => {
    const lines = (args: readonly string[]): number =>
      run(['-n', ...args, '-'], { input: ON }).out.split('\n').length - 1;
    expect([lines(['-U', '0']), lines(['-U', '1']), lines([]), lines(['-U', '99'])]).toEqual([5, 7, 11, 14]);
    expect(run(['-n', '-'], { input: ON }).out.split('\n')[4]).toMatch(/\r$/);
    expect(run(['-n', '-'], { input: OFF }).out).toBe('');
    expect(run(['-n', '-U', '9', '-'], { input: ON.trimEnd() }).out).toContain('\\ No newline at end of file\n');
  });
});

describe('colour', () => {
  const isColored = (args: readonly string[], env: Record<string, string> = {}): boolean =>
    run([...args, '-n', '-'], { input: ON, env }).out.includes('\u001b[');

  test('by default only on a terminal; the option counts more than NO_COLOR and FORCE_COLOR', () => {
    expect(isColored([])).toBe(false);
    expect(isColored(['--color'])).toBe(true);
    expect(isColored(['--color'], { NO_COLOR: '1' })).toBe(true);
    expect(isColored([], { FORCE_COLOR: '1' })).toBe(true);
    expect(isColored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(isColored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });
});

describe('control characters never reach a terminal', () => {
  const hostile = metabase(server(1, 7697601).replace('Server 1', 'bell\u0085é\u202e'));

  testWith('script')('on a terminal the diff shows them; into a pipe it has the bytes', () => {
    const cwd = folderWith({ 'a.xml': hostile });
    const quoted = [process.execPath, CLI, '-n', '--no-color', 'a.xml'].map((word) => `'${word}'`).join(' ');
    const { out } = runProgram('script', ['-qec', quoted, '/dev/null'], { cwd });
    expect(out).toContain('bell<U+0085>é<U+202E>');
    expect(out).toContain('+\t\tSmtpInboundCommandSupportOptions="3503297"\r\n');
    expect(out).not.toContain('^M');
    expect(out).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(run(['-n', 'a.xml'], { cwd }).out).toContain('bell\u0085é\u202e"\r\n');
  });

  testWith('script')('on a terminal a CR is shown unless it belongs to a line end', () => {
    const cwd = folderWith({ 'a.xml': `${ON.trimEnd().replace('Server 1', 'x\ry')}\r` });
    const quoted = [process.execPath, CLI, '-n', '-U', '9', '--no-color', 'a.xml'].map((word) => `'${word}'`).join(' ');
    const { out } = runProgram('script', ['-qec', quoted, '/dev/null'], { cwd });
    expect(out).toContain('ServerComment="x^My"\r\n');
    expect(out).toContain('</configuration>^M\r\n\\ No newline at end of file');
  });

  testWith('any character in names')('in messages, tables and summaries they are shown, whatever is written to', () => {
    const name = 'a\u001b[31m\n\u202e.xml';
    const cwd = folderWith({ [name]: hostile });
    for (const words of [['-n', '-q', '--disable', '0x1'], ['show'], ['check'], ['verify', name]]) {
      const { out, err } = run([...words, name], { cwd });
      expect(`${out}${err}`).not.toMatch(/[\u001b\u0080-\u009f\u202e]/);
    }
    expect(run(['-n', '-q', '--server', '9', name], { cwd }).err).toMatch(/^a\^\[\[31m\^J<U\+202E>\.xml: /);
  });
});

describe('standard output', () => {
  testWith('bash')('a reader that closes the pipe is not a failure, and there is no stack trace', () => {
    const cwd = folderWith({ 'a.xml': metabase(...Array.from({ length: 3000 }, (_, i) => server(i, 7697601))) });
    const command = `'${process.execPath}' '${CLI}' "$@" | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    for (const words of [
      ['-n', 'a.xml'],
      ['show', 'a.xml'],
      ['-o', '-', 'a.xml'],
      ['check', '--json', 'a.xml'],
    ]) {
      const { out, err } = runProgram('bash', ['-c', command, 'x', ...words], { cwd });
      expect(['0\n', '1\n']).toContain(out);
      expect(err).not.toMatch(/EPIPE|at /);
    }
  });

  testWith('/dev/full')('one that is full is exit 2', () => {
    const cwd = folderWith({ 'a.xml': ON });
    for (const words of [
      ['-n', 'a.xml'],
      ['show', 'a.xml'],
      ['-o', '-', 'a.xml'],
      ['check', '--json', 'a.xml'],
      ['--help'],
      ['verify', 'a.xml', 'a.xml'],
    ]) {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [CLI, ...words], { cwd, stdio: ['ignore', full, 'pipe'] });
      closeSync(full);
      expect([words, status]).toEqual([words, 2]);
      expect(stderr.toString()).toMatch(/the disk is full \[WRITE_FAILED\]\n$/);
    }
  });
});

test('a line too long for a diff is reported before anything is written, and stops no other file; without a diff it is patched', () => {
  const long = ON.replace('</MBProperty>', `${' '.repeat(101_000_000)}</MBProperty>`).replaceAll('\r\n', ' ');
  const cwd = folderWith({ 'long.xml': long, 'a.xml': ON });
  const { status, err } = run(['long.xml', 'a.xml'], { cwd });
  expect([status, err]).toEqual([2, expect.stringMatching(/^long\.xml: lines of 101 MB are .* \[LINE_TOO_LONG\]\n/)]);
  expect(readdirSync(cwd).sort()).toEqual(['a.patched.xml', 'a.xml', 'long.xml']);
  expect(run(['-q', 'long.xml'], { cwd }).status).toBe(0);
});
