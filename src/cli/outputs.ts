import nodePath, { type PlatformPath, sep } from 'node:path';
import { type MetabaseError, usageError } from '../errors.ts';
import { fileIdentities, fileIdentity, IS_WINDOWS } from '../files/file-identity.ts';
import { checkOutput, checkReport } from '../files/overwrite-check.ts';
import type { Target } from '../files/staged-output.ts';
import { defaultOutput } from '../writer/patched-output.ts';
import { isStream } from './inputs.ts';
import { type Invocation, STANDARD_STREAM } from './invocation.ts';

/** An input, and where its patched copy goes. */
export interface Placement {
  readonly name: string;
  /** Null for standard output, and if no copy is made. A dry run has the target that the run itself would have. */
  readonly target: Target | null;
  /** Why nothing may be written there. */
  readonly refusal: MetabaseError | null;
}

/**
 * Checks everything that will be written before anything is.
 * @param names The names of all inputs.
 * @returns A place for each input; and why the run as a whole is refused, if its diff or report cannot be written.
 * @throws MetabaseError USAGE if two would be written to one file
 */
export function placeOutputs(
  names: readonly string[],
  invocation: Invocation,
): { readonly placements: readonly Placement[]; readonly refusal: MetabaseError | null } {
  const { diff, report, filesFrom, inPlace, force } = invocation;
  const read = [...names, filesFrom].filter((name) => name !== null).filter((name) => name !== STANDARD_STREAM);
  const inputs = fileIdentities(read);
  const reserved = fileIdentities([...read, diff, report].filter((path) => path !== null));
  const targets = targetsOf(names, invocation, reserved);
  refuseSameFile([
    ...targets.map((target, i) => ({ name: names[i], path: target?.path ?? null })),
    { name: 'the diff', path: diff },
    { name: 'the report', path: report },
  ]);
  const refusalOfDiff = diff === null ? null : checkOutput(diff, inputs, force);
  const refusal = refusalOfDiff ?? (report === null ? null : checkReport(report, inputs));
  const placements = targets.map((target, i): Placement => {
    const name = names[i];
    if (refusal !== null || target === null || inPlace) return { name, target, refusal };
    // Whether a default output is needed is known only after reading, so one that exists is not refused yet; an input is.
    return { name, target, refusal: checkOutput(target.path, inputs, target.overwrite || !target.always) };
  });
  return { placements, refusal };
}

/**
 * @param reserved The identities of everything that the run reads, or writes for all inputs together: no backup takes their names.
 * @returns Where the patched copy of each input goes.
 */
function targetsOf(
  names: readonly string[],
  { command, output, outDir, inPlace, noBackup, force }: Invocation,
  reserved: ReadonlySet<string>,
): (Target | null)[] {
  if (command !== 'patch' || output === STANDARD_STREAM) return names.map(() => null);
  if (inPlace) {
    const replaced = { always: false, overwrite: true, backup: !noBackup, reserved };
    return names.map((path) => ({ ...replaced, path }));
  }
  const copy = { always: true, overwrite: force };
  if (output !== null) return names.map(() => ({ ...copy, path: output }));
  if (outDir !== null) {
    // Only a separator is added: to resolve `..` in the name of the folder would lead elsewhere if a folder is a link.
    const folder = outDir.replace(IS_WINDOWS ? /[\\/]+$/ : /\/+$/, '') + sep;
    const common = commonFolder(names);
    return names.map((name) => ({ ...copy, path: folder + nameBelow(common, name), makesFolder: true }));
  }
  return names.map((name) => {
    return name === STANDARD_STREAM || isStream(name) ? null : { ...copy, path: defaultOutput(name), always: false };
  });
}

/** @param outputs What is written, each with its path: an input's own name for its output. */
function refuseSameFile(outputs: readonly { readonly name: string; readonly path: string | null }[]): void {
  const seen = new Map<string, string>();
  for (const { name, path } of outputs) {
    const identity = path === null ? null : fileIdentity(path);
    // Several may go to one device.
    if (path === null || identity === null) continue;
    const other = seen.get(identity);
    if (other !== undefined) throw usageError(`${other} and ${name} would both be written to ${path}`);
    seen.set(identity, name);
  }
}

/**
 * @param path The rules of the system for paths.
 * @returns The parts of the deepest folder that holds all files, `..` resolved by name.
 * @throws MetabaseError USAGE for files on different drives
 */
export function commonFolder(files: readonly string[], path: PlatformPath = nodePath): readonly string[] {
  const folders = files.map((file) => partsOf(path.dirname(path.resolve(file)), path));
  const [first] = folders;
  const differs = first.findIndex((part, i) => folders.some((parts) => !isSameName(part, parts.at(i) ?? '', path)));
  if (differs === 0) throw usageError('with --out-dir all inputs must be on one drive');
  return differs < 0 ? first : first.slice(0, differs);
}

/** @returns The file's path below a folder that holds it. */
export function nameBelow(folder: readonly string[], file: string, path: PlatformPath = nodePath): string {
  return partsOf(path.resolve(file), path).slice(folder.length).join(path.sep);
}

/** The root (on Windows the drive or the share) comes first. */
function partsOf(absolute: string, path: PlatformPath): string[] {
  const { root } = path.parse(absolute);
  return [root, ...absolute.slice(root.length).split(path.sep)].filter((part) => part !== '');
}

function isSameName(a: string, b: string, path: PlatformPath): boolean {
  return path.sep === '\\' ? a.toLowerCase() === b.toLowerCase() : a === b;
}
