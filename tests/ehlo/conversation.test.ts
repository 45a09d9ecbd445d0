import { spawn } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { askServer } from '../../src/ehlo/conversation.ts';
import { serve, smtpServer } from '../support/scripted-server.ts';

const PATIENT = 20_000;

/** For a server that answers at first and then stops: enough for its first answers on a busy machine too. */
const SHORT = 1000;

/** For a server from which nothing can come. */
const HOPELESS = 200;

const GREETING = '220 mail.example.com Service ready\r\n';
const ANSWER = '250-mail.example.com\r\n250-SIZE 1000\r\n250-8bitmime\r\n250 OK\r\n';
const KEYWORDS = ['SIZE 1000', '8bitmime', 'OK'];

const ask = (port: number, timeout = PATIENT, host = '127.0.0.1'): ReturnType<typeof askServer> =>
  askServer({ host, port }, timeout);

describe('what is sent and understood', () => {
  test('EHLO with its own address and QUIT, nothing else, over one connection', async () => {
    const { port, received, connections } = await smtpServer(GREETING, ANSWER);
    await expect(ask(port)).resolves.toEqual({ banner: 'mail.example.com Service ready', keywords: KEYWORDS });
    expect([received(), connections()]).toEqual(['EHLO [127.0.0.1]\r\nQUIT\r\n', 1]);
  });

  test('over IPv6 the address has its prefix', async () => {
    const { port, received } = await smtpServer(GREETING, ANSWER, '::1');
    await expect(ask(port, PATIENT, '::1')).resolves.toMatchObject({ keywords: KEYWORDS });
    expect(received()).toBe('EHLO [IPv6:::1]\r\nQUIT\r\n');
  });

  test('a name is looked up, and each of its addresses is tried', async () => {
    const { port } = await smtpServer(GREETING, ANSWER);
    await expect(ask(port, PATIENT, 'localhost')).resolves.toMatchObject({ keywords: KEYWORDS });
  });

  test('EHLO waits for the end of the greeting', async () => {
    const server = await serve((socket) => {
      socket.write('220-mail.example.com\r\n');
      setTimeout(() => socket.write(`220 ${server.received() === '' ? 'silence' : 'haste'}\r\n`), 100);
      socket.once('data', () => socket.write('250 mail.example.com\r\n'));
    });
    await expect(ask(server.port)).resolves.toEqual({ banner: 'mail.example.com\nsilence', keywords: [] });
  });

  test('replies in pieces, split at every place', async () => {
    const greeting = '220-a\r\n220 b\r\n';
    const answer = '250-a\r\n250-DSN\r\n250 OK\r\n';
    const splits = [...Array(answer.length - 1).keys()].map((i) => i + 1);
    const ports = await Promise.all(
      splits.map(async (at) => {
        const from = Math.min(at, greeting.length - 1);
        const { port } = await smtpServer(
          [greeting.slice(0, from), greeting.slice(from)],
          [answer.slice(0, at), answer.slice(at)],
        );
        return port;
      }),
    );
    const answers = await Promise.all(ports.map((port) => ask(port)));
    expect(answers).toEqual(splits.map(() => ({ banner: 'a\nb', keywords: ['DSN', 'OK'] })));
  });

  test('an answer that comes too early, in part', async () => {
    const { port } = await smtpServer(`${GREETING}${ANSWER.slice(0, 30)}`, ANSWER.slice(30));
    await expect(ask(port)).resolves.toMatchObject({ keywords: KEYWORDS });
  });

  test('replies byte by byte', async () => {
    const { port } = await smtpServer(Array.from(GREETING), Array.from(ANSWER));
    await expect(ask(port)).resolves.toMatchObject({ keywords: KEYWORDS });
  });

  test.each([
    ['bare line feeds', '220 a\n', '250-a\n250 DSN\n', { banner: 'a', keywords: ['DSN'] }],
    ['an answer of one line', '220 a\r\n', '250 a\r\n', { banner: 'a', keywords: [] }],
    ['codes without text', '220\r\n', '250-a\r\n250-\r\n250\r\n', { banner: '', keywords: [] }],
    [
      'spaces around a keyword',
      '220 a\r\n',
      '250-a\r\n250-  DSN \r\n250 OK\r\n',
      { banner: 'a', keywords: ['DSN', 'OK'] },
    ],
    [
      'control characters',
      '220 \u001b[2J\r\n',
      '250-a\r\n250 \u001b]0;x\u0007\r\n',
      { banner: '\u001b[2J', keywords: ['\u001b]0;x\u0007'] },
    ],
    [
      'the answer and more in one piece',
      '220 a\r\n',
      '250-a\r\n250 DSN\r\ngarbage\r\n',
      { banner: 'a', keywords: ['DSN'] },
    ],
  ])('%s', async (_, greeting, answer, expected) => {
    const { port } = await smtpServer(greeting, answer);
    await expect(ask(port)).resolves.toEqual(expected);
  });
});

