/** A run of bytes: where it begins (0-based) and how many it has. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What bytes are read from: memory, an open file, or a file that was chosen in a browser. */
export interface Source {
  readonly length: number;
  /** Fills `into` with the bytes from `offset` on; returns how many there were, fewer only at the end. */
  read(offset: number, into: Uint8Array): number;
}

/** @returns The bytes as a source; they are not copied, so they must not change while it is in use. */
export function memorySource(bytes: Uint8Array): Source {
  return {
    length: bytes.length,
    read(offset, into) {
      const part = bytes.subarray(offset, offset + into.length);
      into.set(part);
      return part.length;
    },
  };
}

/** @returns The bytes of `span` as an array of their own, shorter if the source ends first. */
export function readSpan(source: Source, span: Span): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(span.length, source.length - span.offset)));
  return bytes.subarray(0, source.read(span.offset, bytes));
}
