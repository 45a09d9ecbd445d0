import type { Finding } from '../errors.ts';
import type { Encoding } from '../source/text.ts';
import type { EditResult, Inspection, ServerResult } from './result.ts';

/** A file's entry in the JSON document. */
export interface FileEntry {
  readonly file: string;
  /** Whether every selected key is in the requested state; told by `check` alone. */
  readonly ok?: boolean;
  readonly error: Finding | null;
  readonly warnings: readonly Finding[];
  readonly encoding: Encoding | null;
  readonly servers: readonly (ServerResult & { readonly ok?: boolean })[];
  readonly edits: readonly EditResult[];
  readonly changed: boolean;
  readonly output: string | null;
  readonly backup: string | null;
}

/** @returns The entry of a file that was refused; the encoding is null where it is not known. */
export function refusedEntry(file: string, error: Finding, encoding: Encoding | null): FileEntry {
  const nothing = { warnings: [], encoding, servers: [], edits: [], changed: false, output: null, backup: null };
  return { file, error: toFinding(error), ...nothing };
}

/** @returns The entry of a file that was read. */
export function fileEntry(
  file: string,
  { warnings, encoding, servers, edits, changed }: Inspection,
  written: { readonly output: string | null; readonly backup: string | null },
): FileEntry {
  const { output, backup } = written;
  return { file, error: null, warnings, encoding, servers, edits, changed, output, backup };
}

/** @returns The same with the verdicts of `check`, for the file and for each selected server. */
export function withVerdicts(entry: FileEntry, verdicts: readonly boolean[]): FileEntry {
  const { file, servers, ...rest } = entry;
  const judged = servers.map((server, i) => (server.selected ? { ...server, ok: verdicts[i] } : server));
  return { file, ok: entry.error === null && judged.every(({ ok }) => ok !== false), ...rest, servers: judged };
}

/** @returns The error's own fields, in the order of the document. */
export function toFinding({ code, message, line, column, offset }: Finding): Finding {
  return { code, message, line, column, offset };
}
