import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** The signals that end a process, and that a user or a system sends to one that works too long. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

const live = new Set<string>();

/** @returns A new name in the folder; what stands under it is removed when a signal ends the process. */
export function temporaryName(folder: string): string {
  const unique = Math.random().toString(36).slice(2);
  const path = join(folder, `.iis-metabase-patch-${process.pid}-${unique}.tmp`);
  if (live.size === 0) for (const signal of SIGNALS) process.on(signal, onSignal);
  live.add(path);
  return path;
}

/** Removes the file, if it is still there, and its name from the list. */
export function removeTemporary(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder was made read-only meanwhile: nothing can be done, and another error says so.
  }
  live.delete(path);
  if (live.size === 0) for (const signal of SIGNALS) process.off(signal, onSignal);
}

function onSignal(signal: NodeJS.Signals): void {
  for (const path of live) removeTemporary(path);
  // Where nobody else listens, the signal does what it would have done without us.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
