import { createHash } from 'node:crypto';
import type { Hash } from '../report/digest.ts';

/** @returns A SHA-256 that Node computes, about ten times as fast as JavaScript would. */
export function newHash(): Hash {
  const hash = createHash('sha256');
  return { update: (bytes) => hash.update(bytes), toHex: () => hash.digest('hex') };
}
