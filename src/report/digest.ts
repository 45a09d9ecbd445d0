import type { Source } from '../source/source.ts';
import { outputChunks, type Replacement } from '../writer/patched-output.ts';

/** What identifies the bytes of a file. */
export interface Digest {
  /** In bytes. */
  readonly size: number;
  /** In hex, lower case. */
  readonly sha256: string;
}

/** The digests of an input and of its output; the output's is null if the input was refused. */
export interface Digests {
  readonly input: Digest;
  readonly output: Digest | null;
}

/** A SHA-256 that is computed part by part; the command and the browser page each bring their own. */
export interface Hash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

/** @returns The digests of a file and of its output, read part by part, so that memory does not grow with the file. */
export function digestsOf(source: Source, edits: readonly Replacement[], newHash: () => Hash): Digests {
  const input = digestOf(source, [], newHash());
  return { input, output: edits.length === 0 ? input : digestOf(source, edits, newHash()) };
}

/** @returns The digests of an input that was refused; null if it cannot be read to its end. */
export function digestsOfRefused(source: Source, newHash: () => Hash): Digests | null {
  try {
    return { input: digestOf(source, [], newHash()), output: null };
  } catch {
    return null;
  }
}

function digestOf(source: Source, edits: readonly Replacement[], hash: Hash): Digest {
  let size = 0;
  for (const { bytes } of outputChunks(source, edits)) {
    hash.update(bytes);
    size += bytes.length;
  }
  return { size, sha256: hash.digest('hex') };
}
