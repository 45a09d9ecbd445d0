import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server on loopback, and everything that clients have sent to it. */
export interface ScriptedServer {
  readonly port: number;
  readonly received: () => string;
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

const running: ScriptedServer[] = [];

/** Starts a server that handles each connection as the test says; it ends with the test. */
export async function serve(onConnection: (socket: Socket) => void, host = '127.0.0.1'): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  let received = '';
  let connections = 0;
  // Half open: only the test closes anything.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const scripted: ScriptedServer = {
    port,
    received: () => received,
    connections: () => connections,
    async stop() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  running.push(scripted);
  return scripted;
}

/** Starts a server that greets, answers EHLO and QUIT, and sends each of its replies in the chunks given. */
export function smtpServer(
  greeting: string | readonly string[],
  answer: string | readonly string[],
  host?: string,
): Promise<ScriptedServer> {
  return serve((socket) => {
    const send = (chunks: string | readonly string[]): void => {
      const [first, ...rest] = typeof chunks === 'string' ? [chunks] : chunks;
      socket.write(first, 'latin1', () => {
        if (rest.length > 0) setImmediate(send, rest);
      });
    };
    socket.setNoDelay();
    send(greeting);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n')) {
        if (line.startsWith('EHLO')) send(answer);
        if (line === 'QUIT') socket.end('221 bye\r\n');
      }
    });
  }, host);
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
