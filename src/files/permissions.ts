import type { BigIntStats, Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { type Diagnostic, warningWithoutPosition } from '../errors.ts';
import { systemCode } from './system-error.ts';

/** The owner, the group and the mode of a file. */
export type Permissions = Pick<Stats, 'uid' | 'gid' | 'mode'>;

const MODE = 0o7777;
const OWNER_ONLY = 0o600;

/** The errors of a system that does not let an owner, a mode or a time be set: the user may not, or the file system cannot. */
const REFUSALS = ['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** @returns The permissions as numbers that `chown` and `chmod` accept. */
export function permissionsOf({ uid, gid, mode }: BigIntStats): Permissions {
  return { uid: Number(uid), gid: Number(gid), mode: Number(mode) };
}

/**
 * @returns The mode in which to create a file that will get these permissions: access for its owner alone, within what they
 * allow.
 */
export function initialMode({ mode }: Permissions): number {
  return mode & OWNER_ONLY;
}

/**
 * Gives a new file the owner, the group and the mode of another, as far as the system lets it.
 * @param model The permissions to give.
 * @param limit If the owner or the group cannot be kept, the file gets no more rights than these allow.
 * @returns What could not be kept, in words; null if everything was.
 * @throws the system's error, unless it means that this cannot be set here
 */
export async function keepPermissions(
  file: FileHandle,
  model: Permissions,
  limit: Permissions | null,
): Promise<string | null> {
  if (!isOwnedAlike(await file.stat(), model)) {
    const isGiven = await ifAllowed(file.chown(model.uid, model.gid));
    // An ordinary user cannot give a file away, but can give it to a group that the user is in.
    if (!isGiven) await ifAllowed(file.chown(-1, model.gid));
  }
  const now = await file.stat();
  const mode = isOwnedAlike(now, model)
    ? model.mode & MODE
    : limitedMode(now, model) & limitedMode(now, limit ?? model);
  if ((now.mode & MODE) !== mode) await ifAllowed(file.chmod(mode));
  return differences(await file.stat(), model);
}

/** @param notKept As `keepPermissions` returns it. @returns The warnings for the user. */
export function permissionWarnings(path: string, notKept: string | null): Diagnostic[] {
  if (notKept === null) return [];
  return [warningWithoutPosition('RIGHTS_NOT_KEPT', `not all rights of ${path} could be kept: ${notKept}`)];
}

/** @returns Whether the change was made. @throws the system's error, unless it means that this cannot be set here */
export async function ifAllowed(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (!REFUSALS.includes(systemCode(error) ?? '')) throw error;
    return false;
  }
}

function isOwnedAlike(a: Permissions, b: Permissions): boolean {
  return a.uid === b.uid && a.gid === b.gid;
}

/**
 * The mode of `model` for a file that another owner or group has now, without setuid and setgid. A former owner or group counts
 * among the others now, and the members of a new group did before; so none of them gets what only one of these classes had.
 */
function limitedMode(now: Permissions, { uid, gid, mode }: Permissions): number {
  const [owner, group, others] = [mode >> 6, mode >> 3, mode].map((bits) => bits & 0o7);
  const common = (now.uid === uid ? 0o7 : owner) & (now.gid === gid ? 0o7 : group & others);
  return (owner << 6) | ((group & common) << 3) | (others & common);
}

function differences(now: Permissions, model: Permissions): string | null {
  const modeOf = ({ mode }: Permissions): string => (mode & MODE).toString(8).padStart(3, '0');
  const all = [
    ['owner', String(now.uid), String(model.uid)],
    ['group', String(now.gid), String(model.gid)],
    ['mode', modeOf(now), modeOf(model)],
  ];
  const different = all.filter(([, has, had]) => has !== had);
  if (different.length === 0) return null;
  return different.map(([name, has, had]) => `its ${name} is ${has}, not ${had}`).join('; ');
}
