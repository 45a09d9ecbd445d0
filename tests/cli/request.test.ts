import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, run } from '../support/command.ts';
import { entriesOf } from '../support/document.ts';
import { metabase, OFF, ON, server, service } from '../support/metabase.ts';

const patched = (args: readonly string[], input: string): string => run([...args, '-'], { input }).out;
const valuesOf = (text: string): string[] => [...text.matchAll(/SupportOptions="(\d+)"/g)].map((match) => match[1]);
const after = (args: readonly string[], value: number): string =>
  valuesOf(patched(args, metabase(server(1, value))))[0];

describe('--disable and --enable', () => {
  test.each([
    ['the default is 8bitmime when neither is given', [], 7697601, '3503297'],
    ['names in any case', ['--disable', '8BitMIME'], 7697601, '3503297'],
    ['DSN', ['--disable', 'dsn'], 7697601, '7697537'],
    ['ETRN', ['--disable', 'ETRN'], 7697601, '7697473'],
    ['TURN', ['--disable', 'turn'], 7697601, '7696577'],
    ['ATRN is the same bit', ['--disable', 'ATRN'], 7697601, '7696577'],
    ['TURN/ATRN', ['--disable', 'turn/atrn'], 7697601, '7696577'],
    ['ENHANCEDSTATUSCODES', ['--disable', 'EnhancedStatusCodes'], 7697601, '7693505'],
    ['CHUNKING', ['--disable', 'chunking'], 7697601, '6649025'],
    ['BINARYMIME', ['--disable', 'binarymime'], 7697601, '5600449'],
    ['a hex mask', ['--disable', '0x400000'], 7697601, '3503297'],
    ['a hex mask in capitals', ['--disable', '0X7574C1'], 7697601, '0'],
    ['all 32 bits', ['--disable', '0xFFFFFFFF'], 4294967295, '0'],
    ['a comma list', ['--disable', '8bitmime,chunking'], 7697601, '2454721'],
    ['repeated, the union counts', ['--disable', '8bitmime', '--disable=chunking'], 7697601, '2454721'],
    ['--enable is the opposite, and then nothing is disabled by itself', ['--enable', 'dsn'], 7697537, '7697601'],
    ['both', ['--disable', '8bitmime', '--enable', 'dsn,etrn'], 7697409, '3503297'],
    ['the highest bit is unsigned', ['--enable', '0x80000000'], 0, '2147483648'],
  ])('%s', (_, args, before, value) => {
    expect(after(args, before)).toBe(value);
  });

  test.each([
    ['a bit in both', ['--disable', '8bitmime', '--enable', '0x600000']],
    ['a mask of 0', ['--disable', '0x0']],
    ['a mask over 32 bits', ['--disable', '0x100000000']],
    ['a decimal mask', ['--disable', '4194304']],
    ['an empty verb', ['--disable', '8bitmime,,dsn']],
    ['no verb', ['--disable=']],
    ['an unknown verb', ['--enable', 'BLUB']],
  ])('%s is a usage error', (_, args) => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status, out, err } = run([...args, 'a.xml'], { cwd });
    expect([status, out, err.includes('[USAGE]')]).toEqual([2, '', true]);
  });

  test('an unknown verb: the error lists the seven names, with the nearest', () => {
    const { status, err } = run(['--disable', '8bitmine', '-'], { input: ON });
    expect([status, err.split('\n')[0]]).toEqual([
      2,
      'iis-metabase-patch: "8bitmine" is neither an ESMTP verb nor a mask such as 0x400000; did you mean 8bitmime? ' +
        'The verbs are 8bitmime, BINARYMIME, CHUNKING, ENHANCEDSTATUSCODES, TURN/ATRN, ETRN, DSN [USAGE]',
    ]);
  });

  test.each(['STARTTLS', 'AUTH', 'SIZE', 'pipelining', 'VRFY', 'HELP', 'EXPN'])(
    '%s is a keyword that the property does not control: the error says so, and lists the seven names',
    (keyword) => {
      const { status, err } = run(['--enable', `dsn,${keyword}`, '-'], { input: ON });
      expect([status, err.split('\n')[0]]).toEqual([
        2,
        `iis-metabase-patch: SmtpInboundCommandSupportOptions does not control ${keyword.toUpperCase()}. ` +
          'The verbs are 8bitmime, BINARYMIME, CHUNKING, ENHANCEDSTATUSCODES, TURN/ATRN, ETRN, DSN [USAGE]',
      ]);
    },
  );

  test('a mask with unnamed bits is a warning', () => {
    const cwd = folderWith({ 'a.xml': ON });
    const { status, err } = run(['-n', '-q', '--disable', '0x1', 'a.xml'], { cwd });
    expect([status, err]).toEqual([0, 'a.xml: warning: no verb is known for the bits 0x1 [UNNAMED_MASK]\n']);
  });

  test('disabling CHUNKING while BINARYMIME stays on is a warning (RFC 3030)', () => {
    const cwd = folderWith({ 'a.xml': ON, 'off.xml': metabase(server(1, 7697601 - 0x200000)) });
    const codes = (args: readonly string[]): string[] =>
      entriesOf(['-n', ...args], { cwd })[0].warnings.map(({ code }) => code);
    expect(codes(['--disable', 'chunking', 'a.xml'])).toEqual(['BINARYMIME_WITHOUT_CHUNKING']);
    expect(codes(['--disable', 'chunking,binarymime', 'a.xml'])).toEqual([]);
    expect(codes(['--disable', 'chunking', 'off.xml'])).toEqual([]);
    expect(codes(['--disable', '8bitmime', 'a.xml'])).toEqual([]);
  });

  test('the options are those of patch, show, check and verify', () => {
    const cwd = folderWith({ 'a.xml': ON, 'b.xml': metabase(server(1, 7697537)) });
    expect(run(['verify', '--disable', 'dsn', 'a.xml', 'b.xml'], { cwd }).status).toBe(0);
    expect(run(['check', '--disable', 'dsn', 'b.xml'], { cwd }).status).toBe(0);
    expect(entriesOf(['show', '--disable', 'dsn', 'a.xml'], { cwd })[0].servers[0].newValue).toBe(7697537);
  });
});

