import type { Source } from '../../src/source/source.ts';

/** A source that records how it is read. */
export interface Watched {
  readonly source: Source;
  /** Where it was read, and how many bytes were asked for there, in order. */
  readonly reads: readonly (readonly [offset: number, asked: number])[];
  /** @returns How many bytes it has given so far. */
  readonly bytes: () => number;
}

export function watchedSource(inner: Source): Watched {
  const reads: [number, number][] = [];
  let given = 0;
  const source: Source = {
    length: inner.length,
    read(offset, into) {
      reads.push([offset, into.length]);
      const length = inner.read(offset, into);
      given += length;
      return length;
    },
  };
  return { source, reads, bytes: () => given };
}
