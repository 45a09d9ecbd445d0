import type { Diagnostic } from '../errors.ts';
import type { EditResult, FileResult } from './result.ts';

/** A file's entry in the JSON document. */
export type FileEntry = Omit<
  FileResult,
  'ok' | 'error' | 'servers' | 'edits' | 'hunks' | 'outputName' | 'isWritten' | 'digests'
> & {
  /** Printed by `check` alone, for the file and for each selected server. */
  readonly ok?: boolean;
  readonly error: Diagnostic | null;
  readonly edits: readonly EditResult[];
  readonly servers: readonly (Omit<FileResult['servers'][number], 'ok'> & { readonly ok?: boolean })[];
};

/** @returns The entry of a file, in the order of the document; with verdicts for `check`. */
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
    edits: edits.map(({ location, property, kind, offset, length, old, new: changed, line, column }) => {
      return { location, property, kind, offset, length, old, new: changed, line, column };
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
