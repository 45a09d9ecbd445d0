import { isValid } from '../support/document.ts';
import { CLI, folderWith, runProgram } from '../support/command.ts';
import { testWith } from '../support/platform.ts';
import { type Ended, start } from '../support/running.ts';
import { serve, smtpServer } from '../support/scripted-server.ts';

/** Runs the command while the servers of the test, in this process, answer it. */
const ehlo = (...words: string[]): Promise<Ended> => start(['ehlo', ...words], folderWith()).ended;

const offering = (...keywords: string[]): ReturnType<typeof smtpServer> =>
  smtpServer('220 mail.example.com ready\r\n', [
    '250-mail.example.com\r\n',
    ...keywords.map((keyword) => `250-${keyword}\r\n`),
    '250 OK\r\n',
  ]);

test('the exit status is 0 for a server that is as requested, and 1 for one that is not', async () => {
  const { port } = await offering('8BITMIME', 'SIZE 2097152', 'dsn');
  const asked = await ehlo(`127.0.0.1:${port}`);
  expect(asked).toMatchObject({ status: 1, err: '' });
  expect(asked.out.split('\n')).toEqual([
    `127.0.0.1:${port}: mail.example.com ready`,
    '  8bitmime            offered       not as requested',
    '  BINARYMIME          not offered',
    '  CHUNKING            not offered',
    '  ENHANCEDSTATUSCODES not offered',
    '  TURN/ATRN           not offered',
    '  ETRN                not offered',
    '  DSN                 offered',
    '  other keywords      SIZE 2097152',
    '                      OK',
    '',
  ]);
  expect(await ehlo('--disable', 'chunking', '--enable', 'dsn,8bitmime', `127.0.0.1:${port}`)).toMatchObject({
    status: 0,
  });
  expect(await ehlo('-q', '--enable', 'etrn', `127.0.0.1:${port}`)).toMatchObject({ status: 1, out: '', err: '' });
});

test('several servers: a table for each, an error for one that cannot be asked, and the highest status', async () => {
  const [good, bad] = [await offering('DSN'), await offering('8BITMIME')];
  const refusing = await smtpServer('554 no service here\r\n', '250 x\r\n');
  const hosts = [good, refusing, bad].map(({ port }) => `127.0.0.1:${port}`);
  const { status, out, err } = await ehlo(...hosts);
  expect([status, out.match(/^127\.0\.0\.1/gm)?.length, out.match(/^$/gm)?.length]).toEqual([2, 2, 2]);
  expect(err).toBe(`${hosts[1]}: the greeting is "554 no service here" [SMTP_REFUSED]\n`);
});

test('--json is one document, as in the schema', async () => {
  const { port } = await offering('8BITMIME', 'CHUNKING');
  const { status, out } = await ehlo('--json', `127.0.0.1:${port}`, '127.0.0.1:1');
  expect(status).toBe(2);
  const document = JSON.parse(out) as { hosts: object[] };
  expect([isValid(document), isValid.errors]).toEqual([true, null]);
  expect(document.hosts).toMatchObject([
    { host: '127.0.0.1', port, error: null, ok: false, verbs: { '8bitmime': { offered: true, ok: false } } },
    { host: '127.0.0.1', port: 1, error: { code: 'HOST_UNREACHABLE' }, ok: false, banner: null },
  ]);
});

test('what a server sends reaches neither terminal nor document with its control characters', async () => {
  const hostile = '\u001b]0;x\u0007\u009b2J';
  const { port } = await smtpServer(`220 ${hostile}\r\n`, ['250-x\r\n', `250-X${hostile}\r\n`, '250 8BITMIME\r\n']);
  for (const words of [[], ['--json']]) {
    const { out, err } = await ehlo(...words, `127.0.0.1:${port}`);
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(out).toContain('X');
  }
  const refusing = await smtpServer(`554 ${hostile}\r\n`, '250 x\r\n');
  const { err } = await ehlo(`127.0.0.1:${refusing.port}`);
  expect(err).toContain('^[]0;x^G');
});

test('--timeout ends a conversation with a server that says nothing', async () => {
  const { port } = await serve(() => undefined);
  const { status, err } = await ehlo('--timeout', '0.2', `127.0.0.1:${port}`);
  expect([status, err]).toEqual([2, `127.0.0.1:${port}: no complete greeting within 0.2 s [TIMED_OUT]\n`]);
});

testWith('script')('on a terminal, and not with -q, it shows each second how long it has been waiting', async () => {
  const { port } = await serve(() => undefined);
  const shown = (...words: string[]): string => {
    const line = [process.execPath, CLI, 'ehlo', '--timeout', '1.5', `127.0.0.1:${port}`, ...words];
    return runProgram('script', ['-qec', line.map((word) => `'${word}'`).join(' '), '/dev/null']).out;
  };
  expect(shown()).toContain(`\r\u001b[K127.0.0.1:${port}: waiting for 1 s\r\u001b[K`);
  expect(shown('-q')).not.toContain('waiting');
});

test('bits without a keyword are a warning', async () => {
  const { port } = await offering('DSN');
  const { status, err } = await ehlo('--disable', '0x1', `127.0.0.1:${port}`);
  expect(status).toBe(0);
  expect(err).toContain('warning: EHLO has no keyword for the bits 0x1; they are not checked [UNNAMED_MASK]');
});

test.each([
  [[], 'no server is named'],
  [['-'], 'a server is HOST or HOST:PORT'],
  [['mail.example.com:0'], 'a port is a number from 1 to 65535'],
  [['--timeout', 'x', 'a'], 'the timeout is a number of seconds'],
  [['--server', '1', 'a'], '--server is an option of patch, show, check and verify only'],
])('%j is a usage error, and nothing is asked', async (words, message) => {
  const { port, connections } = await offering();
  const { status, out, err } = await ehlo(`127.0.0.1:${port}`, ...words.filter((word) => words.length > 0 && word));
  if (words.length === 0) {
    expect((await ehlo()).err).toContain(message);
    return;
  }
  expect([status, out, connections()]).toEqual([2, '', 0]);
  expect(err).toContain(message);
});
