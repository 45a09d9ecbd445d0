import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import type { FileEntry } from '../../src/report/json.ts';
import { type Run, run, type RunOptions } from './command.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/output.schema.json', import.meta.url), 'utf8')) as object;
export const isValid = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

export interface Verification {
  readonly version: 1;
  readonly ok: boolean;
  readonly error: { readonly code: string } | null;
  readonly differences: readonly {
    offset: number;
    line: number;
    column: number;
    location: string | null;
    reason: string;
  }[];
}

/** Runs the command with --json. @returns Its document, checked against the schema, and how the run went. */
export function runJson(args: readonly string[], options?: RunOptions): Run & { readonly document: unknown } {
  const done = run([...args, '--json'], options);
  const document: unknown = JSON.parse(done.out);
  if (!isValid(document)) throw new Error(JSON.stringify(isValid.errors, null, 2));
  return { ...done, document };
}

/** @returns The entries of patch, show or check. */
export function entriesOf(args: readonly string[], options?: RunOptions): readonly FileEntry[] {
  return (runJson(args, options).document as { readonly files: readonly FileEntry[] }).files;
}

/** @returns The document of verify. */
export function verificationOf(args: readonly string[], options?: RunOptions): Verification {
  return runJson(['verify', ...args], options).document as Verification;
}