describe('--server', () => {
  const file = metabase(service(7697601), server(1, 7697601), server(2, 7697601));

  test.each([
    ['the service and every virtual server are the default', [], ['3503297', '3503297', '3503297']],
    ['digits', ['--server', '1'], ['7697601', '3503297', '7697601']],
    ['a Location', ['--server', '/LM/SmtpSvc/2'], ['7697601', '7697601', '3503297']],
    [
      'a Location in another case, with a trailing slash',
      ['--server', '/lm/SMTPSVC/2/'],
      ['7697601', '7697601', '3503297'],
    ],
    ['the service', ['--server', '/LM/SmtpSvc'], ['3503297', '7697601', '7697601']],
    ['a list', ['--server', '1,2'], ['7697601', '3503297', '3503297']],
    ['repeated', ['--server', '1', '--server', '/LM/SmtpSvc'], ['3503297', '3503297', '7697601']],
  ])('%s', (_, args, values) => {
    expect(valuesOf(patched(args, file))).toEqual(values);
  });

  test.each(['x', 'LM/SmtpSvc/1', '-1', '1.0', ' 1', '1,'])('anything else is a usage error: %j', (word) => {
    expect(run([`--server=${word}`, '-'], { input: file })).toMatchObject({ status: 2, out: '' });
  });

  test.each([['-n'], ['show'], ['check']])(
    'one that is not there is UNKNOWN_SERVER, exit 1, also for %s',
    (command) => {
      const { status, err } = run([command, '--server', '7', '-'], { input: file });
      expect([status, err]).toEqual([
        1,
        expect.stringMatching(/^-: there is no \/LM\/SmtpSvc\/7 here.*\[UNKNOWN_SERVER\]\n$/),
      ]);
    },
  );
});

