import type { Hash } from '../report/digest.ts';

/** Node's SHA-256, about ten times as fast as one in JavaScript. Only a report needs it, and loading it takes a while. */
function createHash(): ReturnType<typeof import('node:crypto').createHash> {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

/** @returns A hash that bytes are given to one after the other. */
export function newHash(): Hash {
  const hash = createHash();
  return { update: (bytes) => hash.update(bytes), toHex: () => hash.digest('hex') };
}

/** @returns The hash of a text as a content security policy has it. */
export function base64HashOf(text: string): string {
  return createHash().update(text).digest('base64');
}
