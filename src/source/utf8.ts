const ENCODER = new TextEncoder();
/** U+FEFF is kept: it can begin a name or a value. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const STRICT = new TextDecoder('utf-8', { fatal: true });

export function encodeUtf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** @returns The bytes as text; what is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** @returns Whether the byte continues a UTF-8 sequence (10xxxxxx). */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** @returns Where the last sequence before `end` begins, since it may be incomplete; after three continuation bytes it is not: `end`. */
export function lastSequenceStart(bytes: Uint8Array, end: number): number {
  for (let lead = end - 1; lead >= 0 && lead >= end - 3; lead--) if (!isContinuation(bytes[lead])) return lead;
  return end;
}

/** @returns Where the first malformed sequence begins, in bytes that are not UTF-8. */
export function firstMalformed(bytes: Uint8Array): number {
  // Decoding turns each into U+FFFD, whose own bytes may begin in the same way.
  const repaired = encodeUtf8(decodeUtf8(bytes));
  let at = repaired.findIndex((byte, i) => byte !== bytes[i]);
  while (isContinuation(repaired[at])) at--;
  return at;
}

/** @returns Whether the bytes are valid UTF-8; for platforms without a native check. */
export function decodesAsUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Node's global object. The native check is looked up in it, not imported, so that a browser can load this module unchanged. */
interface Platform {
  readonly process?: {
    readonly getBuiltinModule?: (name: 'buffer') => { readonly isUtf8?: (bytes: Uint8Array) => boolean };
  };
}

/** @returns The platform's own check if it has one, else `decodesAsUtf8`. */
export function checkOf({ process }: Platform): (bytes: Uint8Array) => boolean {
  return process?.getBuiltinModule?.('buffer').isUtf8 ?? decodesAsUtf8;
}

// Typed as a plain object: the types of browsers do not declare `process`, and those of Node declare another type of it.
const platform: object = globalThis;

/** @returns Whether the bytes are valid UTF-8. Node's native check is ten times as fast as a decoder. */
export const isUtf8 = checkOf(platform);
