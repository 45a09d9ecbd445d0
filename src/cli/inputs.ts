import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { MetabaseError } from '../errors.ts';
import { IS_WINDOWS, statsOf } from '../files/file-identity.ts';
import { type InputFile, memoryInput, openInput } from '../files/input-file.ts';
import { toMetabaseError } from '../files/system-error.ts';
import { commonFolder } from './common-folder.ts';
import { type Invocation, STANDARD_STREAM } from './invocation.ts';
import { expandWildcards } from './wildcards.ts';

/** @returns The invocation with all its inputs: those on the command line, then those of `--files-from`. @throws MetabaseError USAGE */
export async function resolveInputs(invocation: Invocation, stdin: Readable): Promise<Invocation> {
  const { command, files, filesFrom, output, outDir, dryRun } = invocation;
  const named = IS_WINDOWS ? expandWildcards(files) : files;
  const names = filesFrom === null ? [...named] : [...named, ...(await readList(filesFrom, stdin))];
  if (names.length === 0) throw usage(`no file is named, and the list ${filesFrom ?? ''} names none either`);
  if (output !== null && names.length > 1) throw usage('--output takes one input; --out-dir takes several');
  const stream = command === 'patch' && output === null && !dryRun ? names.find(isStream) : undefined;
  if (stream !== undefined) {
    throw usage(`${stream} is a pipe or a device: it needs --output, which says where to write, or --dry-run`);
  }
  return { ...invocation, files: names, commonFolder: outDir === null ? [] : commonFolder(names) };
}

/** @throws MetabaseError FILE_UNREADABLE */
export async function openNamed(name: string, stdin: Readable): Promise<InputFile> {
  if (name !== STANDARD_STREAM) return openInput(name);
  try {
    return memoryInput(name, await collect(stdin));
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

/** @throws MetabaseError USAGE, because a list is a part of the command line */
async function readList(path: string, stdin: Readable): Promise<string[]> {
  let bytes: Buffer;
  try {
    bytes = path === STANDARD_STREAM ? await collect(stdin) : readFileSync(path);
  } catch (error) {
    const { message } = toMetabaseError(error, 'FILE_UNREADABLE', `the list ${path} cannot be read`);
    throw usage(message);
  }
  const text = decode(bytes);
  if (text === null) throw usage(`the list ${path} is neither UTF-8 nor UTF-16 with a byte order mark`);
  return splitNames(text);
}

/** @returns The text without its byte order mark; null for bytes that are not text in the encoding that the mark names. */
function decode(bytes: Buffer): string | null {
  const mark = bytes.toString('hex', 0, 2);
  const encoding = mark === 'feff' || mark === 'fffe' ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(mark === 'feff' ? bytes.swap16() : bytes);
  } catch {
    return null;
  }
}

/** Names end at NULs if there is one, else at line ends. `-` means a file here, not standard input. */
function splitNames(text: string): string[] {
  const names = text.includes('\0') ? text.split('\0') : text.split(/\r?\n/);
  return names.filter((name) => name !== '').map((name) => (name === STANDARD_STREAM ? `./${name}` : name));
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function usage(message: string): MetabaseError {
  return new MetabaseError('USAGE', message);
}
