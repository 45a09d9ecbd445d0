/** A place in a file: lines and columns are 1-based, columns count code points; the byte offset is 0-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Every code that an error or a warning can have; docs/errors.md has a paragraph on each. */
export type Code =
  | 'XML_UNEXPECTED_END'
  | 'XML_CHARACTER'
  | 'XML_DECLARATION'
  | 'XML_VERSION'
  | 'XML_DOCTYPE'
  | 'XML_TAG'
  | 'XML_ATTRIBUTE'
  | 'XML_DUPLICATE_ATTRIBUTE'
  | 'XML_MISMATCHED_TAG'
  | 'XML_REFERENCE'
  | 'XML_COMMENT'
  | 'XML_PI'
  | 'XML_TEXT'
  | 'XML_ROOT'
  | 'ENCODING_INVALID'
  | 'ENCODING_UNSUPPORTED'
  | 'ENCODING_MISMATCH'
  | 'EMPTY_FILE'
  | 'BINARY_METABASE'
  | 'FILE_DAMAGED'
  | 'FILE_COMPRESSED'
  | 'FILE_UNREADABLE'
  | 'NOT_A_METABASE'
  | 'NO_SMTP_SERVER'
  | 'UNKNOWN_SERVER'
  | 'VALUE_INVALID'
  | 'VALUE_MISSING'
  | 'LINE_TOO_LONG'
  | 'OUTPUT_EXISTS'
  | 'OUTPUT_IS_INPUT'
  | 'WRITE_FAILED'
  | 'INPUT_CHANGED'
  | 'HOST_UNREACHABLE'
  | 'TIMED_OUT'
  | 'SMTP_REFUSED'
  | 'SMTP_PROTOCOL'
  | 'USAGE'
  | 'INTERNAL_ERROR'
  | 'RIGHTS_NOT_KEPT'
  | 'FOLDER_NOT_FLUSHED'
  | 'SEVERAL_VALUES'
  | 'SEVERAL_KEYS'
  | 'DEEPER_VALUE'
  | 'UNNAMED_MASK'
  | 'UNUSUAL_BITS'
  | 'OTHER_ID'
  | 'EXCHANGE_OVERWRITES'
  | 'BINARYMIME_WITHOUT_CHUNKING';

/** The line of an error, cut to 80 columns around the place, and the caret's column in it (0-based). */
export interface Excerpt {
  readonly text: string;
  readonly caret: number;
}

/** Why something was refused: a stable code, a sentence for people, and the position if there is one. */
export class MetabaseError extends Error {
  override readonly name = 'MetabaseError';
  readonly line: number | null;
  readonly column: number | null;
  /** The warnings about the file, if it was read but cannot be patched as requested. */
  readonly warnings: readonly Diagnostic[] = [];
  /** Byte offset in the file, 0-based; a byte order mark counts. */
  readonly offset: number | null;

  constructor(
    readonly code: Code,
    message: string,
    position: Position | null = null,
    readonly excerpt: Excerpt | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.line = position?.line ?? null;
    this.column = position?.column ?? null;
    this.offset = position?.offset ?? null;
  }
}

/** @returns The error that a fault of this program is reported as, with what was thrown as its cause. */
export function internalError(cause: unknown): MetabaseError {
  const line = String(cause).replaceAll(/\s+/g, ' ');
  const message = `a fault of iis-metabase-patch itself; please report this line: ${line}`;
  return new MetabaseError('INTERNAL_ERROR', message, null, null, { cause });
}

/** @returns The error for a wrong command line or a wrong option. */
export function usageError(message: string): MetabaseError {
  return new MetabaseError('USAGE', message);
}

/** An error or a warning as it is reported; positions are null if there is none. */
export interface Diagnostic {
  readonly code: Code;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly offset: number | null;
}

/** @returns A warning about no particular place in the file. */
export function warningWithoutPosition(code: Code, message: string): Diagnostic {
  return { code, message, line: null, column: null, offset: null };
}

/** An error with an excerpt of its line. */
export interface Refusal extends Diagnostic {
  readonly excerpt: Excerpt | null;
}
