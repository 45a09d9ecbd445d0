import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { systemCode } from './system-error.ts';

const MODE = 0o7777;
/** Setuid and setgid, which count for the owner that they were given with. */
const SET_IDS = 0o6000;

/**
 * Gives a new file the rights, and where that is allowed the owner, of another.
 * @param model That of the file it replaces, or else of the input; null for an input that is no file.
 */
export async function takeRights(file: FileHandle, model: BigIntStats | null): Promise<void> {
  if (model === null) return;
  const [uid, gid, mode] = [model.uid, model.gid, model.mode].map(Number);
  const own = await file.stat();
  let keeps = MODE;
  if (own.uid !== uid || own.gid !== gid) {
    await file.chown(uid, gid).catch(async (error: unknown) => {
      if (systemCode(error) !== 'EPERM') throw error;
      keeps &= ~SET_IDS;
      await file.chown(-1, gid).catch(() => undefined);
    });
  }
  await file.chmod(mode & keeps);
}
