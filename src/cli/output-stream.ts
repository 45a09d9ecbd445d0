import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { systemCode, toMetabaseError } from '../files/system-error.ts';

const NARROWEST = 20;
const USUAL_WIDTH = 80;

/** Standard output or standard error; a failed write is thrown. */
export class OutputStream {
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Whether a write has failed, for instance because the reader of a pipe has closed it. */
  #isClosed = false;

  /** @param isNeeded Whether the run fails if this cannot be written to: true for the result, false for messages. */
  constructor(
    private readonly stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
    private readonly isNeeded: boolean,
  ) {
    this.isTerminal = stream.isTTY === true;
    const { columns = 0 } = stream;
    // A terminal that does not know its width reports 0.
    this.columns = columns < NARROWEST ? USUAL_WIDTH : columns;
    // `write` throws the failure; without a listener it would also end the process.
    stream.on('error', () => undefined);
  }

  /** @throws MetabaseError WRITE_FAILED, but not if the reader of a pipe has closed it */
  async write(chunk: string | Uint8Array): Promise<void> {
    if (this.#isClosed || chunk.length === 0) return;
    try {
      await promisify((done: (error?: Error | null) => void) => this.stream.write(chunk, done))();
    } catch (error) {
      this.#isClosed = true;
      if (this.isNeeded && !['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'].includes(systemCode(error) ?? '')) {
        throw toMetabaseError(error, 'WRITE_FAILED', 'cannot write to standard output');
      }
    }
  }
}