describe('the answer counts, whatever happens to QUIT', () => {
  test.each<[what: string, timeout: number, onQuit: (socket: Socket) => void]>([
    ['no reply, but the connection is closed', PATIENT, (socket) => socket.end()],
    ['a reset', PATIENT, (socket) => socket.resetAndDestroy()],
    ['an error', PATIENT, (socket) => socket.write('500 what?\r\n')],
    ['nonsense', PATIENT, (socket) => socket.write('what?\r\n')],
    ['silence', SHORT, () => undefined],
  ])('%s', async (_, timeout, onQuit) => {
    const { port, received } = await serve((socket) => {
      socket.write(GREETING);
      socket.on('data', (chunk) => {
        if (chunk.toString().startsWith('EHLO')) socket.write(ANSWER);
        if (chunk.toString().endsWith('QUIT\r\n')) onQuit(socket);
      });
    });
    await expect(ask(port, timeout)).resolves.toMatchObject({ keywords: KEYWORDS });
    expect(received()).toMatch(/QUIT\r\n$/);
  });

  test('a server that ignores QUIT and waits for the client to close', async () => {
    let isClosed = false;
    const { port } = await serve((socket) => {
      socket.write(GREETING);
      socket.once('data', () => socket.write(ANSWER));
      socket.on('end', () => {
        isClosed = true;
        socket.end();
      });
    });
    await expect(ask(port)).resolves.toMatchObject({ keywords: KEYWORDS });
    expect(isClosed).toBe(true);
  });

  test('a server that never closes and goes on sending is left alone', async () => {
    let refusal: Promise<unknown> = Promise.resolve();
    const { port } = await serve((socket) => {
      refusal = new Promise((resolve) => socket.once('error', resolve));
      socket.write(GREETING);
      socket.once('data', () => {
        const pour = (): void => {
          while (socket.write('250 x\r\n'.repeat(100)));
        };
        socket.write(ANSWER);
        socket.on('drain', pour).once('data', pour);
      });
    });
    await expect(ask(port)).resolves.toMatchObject({ keywords: KEYWORDS });
    await expect(refusal).resolves.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) as string });
  });

  test('a server that closes with its answer', async () => {
    const { port } = await serve((socket) => {
      socket.write(GREETING);
      socket.once('data', () => socket.end(ANSWER));
    });
    await expect(ask(port)).resolves.toMatchObject({ keywords: KEYWORDS });
  });
});

describe('SMTP_REFUSED: the text of the server is shown, and it gets its QUIT', () => {
  test.each([
    ['554 no service here\r\n', 'the greeting is "554 no service here"'],
    ['421-busy\r\n421 come back later\r\n', 'the greeting is "421 busy / come back later"'],
    ['250 hello\r\n', 'the greeting is "250 hello"'],
    [`554 ${'x'.repeat(60_000)}\r\n`, `the greeting is "554 ${'x'.repeat(512)}"`],
  ])('the greeting %j; EHLO is not sent', async (greeting, message) => {
    const { port, received } = await smtpServer(greeting, ANSWER);
    await expect(ask(port)).rejects.toMatchObject({ code: 'SMTP_REFUSED', message });
    expect(received()).toBe('QUIT\r\n');
  });

  test.each([
    ['502 Command not implemented\r\n', 'the answer to EHLO is "502 Command not implemented"'],
    ['220 hello again\r\n', 'the answer to EHLO is "220 hello again"'],
    ['251-a\r\n251 DSN\r\n', 'the answer to EHLO is "251 a / DSN"'],
  ])('the answer %j', async (answer, message) => {
    const { port, received } = await smtpServer(GREETING, answer);
    await expect(ask(port)).rejects.toMatchObject({ code: 'SMTP_REFUSED', message });
    expect(received()).toBe('EHLO [127.0.0.1]\r\nQUIT\r\n');
  });

  test('a server that refuses and resets the connection at once', async () => {
    const { port } = await serve((socket) => {
      socket.write('554 go away\r\n', () => setTimeout(() => socket.resetAndDestroy(), 50));
    });
    await expect(ask(port)).rejects.toMatchObject({ code: 'SMTP_REFUSED' });
  });
});

