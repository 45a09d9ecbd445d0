import { IS_WINDOWS } from '../files/file-identity.ts';
import { removeTemporaries } from '../files/temporary-files.ts';

/** The signals that end a process, sent by a user, or by a system that limits how long it may run. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/** The status of a process that Windows ends for Ctrl+C (STATUS_CONTROL_C_EXIT). */
const CONTROL_C_EXIT = 0xc000013a;

/**
 * Does work that writes files; if a signal ends the process meanwhile, the temporary files are removed first. At other
 * times signals are left to the system, which ends the process even while it waits for a slow pipe.
 */
export async function cleaningUpOnSignals<Result>(work: () => Promise<Result>): Promise<Result> {
  const onSignal = (signal: NodeJS.Signals): void => {
    void removeTemporaries().then(() => {
      stopListening();
      // Windows has no such signals to send.
      if (IS_WINDOWS) process.exit(CONTROL_C_EXIT);
      process.kill(process.pid, signal);
    });
  };
  const stopListening = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    stopListening();
  }
}
