const strict = new TextDecoder('utf-8', { fatal: true });

/** @returns Whether the bytes are valid UTF-8; for platforms without a native check. */
export function decodesAsUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
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
