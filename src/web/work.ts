import type { PatchedFile, Verified, WorkMessage, WorkRequest } from './messages.ts';

/** The worker's script, put in by the build. */
declare const WORKER_SCRIPT: string;

const script = URL.createObjectURL(new Blob([WORKER_SCRIPT], { type: 'text/javascript' }));

/** What is called while requests are worked on. */
export interface Listener {
  /** @param part How much of all requests is done, 0 to 1. */
  readonly onProgress: (part: number) => void;
  /** Gets the results in the order of the requests. */
  readonly onResult: (result: PatchedFile | Verified) => void;
}

/**
 * Has requests worked on, one after the other, beside the page.
 * @returns What stops the work; nothing is called any more then.
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

/** Starts a worker and ends it again. @param onFailure Is called where the browser cannot run it. */
export function tryWorker(onFailure: () => void): void {
  const worker = new Worker(script);
  worker.addEventListener('error', onFailure);
  worker.addEventListener('message', () => {
    worker.terminate();
  });
}
