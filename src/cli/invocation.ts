import { MetabaseError } from '../errors.ts';
import { DEFAULT_CONTEXT, type Request, toRequest } from '../patch/request.ts';
import type { ParsedCommandLine } from './command-line.ts';
import type { Command, OptionName } from './options.ts';

/** A checked command with its options: what no files could make possible has been refused. */
export interface Invocation {
  readonly command: Command;
  /** The names of the inputs, or for ehlo the servers; `resolveInputs` adds those of `--files-from`. */
  readonly files: readonly string[];
  readonly request: Request;
  readonly dryRun: boolean;
  readonly output: string | null;
  readonly outDir: string | null;
  /** The parts of the deepest folder that holds all inputs; empty without `--out-dir`, and before all inputs are known. */
  readonly commonFolder: readonly string[];
  readonly inPlace: boolean;
  readonly backup: boolean;
  readonly force: boolean;
  readonly diff: string | null;
  readonly context: number;
  readonly commands: boolean;
  readonly report: string | null;
  readonly filesFrom: string | null;
  /** How long ehlo waits for a server, in seconds as they are typed; null unless given. */
  readonly timeout: string | null;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Null to decide by the terminal. */
  readonly color: boolean | null;
}

/** The name that means standard input and, as an output, standard output. */
export const STANDARD_STREAM = '-';

/** @throws MetabaseError USAGE */
export function toInvocation({ command, files, options }: ParsedCommandLine<Command>): Invocation {
  const has = (name: OptionName): boolean => options.has(name);
  const value = (name: OptionName): string | null => single(name, options.get(name));
  const list = (name: OptionName): string[] | undefined => words(name, options.get(name));
  if (has('color') && has('no-color')) throw usage('--color and --no-color exclude each other');
  const context = value('context');
  const invocation: Invocation = {
    command,
    files,
    request: toRequest({
      disable: list('disable'),
      enable: list('enable'),
      servers: list('server'),
      setMissing: value('set-missing'),
    }),
    dryRun: has('dry-run'),
    output: value('output'),
    outDir: value('out-dir'),
    commonFolder: [],
    inPlace: has('in-place'),
    backup: !has('no-backup'),
    force: has('force'),
    diff: value('diff'),
    context: context === null ? DEFAULT_CONTEXT : count(context),
    commands: has('commands'),
    report: value('report'),
    filesFrom: value('files-from'),
    timeout: value('timeout'),
    json: has('json'),
    quiet: has('quiet'),
    color: has('color') ? true : has('no-color') ? false : null,
  };
  refuseConflicts(invocation);
  return invocation;
}

/** @returns Whether the patched bytes, and therefore nothing else, go to standard output. */
export function printsBytes({ command, dryRun, output, files }: Invocation): boolean {
  if (command !== 'patch' || dryRun) return false;
  return output === STANDARD_STREAM || (output === null && files[0] === STANDARD_STREAM);
}

function refuseConflicts(invocation: Invocation): void {
  const { command, files, output, outDir, inPlace, diff, report, filesFrom, json } = invocation;
  if ([output !== null, outDir !== null, inPlace].filter(Boolean).length > 1) {
    throw usage('only one of --output, --out-dir and --in-place can be given');
  }
  if (command === 'verify' && files.length !== 2) throw usage('verify needs two files: ORIGINAL and PATCHED');
  if (files.length === 0 && filesFrom === null) {
    throw usage(command === 'ehlo' ? 'no server is named: ehlo HOST[:PORT]' : 'no file is named');
  }
  if (command !== 'ehlo') refuseStandardInput(invocation);
  if (diff === STANDARD_STREAM || report === STANDARD_STREAM) throw usage('--diff and --report need a file');
  if (json && printsBytes(invocation)) throw usage('--json and the patched bytes cannot both be on standard output');
}

function refuseStandardInput({ command, files, filesFrom, outDir, inPlace }: Invocation): void {
  if (!files.includes(STANDARD_STREAM)) return;
  if (command === 'verify') throw usage('verify reads two files, not standard input');
  if (files.length > 1 || filesFrom !== null) throw usage('- (standard input) must be the only input');
  if (inPlace || outDir !== null) throw usage('- (standard input) has no place: use --output');
}

function single(name: string, values: readonly string[] = []): string | null {
  if (values.length > 1) throw usage(`--${name} is given twice`);
  const value = values.at(0) ?? null;
  if (value === '') throw usage(`--${name} needs a value`);
  return value;
}

function words(name: string, values: readonly string[] | undefined): string[] | undefined {
  const each = values?.flatMap((value) => value.split(','));
  if (each?.includes('') === true) throw usage(`--${name} needs a value`);
  return each;
}

function count(value: string): number {
  if (!/^[0-9]{1,9}$/.test(value)) throw usage(`--context takes a number of lines, not "${value}"`);
  return Number(value);
}

function usage(message: string): MetabaseError {
  return new MetabaseError('USAGE', message);
}
