import type { PatchedFile, Verified, WorkMessage, WorkRequest } from './messages.ts';

/** The worker's script, inserted by the build. */
declare const WORKER_SCRIPT: string;

const script = URL.createObjectURL(new Blob([WORKER_SCRIPT], { type: 'text/javascript' }));

/** What is called while the worker is busy with requests. */
export interface Listener {
  /** @param part How much of all requests is done, 0 to 1. */
  readonly onProgress: (part: number) => void;
  /** Gets the results in the order of the requests. */
  readonly onResult: (result: PatchedFile | Verified) => void;
}

/**
 * Lets a worker process requests, one after the other, in the background.
 * @returns A function that stops the work; nothing is called after that.
 */
export function work(requests: readonly WorkRequest[], { onProgress, onResult }: Listener): () => void {
  const worker = new Worker(script);
  let done = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<WorkMessage>) => {
    if (data.kind === 'ready') return;
    if (data.kind === 'progress') {
      onProgress((done + data.part) / requests.length);
      return;
    }
    done++;
    onResult(data);
    if (done === requests.length) worker.terminate();
  });
  for (const request of requests) worker.postMessage(request);
  return () => {
    worker.terminate();
  };
}

/** Starts a worker and ends it again. @param onFailure Called if the browser cannot run it. */
export function tryWorker(onFailure: () => void): void {
  const worker = new Worker(script);
  worker.addEventListener('error', onFailure);
  worker.addEventListener('message', () => {
    worker.terminate();
  });
}
