import { usageError } from '../errors.ts';
import { type Request, toContext, toRequest } from '../patch/request.ts';
import type { ParsedCommandLine } from './command-line.ts';
import { type Command, optionName, OPTIONS, type OptionSpec, type OptionValues } from './options.ts';

/** A command with its options; everything that is wrong whatever the files hold has been refused. */
export interface Invocation extends Omit<OptionValues, 'context'> {
  readonly command: Command;
  /** The names on the command line: of inputs, to which `--files-from` may add more, or for ehlo of servers. */
  readonly files: readonly string[];
  readonly request: Request;
  /** Lines of context in the diff. */
  readonly context: number;
}

/** The name that means standard input and, as an output, standard output. */
export const STANDARD_STREAM = '-';

/** @throws MetabaseError USAGE */
export function toInvocation({ command, files, options }: ParsedCommandLine): Invocation {
  const values = optionValues(options);
  const { disable, enable, server: servers, setMissing } = values;
  const request = toRequest({ disable, enable, servers, setMissing });
  const invocation = { ...values, command, files, request, context: toContext(values.context) };
  refuseConflicts(invocation);
  return invocation;
}

/** @returns Whether the patched bytes, and therefore nothing else, go to standard output. */
export function printsBytes({ command, dryRun, output, files }: Invocation): boolean {
  if (command !== 'patch' || dryRun) return false;
  return output === STANDARD_STREAM || (output === null && files[0] === STANDARD_STREAM);
}

function refuseConflicts(invocation: Invocation): void {
  const { command, files, output, outDir, inPlace, diff, report, filesFrom, json, color, noColor } = invocation;
  if (color && noColor) throw usageError('--color and --no-color exclude each other');
  if ([output !== null, outDir !== null, inPlace].filter(Boolean).length > 1) {
    throw usageError('only one of --output, --out-dir and --in-place can be given');
  }
  if (command === 'verify' && files.length !== 2) throw usageError('verify needs two files: ORIGINAL and PATCHED');
  if (files.length === 0 && filesFrom === null) {
    throw usageError(command === 'ehlo' ? 'no server is named: ehlo HOST[:PORT]' : `no file is named: ${command} FILE`);
  }
  if (command !== 'ehlo' && files.includes(STANDARD_STREAM)) refuseStandardInput(invocation);
  if (diff === STANDARD_STREAM || report === STANDARD_STREAM) throw usageError('--diff and --report need a file');
  if (json && printsBytes(invocation)) {
    throw usageError('--json and the patched bytes cannot both be on standard output');
  }
}

function refuseStandardInput({ command, files, filesFrom, outDir, inPlace }: Invocation): void {
  if (command === 'verify') throw usageError('verify reads two files, not standard input');
  if (files.length > 1 || filesFrom !== null) throw usageError('- (standard input) must be the only input');
  if (inPlace || outDir !== null) throw usageError('- (standard input) has no place: use --output');
}

function optionValues(given: ParsedCommandLine['options']): OptionValues {
  const values = Object.entries<OptionSpec>(OPTIONS).map(([key, spec]) => {
    const name = optionName(key);
    return [key, optionValue(name, spec, given.get(name) ?? [])];
  });
  return Object.fromEntries(values) as OptionValues;
}

function optionValue(name: string, { value, isList }: OptionSpec, given: readonly string[]): unknown {
  if (value === undefined) return given.length > 0;
  const values = isList === true ? given.flatMap((each) => each.split(',')) : given;
  if (values.includes('')) throw usageError(`--${name} needs a value`);
  if (isList === true) return values.length === 0 ? null : values;
  if (values.length > 1) throw usageError(`--${name} is given twice`);
  return values.at(0) ?? null;
}
