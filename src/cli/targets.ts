import { sep } from 'node:path';
import { MetabaseError } from '../errors.ts';
import { fileIdentities, fileIdentity, IS_WINDOWS } from '../files/file-identity.ts';
import { checkOutput, checkReport } from '../files/overwrite-check.ts';
import type { Target } from '../files/staged-output.ts';
import { defaultOutput } from '../writer/patched-output.ts';
import { nameBelow } from './common-folder.ts';
import { isStream } from './inputs.ts';
import { type Invocation, printsBytes, STANDARD_STREAM } from './invocation.ts';

/** @returns Where the patched input goes: a file; null for standard output, and for a pipe that only a dry run accepts. */
export function targetOf(name: string, invocation: Invocation): Target | null {
  const { output, outDir, inPlace, noBackup, force, commonFolder } = invocation;
  if (printsBytes(invocation) || name === STANDARD_STREAM) {
    return output === null || output === STANDARD_STREAM ? null : named(output, force);
  }
  if (inPlace) return { path: name, always: false, makesFolder: false, overwrite: true, backup: !noBackup };
  if (output === STANDARD_STREAM) return null;
  if (output !== null) return named(output, force);
  if (outDir === null) return isStream(name) ? null : { ...named(defaultOutput(name), force), always: false };
  // Only a separator is added: to resolve `..` in the name of the folder would lead elsewhere if a folder is a link.
  const folder = outDir.replace(IS_WINDOWS ? /[\\/]+$/ : /\/+$/, '');
  return { ...named(`${folder}${sep}${nameBelow(commonFolder, name)}`, force), makesFolder: true };
}

function named(path: string, overwrite: boolean): Target {
  return { path, always: true, makesFolder: false, overwrite, backup: false };
}

/** What is refused before anything is written. */
export interface Refusals {
  readonly all: MetabaseError | null;
  readonly each: ReadonlyMap<string, MetabaseError>;
}

/** @returns The identities of everything that the run reads, or writes for all inputs together, under a name that the user gave. */
export function namedFiles(invocation: Invocation): Set<string> {
  return fileIdentities([...namesRead(invocation), ...commonOutputs(invocation)]);
}

function namesRead({ files, filesFrom }: Invocation): string[] {
  const names = filesFrom === null ? files : [...files, filesFrom];
  return names.filter((name) => name !== STANDARD_STREAM);
}

function commonOutputs({ diff, report }: Invocation): string[] {
  return [diff, report].filter((path) => path !== null);
}

/**
 * Checks everything that will be written before anything is.
 * @returns Why the run as a whole is refused (its diff or report cannot be written), and which inputs cannot have their output.
 * @throws MetabaseError USAGE if two would be written to one file
 */
export function refuseOutputs(invocation: Invocation): Refusals {
  const inputs = fileIdentities(namesRead(invocation));
  const targets = invocation.files.map((name) => ({
    name,
    target: invocation.command === 'patch' ? targetOf(name, invocation) : null,
  }));
  const { diff, report } = invocation;
  const common = [
    { name: 'the diff', path: diff },
    { name: 'the report', path: report },
  ].flatMap(({ name, path }) => (path === null ? [] : { name, path }));
  refuseSameFile([
    ...targets.flatMap(({ name, target }) => (target === null ? [] : { name, path: target.path })),
    ...common,
  ]);
  const refusal = refuseCommon(invocation, inputs);
  if (refusal !== null) return { all: refusal, each: new Map() };
  const each = new Map<string, MetabaseError>();
  for (const { name, target } of invocation.inPlace ? [] : targets) {
    // Only reading the input shows whether its default output is needed at all; but that must never be an input.
    const refusal = target && checkOutput(target.path, inputs, target.overwrite || !target.always);
    if (refusal) each.set(name, refusal);
  }
  return { all: null, each };
}

function refuseCommon({ diff, report, force }: Invocation, inputs: ReadonlySet<string>): MetabaseError | null {
  const ofDiff = diff === null ? null : checkOutput(diff, inputs, force);
  return ofDiff ?? (report === null ? null : checkReport(report, inputs));
}

/** @param written Names of what is written, each with its path: an input's own name for its output. */
function refuseSameFile(written: readonly { readonly name: string; readonly path: string }[]): void {
  const seen = new Map<string, string>();
  for (const { name, path } of written) {
    const identity = fileIdentity(path);
    // Several may go to one device.
    if (identity === null) continue;
    const other = seen.get(identity);
    if (other !== undefined) {
      throw new MetabaseError('USAGE', `${other} and ${name} would both be written to ${path}`);
    }
    seen.set(identity, name);
  }
}
