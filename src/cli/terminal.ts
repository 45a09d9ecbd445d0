import type { Readable, Writable } from 'node:stream';
import type { Diagnostic, Refusal } from '../errors.ts';
import type { OnProgress } from '../patch/plan.ts';
import { escapeControls, escapeControlsInDiff } from '../report/escape-controls.ts';
import { formatDiagnostic } from '../report/format.ts';
import { type Environment, isColored, type Paint, paintDiff, painter } from './colors.ts';
import type { OptionValues } from './options.ts';
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
    private readonly options: Pick<OptionValues, 'color' | 'noColor' | 'quiet'>,
  ) {
    this.out = new OutputStream(stdout, true);
    this.#err = new OutputStream(stderr, false);
    this.#paintOut = painter(isColored(options, env, this.out.isTerminal));
    this.#paintErr = painter(isColored(options, env, this.#err.isTerminal));
  }

  /** Prints the result of the command as text. No name or value in a line can end that line. */
  async lines(lines: readonly string[]): Promise<void> {
    if (!this.options.quiet) await this.out.write(lines.map((line) => `${escapeControls(line)}\n`).join(''));
  }

  /** Prints a diff: byte for byte into a file or a pipe, but on a terminal its control characters are made visible. */
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

  /** Prints the error and, below it, the excerpt with a caret. */
  async error(file: string, error: Refusal): Promise<void> {
    const { excerpt } = error;
    const lines = [this.#paintErr('red', escapeControls(formatDiagnostic(file, error)))];
    if (excerpt !== null) lines.push(excerpt.text, `${' '.repeat(excerpt.caret)}^`);
    await this.#err.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Prints a message that concerns the run as a whole. */
  async failure(message: string): Promise<void> {
    await this.#err.write(`${this.#paintErr('red', escapeControls(`iis-metabase-patch: ${message}`))}\n`);
  }

  /** Shows, on a terminal, that a server is waited for. @returns What ends it. */
  waiting(name: string): { done(): Promise<void> } {
    return waitingLine(this.#writeProgress, escapeControls(name));
  }

  /** @returns Callbacks that show the progress of long work on a terminal, and nothing elsewhere. */
  progress(file: string): { readonly onProgress: OnProgress | undefined; done(): Promise<void> } {
    return progressLine(this.#writeProgress, escapeControls(file));
  }

  /** Null if nobody is watching. */
  get #writeProgress(): ((text: string) => Promise<void>) | null {
    return this.#err.isTerminal && !this.options.quiet ? (text) => this.#err.write(text) : null;
  }
}
