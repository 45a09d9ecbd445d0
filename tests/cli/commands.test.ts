import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, run } from '../support/command.ts';
import { entriesOf, isValid, runJson, verificationOf } from '../support/document.ts';
import { metabase, OFF, ON, server, service } from '../support/metabase.ts';
import { testWith } from '../support/platform.ts';

const NONE = metabase();

describe('show', () => {
  const file = metabase(service(7697601), server(1), server(2, 3503297).replace('Server 2', 'Second'));

  test('shows Location, class, comment, value in both bases, source, verbs, unnamed bits, before and after, in 80 columns', () => {
    const { out, status } = run(['show', '-'], { input: file });
    expect(status).toBe(0);
    for (const text of [
      '/LM/SmtpSvc (IIsSmtpService)',
      '/LM/SmtpSvc/2 (IIsSmtpServer, "Second")',
      '7697601 (0x7574C1)      3503297 (0x3574C1)\n',
      'comes from          /LM/SmtpSvc\n',
      'off   8BITMIME: no longer\n',
      'on    TURN, ATRN\n',
      'unnamed bits        0x56001                 0x56001\n',
    ]) {
      expect(out).toContain(text);
    }
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('in JSON: the effective value, its source, and each verb before and after', () => {
    const [{ servers, edits, changed }] = entriesOf(['show', '-'], { input: file });
    expect(changed).toBe(true);
    expect(edits).toHaveLength(1);
    expect(servers.map(({ location, value, source, newValue }) => [location, value, source, newValue])).toEqual([
      ['/LM/SmtpSvc', 7697601, '/LM/SmtpSvc', 3503297],
      ['/LM/SmtpSvc/1', 7697601, '/LM/SmtpSvc', 3503297],
      ['/LM/SmtpSvc/2', 3503297, '/LM/SmtpSvc/2', 3503297],
    ]);
    expect(servers[1]).toMatchObject({
      class: 'IIsSmtpServer',
      comment: 'Server 1',
      selected: true,
      hex: '0x7574C1',
      newHex: '0x3574C1',
      verbs: { '8bitmime': { before: true, after: false }, CHUNKING: { before: true, after: true } },
      unnamed: '0x56001',
      line: 8,
      column: 1,
    });
  });

  test('--commands prints the same for a live server, for selected keys that change', () => {
    const { out } = run(['show', '--commands', '--server', '/LM/SmtpSvc', '-'], { input: file });
    expect(out).toContain('cscript //nologo adsutil.vbs SET "SmtpSvc/SmtpInboundCommandSupportOptions" 3503297\n');
    expect(out).toContain(
      "$key = Get-WmiObject -Namespace 'root\\MicrosoftIISv2' -Class IIsSmtpServiceSetting -Filter 'Name=''SmtpSvc'''; " +
        '$key.SmtpInboundCommandSupportOptions = 3503297; [void]$key.Put()\n',
    );
    const one = run(['show', '--commands', '--server', '1', '-'], { input: file }).out;
    expect(one).toContain(`SET "SmtpSvc/1/SmtpInboundCommandSupportOptions" 3503297`);
    expect(one).toContain("IIsSmtpServerSetting -Filter 'Name=''SmtpSvc/1'''");
    expect(run(['show', '--commands', '-'], { input: OFF }).out).not.toContain('adsutil');
    expect(run(['show', '-'], { input: file }).out).not.toContain('adsutil');
  });

  test('unnamed bits too are shown before and after', () => {
    const { out } = run(['show', '--disable', '0x1', '-'], { input: ON });
    expect(out).toContain('\n  unnamed bits        0x56001                 0x56000\n');
  });

  testWith('any character in names')('no name or value can end its line', () => {
    const input = metabase(server(1, 7697601).replace('Server 1', 'x&quot;)&#10;  8bitmime  off&#9;'));
    const [title, ...lines] = run(['show', '-'], { input }).out.split('\n').slice(2);
    expect(title).toBe('/LM/SmtpSvc/1 (IIsSmtpServer, "x")^J  8bitmime  off^I")');
    expect(lines.filter((line) => line.includes('8bitmime'))).toHaveLength(1);
    const cwd = folderWith({ 'a\nb.xml': ON });
    expect(run(['check', 'a\nb.xml'], { cwd }).out).toMatch(/^a\^Jb\.xml:.*\n$/);
  });

  test('several files are separated by an empty line', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': OFF });
    expect(run(['show', 'a.xml', 'b.xml'], { cwd }).out).toContain('\n\nb.xml: utf-8, 1 SMTP key\n');
  });
});

describe('check', () => {
  test('exit 1 if a selected key is not in the requested state', () => {
    const cwd = folderWith({ 'on.xml': ON, 'off.xml': OFF });
    expect(run(['check', 'off.xml'], { cwd })).toMatchObject({ status: 0, out: '', err: 'off.xml: ok\n' });
    const { status, out } = run(['check', 'on.xml'], { cwd });
    expect([status, out]).toEqual([
      1,
      'on.xml:4:1: /LM/SmtpSvc/1 is 7697601 (0x7574C1), should be 3503297 (0x3574C1): 8bitmime off\n',
    ]);
    expect(run(['check', 'off.xml', 'on.xml'], { cwd }).err).toContain('2 files: 1 ok, 1 not ok, 0 refused');
    expect(run(['check', '--enable', '8bitmime', 'on.xml'], { cwd }).status).toBe(0);
  });

  test('a key that is not selected does not count', () => {
    const file = metabase(server(1, 3503297), server(2, 7697601));
    expect(run(['check', '--server', '1', '-'], { input: file }).status).toBe(0);
    expect(run(['check', '-'], { input: file }).status).toBe(1);
  });

  test('any wrong value of a key counts', () => {
    const file = metabase(server(1, 3503297).replace('</IIs', '<Custom Name="x" ID="3699800" Value="7697601"/></IIs'));
    const { status, out } = run(['check', '-q', '-'], { input: file });
    expect([status, out]).toEqual([1, '']);
    expect(run(['check', '-'], { input: file }).out).toContain('another value');
  });

  test('adds ok per file and per selected server', () => {
    const file = metabase(service(3503297), server(1, 7697601));
    const [entry] = entriesOf(['check', '--server', '1', '-'], { input: file });
    expect(entry.ok).toBe(false);
    expect(entry.servers.map(({ ok }) => ok)).toEqual([undefined, false]);
    expect(entriesOf(['check', '-'], { input: '<a' })[0]).toMatchObject({
      ok: false,
      error: { code: 'XML_UNEXPECTED_END' },
    });
    expect(entriesOf(['show', '-'], { input: file })[0]).not.toHaveProperty('ok');
  });
});

describe('verify', () => {
  test('exit 0 exactly when PATCHED is what patch makes of ORIGINAL', () => {
    const cwd = folderWith({ 'on.xml': ON, 'off.xml': OFF, 'more.xml': `${OFF} `, 'less.xml': OFF.slice(0, -1) });
    expect(run(['verify', 'on.xml', 'off.xml'], { cwd })).toMatchObject({ status: 0 });
    expect(run(['verify', 'off.xml', 'off.xml'], { cwd })).toMatchObject({ status: 0 });
    expect(run(['verify', 'off.xml', 'on.xml'], { cwd })).toMatchObject({ status: 1 });
    expect(run(['verify', 'on.xml', 'more.xml'], { cwd })).toMatchObject({
      status: 1,
      out: 'more.xml:11:1: there is more here than the patch makes\n',
    });
    expect(run(['verify', 'on.xml', 'less.xml'], { cwd }).out).toContain('too early');
    expect(run(['verify', '-q', 'on.xml', 'less.xml'], { cwd })).toMatchObject({ status: 1, out: '', err: '' });
  });

  test('says where the first difference is: line, column, the key it is in, and what it is; never values', () => {
    const cwd = folderWith({ 'on.xml': ON, 'edited.xml': OFF.replace('Server 1', 'secret 1') });
    const { differences, ok } = verificationOf(['on.xml', 'edited.xml'], { cwd });
    expect(ok).toBe(false);
    expect(differences).toEqual([
      {
        offset: 114,
        line: 5,
        column: 18,
        location: '/LM/SmtpSvc/1',
        reason: 'this is not what the original has here',
      },
    ]);
    const { out } = run(['verify', 'on.xml', 'edited.xml'], { cwd });
    expect(out).toBe('edited.xml:5:18: in /LM/SmtpSvc/1: this is not what the original has here\n');
  });

  test('errors are those of the original, or of a file that cannot be read', () => {
    const cwd = folderWith({ 'on.xml': ON, 'bad.xml': '<a', 'none.xml': NONE });
    expect(run(['verify', 'bad.xml', 'on.xml'], { cwd })).toMatchObject({ status: 2, out: '' });
    expect(run(['verify', 'none.xml', 'on.xml'], { cwd })).toMatchObject({ status: 1, out: '' });
    expect(run(['verify', 'on.xml', 'bad.xml'], { cwd })).toMatchObject({ status: 1 });
    expect(run(['verify', 'on.xml', 'missing.xml'], { cwd }).err).toMatch(/^missing\.xml: .*\[FILE_UNREADABLE\]/);
    expect(verificationOf(['bad.xml', 'on.xml'], { cwd })).toMatchObject({
      ok: false,
      error: { code: 'XML_UNEXPECTED_END' },
      differences: [],
    });
  });

  test.each([[['a.xml']], [['a.xml', 'a.xml', 'a.xml']], [[]]])('needs two files, not %j', (words) => {
    const cwd = folderWith({ 'a.xml': ON });
    expect(run(['verify', ...words], { cwd }).err).toContain('[USAGE]');
  });
});

describe('exit status 1 for what cannot be reached, 2 for what is bad', () => {
  test.each([['-n'], ['show'], ['check']])('%s', (command) => {
    expect(run([command, '-'], { input: NONE }).status).toBe(1);
    expect(run([command, '-'], { input: NONE }).err).toContain('[NO_SMTP_SERVER]');
    for (const input of ['', '<a', '<a/>', metabase(server(1, '0x1'))])
      expect(run([command, '-'], { input }).status).toBe(2);
    expect(run([command, 'missing.xml']).status).toBe(2);
  });
});

describe('the JSON Schema', () => {
  test('ships with the package and refuses other documents', () => {
    const { document } = runJson(['check', '-'], { input: ON });
    expect(isValid(document)).toBe(true);
    const entry = (document as { files: Record<string, unknown>[] }).files[0];
    for (const broken of [
      {},
      { version: 2, files: [] },
      { version: 1, files: [{ ...entry, more: 1 }] },
      { version: 1, files: [{ ...entry, encoding: 'latin1' }] },
      {
        version: 1,
        files: [{ ...entry, error: { code: 'lower', message: 'x', line: null, column: null, offset: null } }],
      },
      { version: 1, ok: true, differences: [] },
    ]) {
      expect(isValid(broken)).toBe(false);
    }
    const { files, exports } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as Record<string, unknown>;
    expect(files).toContain('docs/output.schema.json');
    expect(exports).toHaveProperty(['./output.schema.json']);
  });

  test('the edits in the JSON, applied to the bytes, give the output', () => {
    const cwd = folderWith({ 'a.xml': metabase(service(7697601), server(1)) });
    const [{ edits, encoding }] = entriesOf(['--server', '1', '-o', 'b.xml', 'a.xml'], { cwd });
    expect(encoding).toBe('utf-8');
    const input = readFileSync(join(cwd, 'a.xml'));
    const [{ offset, length, new: text }] = edits;
    const output = Buffer.concat([input.subarray(0, offset), Buffer.from(text), input.subarray(offset + length)]);
    expect(output.equals(readFileSync(join(cwd, 'b.xml')))).toBe(true);
    writeFileSync(join(cwd, 'c.xml'), output);
  });
});

test('tens of thousands of servers are patched, shown and reported; searching all of them for each one would take minutes', () => {
  const servers = Array.from({ length: 20_000 }, (_, i) => server(i, 7697601));
  const cwd = folderWith({ 'a.xml': metabase(...servers) });
  expect(run(['-n', 'a.xml'], { cwd }).err.split('\n')).toHaveLength(servers.length + 2);
  const shown = run(['show', '--commands', 'a.xml'], { cwd }).out;
  expect(shown.match(/adsutil\.vbs SET/g)).toHaveLength(servers.length);
});
