import type { Readable, Writable } from 'node:stream';
import type { Diagnostic, Refusal } from '../errors.ts';
import type { OnProgress } from '../patch/plan.ts';
import { escapeControls, escapeControlsInDiff } from '../report/escape-controls.ts';
import { formatDiagnostic } from '../report/format.ts';
import { type Environment, isColored, type Paint, paintDiff, painter } from './colors.ts';
import { OutputStream } from './output-stream.ts';
import { progressLine, waitingLine } from './progress.ts';

/** What the command sees of the process: its streams and its environment. */
export interface ProcessStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Environment;
}

/** The two streams that a user reads, with the words and colours for them. */
export class Terminal {
  readonly out: OutputStream;
  readonly #err: OutputStream;
  readonly #paintOut: Paint;
  readonly #paintErr: Paint;

  constructor(
    { stdout, stderr, env }: ProcessStreams,
    private readonly options: { readonly color: boolean | null; readonly quiet: boolean },
  ) {
    this.out = new OutputStream(stdout, true);
    this.#err = new OutputStream(stderr, false);
    this.#paintOut = painter(isColored(options.color, env, this.out.isTerminal));
    this.#paintErr = painter(isColored(options.color, env, this.#err.isTerminal));
  }

  /** The result of the command in words. No name or value in a line can end it. */
  async lines(lines: readonly string[]): Promise<void> {
    if (!this.options.quiet) await this.out.write(lines.map((line) => `${escapeControls(line)}\n`).join(''));
  }

  /** A diff: byte for byte into a file or a pipe; a terminal is shown control characters instead of being sent them. */
  async diff(diff: string): Promise<void> {
    if (this.options.quiet) return;
    await this.out.write(paintDiff(this.out.isTerminal ? escapeControlsInDiff(diff) : diff, this.#paintOut));
  }

  async summary(line: string): Promise<void> {
    if (!this.options.quiet) await this.#err.write(`${escapeControls(line)}\n`);
  }

  async warning(file: string, warning: Diagnostic): Promise<void> {
    await this.#err.write(
      `${this.#paintErr('yellow', escapeControls(formatDiagnostic(file, warning, 'warning: ')))}\n`,
    );
  }

  /** The error, and under it the line it stands in with a caret. */
  async error(file: string, error: Refusal): Promise<void> {
    const { excerpt } = error;
    const lines = [this.#paintErr('red', escapeControls(formatDiagnostic(file, error)))];
    if (excerpt !== null) lines.push(excerpt.text, `${' '.repeat(excerpt.caret)}^`);
    await this.#err.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** A message that concerns the run as a whole. */
  async failure(message: string): Promise<void> {
    await this.#err.write(`${this.#paintErr('red', escapeControls(`iis-metabase-patch: ${message}`))}\n`);
  }

  /** @returns What shows, on a terminal, that a server is waited for. */
  waiting(name: string): { done(): Promise<void> } {
    return waitingLine(this.#writeProgress, escapeControls(name));
  }

  /** @returns What shows how far long work is, on a terminal; nothing where nobody looks. */
  progress(file: string): { readonly onProgress: OnProgress | undefined; done(): Promise<void> } {
    return progressLine(this.#writeProgress, escapeControls(file));
  }

  /** Null where nobody looks. */
  get #writeProgress(): ((text: string) => Promise<void>) | null {
    return this.#err.isTerminal && !this.options.quiet ? (text) => this.#err.write(text) : null;
  }
}
