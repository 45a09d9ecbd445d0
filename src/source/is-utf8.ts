const strict = new TextDecoder('utf-8', { fatal: true });

/** @returns Whether the bytes are valid UTF-8; for platforms that have no native answer. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
