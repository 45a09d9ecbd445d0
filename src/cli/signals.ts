import { removeTemporaries } from '../files/temporary-files.ts';

/** The signals that end a process, sent by a user, or by a system that limits how long it may run. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/**
 * Does work that writes files; if a signal ends the process meanwhile, the temporary files are removed first. At other
 * times signals are left to the system, which ends the process even while it waits for a slow pipe.
 */
export async function cleaningUpOnSignals<Result>(work: () => Promise<Result>): Promise<Result> {
  const onSignal = (signal: NodeJS.Signals): void => {
    void removeTemporaries().then(() => {
      stopListening();
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
