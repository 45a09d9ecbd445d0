import { getSystemErrorMap } from 'node:util';
import { type Code, internalError, MetabaseError } from '../errors.ts';

/** What the system's errors mean, for people who are not programmers. */
const EXPLANATIONS: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied, or the file is in use or read-only',
  EBUSY: 'the file is in use',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  // Of a folder that is to be made; whether the output exists is checked before.
  EEXIST: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EFBIG: 'the file would be larger than is allowed here',
  EROFS: 'the disk is read-only',
  ERR_INVALID_ARG_VALUE: 'a path cannot contain a NUL character',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be collected in memory',
};

/** @returns The name of the system's error, such as ENOENT; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Turns whatever was thrown into an error for users, with the original as its cause. A MetabaseError passes through.
 * @param code The code of an error that comes from the system; any other is a fault of this program, an INTERNAL_ERROR.
 * @param what What could not be done, as the beginning of a sentence.
 */
export function toMetabaseError(error: unknown, code: Code, what: string): MetabaseError {
  if (error instanceof MetabaseError) return error;
  const explanation = explain(systemCode(error) ?? '');
  if (explanation === undefined) return internalError(error);
  return new MetabaseError(code, `${what}: ${explanation}`, null, null, { cause: error });
}

/** The code of an error that Node has no name for. */
const UNNAMED = /^Unknown system error -([0-9]+)$/;

function explain(name: string): string | undefined {
  const errno = UNNAMED.exec(name)?.[1];
  if (errno !== undefined) {
    const { EDQUOT } = process.getBuiltinModule('node:os').constants.errno;
    return Number(errno) === EDQUOT ? 'the disk quota is used up' : `the system reports error ${errno}`;
  }
  const [, description] = [...getSystemErrorMap().values()].find(([each]) => each === name) ?? [];
  return EXPLANATIONS[name] ?? description;
}
