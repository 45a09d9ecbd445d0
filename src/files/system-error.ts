import { getSystemErrorMap } from 'node:util';
import { type Code, MetabaseError } from '../errors.ts';

/** What the system says in short, in words for those who do not program. */
const WORDS: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied, or the file is in use',
  EBUSY: 'the file is in use',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed here',
  EROFS: 'the disk is read-only',
};

/** @returns The name of the system's error, such as ENOENT; undefined where it is none. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * @param what The sentence's beginning: what could not be done.
 * @returns The error for users: what is one already stays. What the system did not say is a mistake of this program.
 */
export function toMetabaseError(error: unknown, code: Code, what: string): MetabaseError {
  if (isMetabaseError(error)) return error;
  const name = systemCode(error) ?? '';
  const [, description] = [...getSystemErrorMap().values()].find(([each]) => each === name) ?? [];
  if (description === undefined) {
    return new MetabaseError(code, `${what}; this should not happen, please report it: ${String(error)}`);
  }
  return new MetabaseError(code, `${what}: ${WORDS[name] ?? description}`);
}

/** By its name, for a bundle may hold the class twice. */
function isMetabaseError(error: unknown): error is MetabaseError {
  return error instanceof Error && error.name === 'MetabaseError';
}
