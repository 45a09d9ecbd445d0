import type { Diagnostic } from '../errors.ts';
import type { EditResult, FileResult } from './result.ts';

/** A file's entry in the JSON document. */
export type FileEntry = Omit<
  FileResult,
  'ok' | 'error' | 'servers' | 'edits' | 'hunks' | 'outputName' | 'isWritten' | 'digests'
> & {
  /** Printed only by `check`, for the file and for each selected server. */
  readonly ok?: boolean;
  readonly error: Diagnostic | null;
  readonly edits: readonly EditResult[];
  readonly servers: readonly (Omit<FileResult['servers'][number], 'ok'> & { readonly ok?: boolean })[];
};

/** @returns The entry of a file, its fields in the order of the document; with verdicts for `check`. */
export function fileEntry(result: FileResult, hasVerdicts: boolean): FileEntry {
  const { file, ok, error, warnings, encoding, edits, changed, output, backup } = result;
  const servers = result.servers.map(({ ok: verdict, ...server }) => {
    return hasVerdicts && verdict !== null ? { ...server, ok: verdict } : server;
  });
  return {
    file,
    ...(hasVerdicts && { ok }),
    error: error === null ? null : toDiagnostic(error),
    warnings,
    encoding,
    servers,
    edits: edits.map(({ location, property, kind, offset, length, old, new: text, line, column }) => {
      return { location, property, kind, offset, length, old, new: text, line, column };
    }),
    changed,
    output,
    backup,
  };
}

/** @returns The error's own fields, in the order of the document. */
export function toDiagnostic({ code, message, line, column, offset }: Diagnostic): Diagnostic {
  return { code, message, line, column, offset };
}

/**
 * @returns JSON in ASCII, which survives any code page of a console; what is not Unicode (half of a surrogate pair) becomes U+FFFD.
 */
export function toJson(value: unknown): string {
  const wellFormed = (_: string, each: unknown): unknown =>
    typeof each === 'string' ? each.replace(/\p{Cs}/gu, '\ufffd') : each;
  return JSON.stringify(value, wellFormed, 2).replace(/[^\n -~]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
