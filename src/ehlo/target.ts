import { isIPv6 } from 'node:net';
import { usageError } from '../errors.ts';

/** A server to ask. */
export interface Target {
  /** A name, an IPv4 address, or an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
}

/** RFC 5321, section 4.5.4.2. */
const SMTP_PORT = 25;

/** The host, then perhaps a colon and a port. Only an IPv6 address in brackets has colons of its own. */
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::([^/]*))?$/;

/** A name or an IPv4 address: letters and digits of any script, because a name may be internationalized. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u;

/** Longer waits are mistakes, and Node's timers cannot measure more than 24 days. */
const MAX_SECONDS = 86_400;

/**
 * @param word `HOST` or `HOST:PORT`, as it is typed; an IPv6 address is in brackets.
 * @throws MetabaseError USAGE
 */
export function toTarget(word: string): Target {
  if (isIPv6(word)) throw usageError(`an IPv6 address is written in brackets: [${word}]`);
  const [, given, port] = HOST_AND_PORT.exec(word) ?? ['', ''];
  const host = given.startsWith('[') ? given.slice(1, -1) : given;
  const isHost = host === given ? NAME.test(host) : isIPv6(host);
  if (!isHost) throw usageError(`a server is HOST or HOST:PORT, an IPv6 address in brackets ([::1]:25), not "${word}"`);
  return { host, port: toPort(port) };
}

/** @returns The target as `toTarget` takes it, always with its port: `[::1]:25`. */
export function formatTarget({ host, port }: Target): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * @param seconds As they are typed; 10 unless given.
 * @returns Milliseconds.
 * @throws MetabaseError USAGE
 */
export function toTimeout(seconds = '10'): number {
  const isNumber = /^[0-9]+(\.[0-9]+)?$/.test(seconds);
  if (isNumber && Number(seconds) > 0 && Number(seconds) <= MAX_SECONDS) return Number(seconds) * 1000;
  throw usageError(`the timeout is a number of seconds, greater than 0 and at most ${MAX_SECONDS}, not "${seconds}"`);
}

function toPort(text = String(SMTP_PORT)): number {
  if (/^[0-9]+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text);
  throw usageError(`a port is a number from 1 to 65535, not "${text}"`);
}
