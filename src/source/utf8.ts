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

/** @returns How many bytes the UTF-8 sequence with this lead byte has; 1 for a byte that cannot lead one. */
export function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** @returns Whether the byte continues a UTF-8 sequence (10xxxxxx). */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** @returns The code point at `at`, in bytes known to be valid UTF-8. */
export function codePointAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  const length = sequenceLength(lead);
  if (length === 1) return lead;
  let codePoint = lead & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
  return codePoint;
}

/** @returns The end of the last whole sequence before `end`: `end` itself, or up to three bytes less. */
export function wholeSequences(bytes: Uint8Array, end: number): number {
  for (let lead = end - 1; lead >= 0 && lead >= end - 3; lead--) {
    if (!isContinuation(bytes[lead])) return lead + sequenceLength(bytes[lead]) > end ? lead : end;
  }
  return end;
}

/** @returns Where the first malformed sequence begins, or `end` (the Unicode Standard, table 3-7). */
export function firstMalformed(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const lead = bytes[at];
    const length = sequenceLength(lead);
    if ((length === 1 && lead >= 0x80) || at + length > end) return at;
    for (let i = 1; i < length; i++) if (!isContinuation(bytes[at + i])) return at;
    if (!isShortestScalar(lead, bytes[at + 1])) return at;
    at += length;
  }
  return end;
}

/** The second byte shows whether a sequence is overlong, a surrogate, or beyond U+10FFFF. With other lead bytes it cannot be. */
function isShortestScalar(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  return lead !== 0xf4 || second < 0x90;
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
