import type { OnProgress } from '../patch/plan.ts';

/** Shorter work is not worth a line. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 100;

/** Back to the beginning of the line, and clear it. */
const RESTART = '\r\u001b[K';

/**
 * @param write Null if nobody is watching.
 * @returns Callbacks that show, after the first second, how much of a file has been read, in one line that is rewritten.
 */
export function progressLine(
  write: ((text: string) => Promise<void>) | null,
  file: string,
): { readonly onProgress: OnProgress | undefined; done(): Promise<void> } {
  if (write === null) return { onProgress: undefined, done: () => Promise.resolve() };
  let next = performance.now() + PATIENCE_MS;
  let isShown = false;
  return {
    onProgress(offset, length) {
      if (performance.now() < next) return;
      next = performance.now() + INTERVAL_MS;
      isShown = true;
      void write(`${RESTART}${file}: read ${Math.floor((100 * offset) / length)} %`);
    },
    async done() {
      if (isShown) await write(RESTART);
    },
  };
}

/**
 * Shows, after the first second, how long a server has been waited for.
 * @param write Null if nobody is watching.
 * @returns What ends it.
 */
export function waitingLine(write: ((text: string) => Promise<void>) | null, name: string): { done(): Promise<void> } {
  if (write === null) return { done: () => Promise.resolve() };
  let seconds = 0;
  const timer = setInterval(() => {
    seconds++;
    void write(`${RESTART}${name}: waiting for ${seconds} s`);
  }, 1000);
  return {
    async done() {
      clearInterval(timer);
      if (seconds > 0) await write(RESTART);
    },
  };
}
