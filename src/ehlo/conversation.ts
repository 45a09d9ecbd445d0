import { connect, isIPv6, type Socket } from 'node:net';
import { MetabaseError } from '../errors.ts';
import { readReply, type Reply } from './reply.ts';
import type { Target } from './target.ts';

/** What a server says about itself. */
export interface Answer {
  /** The text of its greeting; several lines are joined by line feeds. */
  readonly banner: string;
  /** The lines of its answer to EHLO but the first: each a keyword, perhaps with parameters (RFC 5321, section 4.1.1.1). */
  readonly keywords: readonly string[];
}

/** The two replies that are awaited, each with the only code that it may have. */
const GREETING = { name: 'greeting', code: 220 };
const EHLO_ANSWER = { name: 'answer to EHLO', code: 250 };
type Expected = typeof GREETING;

/** How much of a refusal is shown: a line of a reply has at most 512 bytes (RFC 5321, section 4.5.3.1.5). */
const SHOWN = 512;

const WAS_RESET = 'the connection was reset by the server or by a firewall';

/** What the system's error codes mean, in words for users. */
const DESCRIPTIONS: Readonly<Partial<Record<string, string>>> = {
  ENOTFOUND: 'there is no host with this name',
  EAI_AGAIN: 'the name could not be looked up; is the network up?',
  ECONNREFUSED: 'the connection was refused: nothing listens on this port, or a firewall is in the way',
  ECONNRESET: WAS_RESET,
  ECONNABORTED: WAS_RESET,
  EPIPE: WAS_RESET,
  EHOSTUNREACH: 'there is no route to this host',
  ENETUNREACH: 'there is no route to this network',
};

/**
 * Opens one connection, reads the greeting, sends EHLO with the connection's own address, reads the answer and sends QUIT. Nothing
 * else is ever sent.
 * @param timeoutMs For the whole conversation, the look-up of the name included.
 * @throws MetabaseError HOST_UNREACHABLE, TIMED_OUT, SMTP_REFUSED, SMTP_PROTOCOL
 */
export async function askServer({ host, port }: Target, timeoutMs: number): Promise<Answer> {
  // A name may have several addresses: one that does not answer must leave time for the others.
  const socket = connect({ host, port, autoSelectFamilyAttemptTimeout: Math.ceil(timeoutMs / 4) });
  let expected = GREETING;
  const deadline = setTimeout(() => {
    socket.destroy(timedOut(socket.connecting ? 'connection' : `complete ${expected.name}`, timeoutMs));
  }, timeoutMs);
  const replies = readReplies(socket);
  try {
    const greeting = await nextReply(replies, expected);
    expected = EHLO_ANSWER;
    socket.write(`EHLO ${addressLiteral(socket.localAddress ?? '')}\r\n`);
    const answer = await nextReply(replies, expected);
    const keywords = answer.lines.slice(1).map((line) => line.trim());
    return { banner: greeting.lines.join('\n'), keywords: keywords.filter((keyword) => keyword !== '') };
  } catch (error) {
    throw inWords(error);
  } finally {
    await quit(socket, replies);
    clearTimeout(deadline);
  }
}

async function* readReplies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Reply, undefined> {
  let bytes = new Uint8Array(0);
  for await (const chunk of chunks) {
    const longer = new Uint8Array(bytes.length + chunk.length);
    longer.set(bytes);
    longer.set(chunk, bytes.length);
    bytes = longer;
    for (let reply = readReply(bytes); reply !== null; reply = readReply(bytes)) {
      bytes = bytes.subarray(reply.length);
      yield reply;
    }
  }
}

/** @throws MetabaseError SMTP_PROTOCOL if there is none, SMTP_REFUSED if it has another code */
async function nextReply(replies: AsyncGenerator<Reply, undefined>, { name, code }: Expected): Promise<Reply> {
  const { value: reply } = await replies.next();
  if (reply === undefined) {
    throw new MetabaseError('SMTP_PROTOCOL', `the server closed the connection before its ${name} was complete`);
  }
  if (reply.code !== code) {
    throw new MetabaseError(
      'SMTP_REFUSED',
      `the ${name} is "${reply.code} ${reply.lines.join(' / ').slice(0, SHOWN)}"`,
    );
  }
  return reply;
}

/**
 * Sends QUIT, also to a server that refused (RFC 5321, section 4.1.1.10), and waits until the deadline for its answer, whatever
 * it is. Does nothing if the connection is closed already.
 */
async function quit(socket: Socket, replies: AsyncGenerator<Reply, undefined>): Promise<void> {
  if (socket.writable) socket.end('QUIT\r\n');
  await replies.next().catch(() => undefined);
  socket.destroy();
}

/** @returns `[192.0.2.1]` or `[IPv6:2001:db8::1]` (RFC 5321, section 4.1.3); a zone such as `%eth0` means nothing to the server. */
function addressLiteral(address: string): string {
  return isIPv6(address) ? `[IPv6:${address.replace(/%.*/, '')}]` : `[${address}]`;
}

function timedOut(awaited: string, timeoutMs: number): MetabaseError {
  return new MetabaseError('TIMED_OUT', `no ${awaited} within ${timeoutMs / 1000} s`);
}

/** @returns An error of the system or of Node in words for users; any other is a fault of this program and passes through. */
function inWords(error: unknown): unknown {
  if (error instanceof MetabaseError) return error;
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ETIMEDOUT') return new MetabaseError('TIMED_OUT', 'the host did not answer');
  return new MetabaseError('HOST_UNREACHABLE', DESCRIPTIONS[code] ?? `the connection failed (${code})`);
}