describe('--set-missing', () => {
  const missing = metabase(server(1));

  test('without it a selected key without any value is VALUE_MISSING, and nothing is written for that file', () => {
    const { status, out, err } = run(['-'], { input: missing });
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^-:4:1: .*the export of a branch does not hold what it inherits.*\[VALUE_MISSING\]\n/);
  });

  test.each([
    ['before a file', ['--set-missing'], '3503297'],
    ['=BASE, decimal', ['--set-missing=4194305'], '1'],
    ['=BASE, hex', ['--set-missing=0x400041'], '65'],
    ['=0', ['--set-missing=0'], '0'],
  ])('%s', (_, args, value) => {
    const cwd = folderWith({ 'a.xml': missing });
    expect(run([...args, 'a.xml'], { cwd }).status).toBe(0);
    expect(valuesOf(readFileSync(join(cwd, 'a.patched.xml'), 'utf8'))).toEqual([value]);
  });

  test.each(['x', '-1', '4294967296', '1.5', ''])('BASE must be a DWORD: %j', (base) => {
    expect(run([`--set-missing=${base}`, '-'], { input: missing })).toMatchObject({ status: 2, out: '' });
  });

  test('a key that has or inherits a value is patched, not set', () => {
    expect(valuesOf(patched(['--set-missing=1'], metabase(service(7697601), server(1))))).toEqual(['3503297']);
  });

  test('the service, selected only by default and without a value, is skipped; named, it is missing; set, it is inherited', () => {
    const file = metabase(service(), server(1, 7697601));
    expect(valuesOf(patched([], file))).toEqual(['3503297']);
    expect(run(['--server', '/LM/SmtpSvc', '-'], { input: file }).err).toContain('[VALUE_MISSING]');
    expect(valuesOf(patched(['--set-missing'], metabase(service(), server(1))))).toEqual(['3503297']);
  });

  test('verify takes it too; check and show do not', () => {
    const cwd = folderWith({ 'a.xml': missing });
    run(['--set-missing', 'a.xml'], { cwd });
    expect(run(['verify', '--set-missing', 'a.xml', 'a.patched.xml'], { cwd }).status).toBe(0);
    expect(run(['verify', 'a.xml', 'a.patched.xml'], { cwd })).toMatchObject({ status: 1 });
    expect(run(['check', '--set-missing', 'a.xml'], { cwd })).toMatchObject({ status: 2 });
  });

  test('a missing value is not ok to check, and null to show', () => {
    const cwd = folderWith({ 'a.xml': missing });
    expect(entriesOf(['check', 'a.xml'], { cwd })[0]).toMatchObject({
      ok: false,
      error: null,
      servers: [{ ok: false, value: null }],
    });
    expect(run(['check', 'a.xml'], { cwd }).status).toBe(1);
    const [{ servers }] = entriesOf(['show', 'a.xml'], { cwd });
    expect(servers[0]).toMatchObject({
      value: null,
      hex: null,
      source: null,
      newValue: null,
      newHex: null,
      unnamed: null,
    });
    expect(Object.values(servers[0].verbs)).toEqual(Array(7).fill(null));
    expect(run(['show', 'a.xml'], { cwd })).toMatchObject({
      status: 0,
      out: expect.stringContaining('no valid value, and none to inherit') as string,
    });
  });
});

describe('the command is idempotent', () => {
  test('patching the output again changes nothing', () => {
    expect(patched([], OFF)).toBe(OFF);
    expect(patched([], patched([], ON))).toBe(patched([], ON));
  });

  test('disabling and then enabling restores the original bytes', () => {
    expect(patched(['--enable', '8bitmime'], patched([], ON))).toBe(ON);
  });
});
