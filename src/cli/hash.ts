import { createHash } from 'node:crypto';
import type { Hash } from '../report/digest.ts';

/** @returns A SHA-256 to be made by Node, which is some ten times as fast as one in JavaScript. */
export function newHash(): Hash {
  const hash = createHash('sha256');
  return { update: (bytes) => hash.update(bytes), toHex: () => hash.digest('hex') };
}