describe('SMTP_PROTOCOL', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'the server does not speak SMTP; it sent "SSH-2.0-OpenSSH_9.2"'],
    [
      'binary, without a line end',
      '\u0015\u0003\u0001\0\u0002\u0002',
      'the server does not speak SMTP; it sent "\u0015\u0003\u0001\0\u0002\u0002"',
    ],
    ['two codes in one reply', '220-a\r\n554 b\r\n', 'one reply has two codes, 220 and 554'],
    ['over 64 KB on one line', `220 ${'x'.repeat(70_000)}`, 'the server sent a reply of more than 64 KB'],
    ['over 64 KB in many lines', '220-x\r\n'.repeat(10_000), 'the server sent a reply of more than 64 KB'],
  ])('%s: nothing is sent', async (_, greeting, message) => {
    const { port, received } = await serve((socket) => socket.write(greeting));
    await expect(ask(port)).rejects.toMatchObject({ code: 'SMTP_PROTOCOL', message });
    expect(received()).toBe('');
  });

  test('an answer without end', async () => {
    const { port } = await serve((socket) => {
      const pour = (): void => {
        while (socket.write('250-x\r\n'.repeat(100)));
      };
      socket.write(GREETING);
      socket.on('drain', pour).once('data', pour);
    });
    await expect(ask(port)).rejects.toMatchObject({ code: 'SMTP_PROTOCOL' });
  });

  test.each([
    ['at once', '', 'the server closed the connection before its greeting was complete'],
    ['within the greeting', '220-a\r\n220', 'the server closed the connection before its greeting was complete'],
  ])('closed %s', async (_, sent, message) => {
    const { port } = await serve((socket) => socket.end(sent));
    await expect(ask(port)).rejects.toMatchObject({ code: 'SMTP_PROTOCOL', message });
  });

  test('closed within the answer', async () => {
    const { port } = await serve((socket) => {
      socket.write(GREETING);
      socket.once('data', () => socket.end('250-a\r\n250-DSN\r\n'));
    });
    await expect(ask(port)).rejects.toMatchObject({
      code: 'SMTP_PROTOCOL',
      message: 'the server closed the connection before its answer to EHLO was complete',
    });
  });
});

describe('HOST_UNREACHABLE', () => {
  test('nothing listens there', async () => {
    const { port, stop } = await serve(() => undefined);
    await stop();
    await expect(ask(port)).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      message: 'the connection was refused: nothing listens on this port, or a firewall is in the way',
    });
    await expect(ask(port, PATIENT, 'localhost')).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  test.each([
    ['at once', ''],
    ['within the greeting', '220-a\r\n'],
  ])('a reset %s', async (_, sent) => {
    const { port } = await serve((socket) => {
      socket.write(sent, () => setTimeout(() => socket.resetAndDestroy(), 50));
    });
    await expect(ask(port)).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      message: 'the connection was reset by the server or by a firewall',
    });
  });

  test('the name does not exist: a label cannot have 64 letters, so no name server is asked', async () => {
    await expect(ask(25, PATIENT, `${'x'.repeat(64)}.example`)).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      message: 'there is no host with this name',
    });
  });
});

describe('TIMED_OUT', () => {
  test('the host does not even accept the connection', async () => {
    // A process that is stopped accepts nothing, and the system answers nobody once the queue of its socket is full.
    const listen = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
      process.stdout.write(String(this.address().port)); });`;
    const stopped = spawn(process.execPath, ['-e', listen]);
    const waiting: Socket[] = [];
    try {
      const port = Number(await new Promise((resolve) => stopped.stdout.once('data', resolve)));
      stopped.kill('SIGSTOP');
      for (let i = 0; i < 4; i++) waiting.push(connect(port, '127.0.0.1').on('error', () => undefined));
      await expect(ask(port, HOPELESS)).rejects.toMatchObject({
        code: 'TIMED_OUT',
        message: 'no connection within 0.2 s',
      });
    } finally {
      for (const socket of waiting) socket.destroy();
      stopped.kill('SIGKILL');
    }
  });

  test('the server is silent', async () => {
    const { port, received } = await serve(() => undefined);
    await expect(ask(port, HOPELESS)).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: 'no complete greeting within 0.2 s',
    });
    expect(received()).toBe('');
  });

  test('an HTTP server, which waits for the client', async () => {
    const server = createHttpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await expect(ask((server.address() as AddressInfo).port, HOPELESS)).rejects.toMatchObject({ code: 'TIMED_OUT' });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('the answer does not come', async () => {
    const { port } = await serve((socket) => socket.write(GREETING));
    await expect(ask(port, SHORT)).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: 'no complete answer to EHLO within 1 s',
    });
  });

  test('the deadline is for the whole conversation, not for the time between two bytes', async () => {
    const { port } = await serve((socket) => {
      const timer = setInterval(() => socket.write('220-still here\r\n'), 20);
      socket.on('close', () => {
        clearInterval(timer);
      });
    });
    await expect(ask(port, HOPELESS)).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });
});
