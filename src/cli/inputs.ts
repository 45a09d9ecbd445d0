import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { usageError } from '../errors.ts';
import { IS_WINDOWS, statsOf } from '../files/file-identity.ts';
import { type InputFile, memoryInput, openInput } from '../files/input-file.ts';
import { toMetabaseError } from '../files/system-error.ts';
import { type Invocation, STANDARD_STREAM } from './invocation.ts';

/** @returns The names of all inputs: those on the command line, then those of `--files-from`. @throws MetabaseError USAGE */
export async function namesOfInputs(invocation: Invocation): Promise<string[]> {
  const { command, files, filesFrom, output, outDir, inPlace, dryRun } = invocation;
  const named = IS_WINDOWS ? expandWildcards(files) : files;
  const names = [...named, ...(filesFrom === null ? [] : await readList(filesFrom))];
  if (names.length === 0) throw usageError(`no file is named, and the list ${filesFrom ?? ''} names none either`);
  if (output !== null && names.length > 1) throw usageError('--output takes one input; --out-dir takes several');
  const needsFile = command === 'patch' && output === null && (!dryRun || inPlace || outDir !== null);
  const stream = needsFile ? names.find(isStream) : undefined;
  if (stream === undefined) return names;
  throw usageError(`${stream} is a pipe or a device: it needs --output, which says where to write, or --dry-run`);
}

/** @throws MetabaseError FILE_UNREADABLE */
export async function openNamed(name: string): Promise<InputFile> {
  if (name !== STANDARD_STREAM) return openInput(name);
  try {
    return memoryInput(name, await readStandardInput());
  } catch (error) {
    throw toMetabaseError(error, 'FILE_UNREADABLE', 'standard input cannot be read');
  }
}

/** A path by which a process reaches its open files. It may lead to a file, but nothing is to be written beside it. */
const DESCRIPTOR = /^\/(dev\/(stdin$|fd\/)|proc\/)/;

/** @returns Whether the name leads to neither a file nor a folder, so that no output can be put beside it. */
export function isStream(name: string): boolean {
  if (name === STANDARD_STREAM) return false;
  const stats = statsOf(name);
  return stats !== undefined && ((!stats.isFile() && !stats.isDirectory()) || DESCRIPTOR.test(resolve(name)));
}

/**
 * Neither cmd nor PowerShell expands `*.xml`: a Windows program does that itself, in the last part of the path. No file name
 * on Windows can contain `*` or `?`.
 * @returns The names in order; a pattern without a match stays, so that it is reported as a missing file.
 */
export function expandWildcards(names: readonly string[]): string[] {
  return names.flatMap((name) => (/[*?]/.test(name) ? matches(name) : [name]));
}

function matches(pattern: string): string[] {
  const [, parent = '', last = ''] = /^(.*[\\/])?([^\\/]*)$/s.exec(pattern) ?? [];
  const expression = last
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const isMatch = new RegExp(`^${expression}$`, 'is');
  try {
    const found = readdirSync(dirname(`${parent}x`), { withFileTypes: true })
      .filter((entry) => entry.isFile() && isMatch.test(entry.name))
      .map(({ name }) => (parent === '' ? name : join(parent, name)));
    return found.length === 0 ? [pattern] : found.sort();
  } catch {
    return [pattern];
  }
}

/** @throws MetabaseError USAGE, because a list is a part of the command line */
async function readList(path: string): Promise<string[]> {
  let bytes: Buffer;
  try {
    bytes = path === STANDARD_STREAM ? await readStandardInput() : readFileSync(path);
  } catch (error) {
    throw usageError(toMetabaseError(error, 'FILE_UNREADABLE', `the list ${path} cannot be read`).message);
  }
  try {
    return splitNames(decode(bytes));
  } catch {
    throw usageError(`the list ${path} is neither UTF-8 nor UTF-16 with a byte order mark`);
  }
}

/**
 * @returns The text without its byte order mark.
 * @throws an error for bytes that are not text in the encoding that the mark names
 */
function decode(bytes: Buffer): string {
  const mark = bytes.toString('hex', 0, 2);
  const encoding = mark === 'feff' || mark === 'fffe' ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(mark === 'feff' ? bytes.swap16() : bytes);
}

/** Names end at NULs if there is one, else at line ends. `-` means a file here, not standard input. */
function splitNames(text: string): string[] {
  const names = text.includes('\0') ? text.split('\0') : text.split(/\r?\n/);
  return names.filter((name) => name !== '').map((name) => (name === STANDARD_STREAM ? `./${name}` : name));
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
