import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { MetabaseError } from '../errors.ts';
import { IS_WINDOWS } from '../files/file-identity.ts';
import { type InputFile, memoryInput, openInput } from '../files/input-file.ts';
import { toMetabaseError } from '../files/system-error.ts';
import { type Invocation, STANDARD_STREAM } from './invocation.ts';
import { expandWildcards } from './wildcards.ts';

/** @returns The inputs' names: those on the command line, then those of `--files-from`. @throws MetabaseError USAGE, FILE_UNREADABLE */
export async function inputNames({ files, filesFrom, output }: Invocation, stdin: Readable): Promise<string[]> {
  const named = IS_WINDOWS ? expandWildcards(files) : files;
  const names = filesFrom === null ? [...named] : [...named, ...(await readNames(filesFrom, stdin))];
  if (names.length === 0) throw new MetabaseError('USAGE', `no file is named, not in ${filesFrom ?? ''} either`);
  if (output !== null && names.length > 1) {
    throw new MetabaseError('USAGE', '--output takes one input; --out-dir takes several');
  }
  return names;
}

/** @throws MetabaseError FILE_UNREADABLE */
export async function openNamed(name: string, stdin: Readable): Promise<InputFile> {
  return name === STANDARD_STREAM ? memoryInput(name, await collect(stdin)) : openInput(name);
}

/** @returns The names in the list; a list that cannot be read stands for itself, and is told as an input is that cannot be read. */
async function readNames(path: string, stdin: Readable): Promise<string[]> {
  if (path === STANDARD_STREAM) return splitNames(await collect(stdin));
  try {
    return splitNames(readFileSync(path));
  } catch {
    return [path];
  }
}

/** Names end at NULs where there is one, else at line ends; what looks like standard input is a file here. */
function splitNames(bytes: Buffer): string[] {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const names = text.includes('\0') ? text.split('\0') : text.split(/\r?\n/);
  return names.filter((name) => name !== '').map((name) => (name === STANDARD_STREAM ? `./${name}` : name));
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  } catch (error) {
    throw toMetabaseError(error, 'FILE_UNREADABLE', 'standard input cannot be read');
  }
  return Buffer.concat(chunks);
}
