import { styleText } from 'node:util';
import type { Diagnostic, Refusal } from '../errors.ts';
import { escapeControls, escapeControlsInDiff } from '../report/escape-controls.ts';
import { formatDiagnostic } from '../report/format.ts';
import type { OptionValues } from './options.ts';
import { OutputStream } from './output-stream.ts';

type Style = 'bold' | 'red' | 'green' | 'cyan' | 'yellow';

/** Back to the beginning of the line, and clear it. */
const RESTART = '\r\u001b[K';

/** The two streams that a user reads, with the words and colours for them. */
export class Terminal {
  readonly out = new OutputStream(process.stdout, true);
  readonly #err = new OutputStream(process.stderr, false);
  #hasParagraph = false;

  constructor(private readonly options: Pick<OptionValues, 'color' | 'noColor' | 'quiet'>) {}

  /** Prints the result of the command as text. No name or value in a line can end that line. */
  async lines(lines: readonly string[]): Promise<void> {
    if (!this.options.quiet) await this.out.write(lines.map((line) => `${escapeControls(line)}\n`).join(''));
  }

  /** Prints one of several results, after an empty line if it is not the first. */
  async paragraph(lines: readonly string[]): Promise<void> {
    await this.lines(this.#hasParagraph ? ['', ...lines] : lines);
    this.#hasParagraph = true;
  }

  /** Prints a diff: byte for byte into a file or a pipe, but on a terminal its control characters are made visible. */
  async diff(diff: string): Promise<void> {
    if (this.options.quiet) return;
    const shown = this.out.isTerminal ? escapeControlsInDiff(diff) : diff;
    await this.out.write(this.#isColored(this.out) ? coloredDiff(shown) : shown);
  }

  async summary(line: string): Promise<void> {
    if (!this.options.quiet) await this.#err.write(`${escapeControls(line)}\n`);
  }

  async warning(file: string, warning: Diagnostic): Promise<void> {
    await this.#message('yellow', formatDiagnostic(file, warning, 'warning: '));
  }

  /** Prints the error and, below it, the excerpt with a caret. */
  async error(file: string, error: Refusal): Promise<void> {
    const { excerpt } = error;
    await this.#message('red', formatDiagnostic(file, error));
    if (excerpt !== null) await this.#err.write(`${excerpt.text}\n${' '.repeat(excerpt.caret)}^\n`);
  }

  /** Prints a message that concerns the run as a whole. */
  async failure(message: string): Promise<void> {
    await this.#message('red', `iis-metabase-patch: ${message}`);
  }

  /**
   * Shows, on a terminal, what is being waited for: after each second, in one line that is rewritten.
   * @param status The line after that many seconds.
   * @returns What the work does.
   */
  async showingStatus<Result>(work: Promise<Result>, status: (seconds: number) => string): Promise<Result> {
    if (!this.#err.isTerminal || this.options.quiet) return work;
    let seconds = 0;
    const timer = setInterval(() => {
      seconds++;
      void this.#err.write(`${RESTART}${escapeControls(status(seconds))}`);
    }, 1000);
    try {
      return await work;
    } finally {
      clearInterval(timer);
      if (seconds > 0) await this.#err.write(RESTART);
    }
  }

  async #message(style: Style, text: string): Promise<void> {
    const line = escapeControls(text);
    await this.#err.write(`${this.#isColored(this.#err) ? styled(style, line) : line}\n`);
  }

  /** The option counts first, then NO_COLOR and FORCE_COLOR (no-color.org), then whether it is a terminal. */
  #isColored({ isTerminal }: OutputStream): boolean {
    const { color, noColor } = this.options;
    const { NO_COLOR = '', FORCE_COLOR: force, TERM } = process.env;
    if (color || noColor) return color;
    if (NO_COLOR !== '') return false;
    if (force !== undefined) return force !== '0' && force !== 'false';
    return isTerminal && TERM !== 'dumb';
  }
}

/** @returns The lines of a unified diff, coloured as git does. */
function coloredDiff(diff: string): string {
  return diff.replace(/^(---|\+\+\+|@@|[-+]).*$/gm, (line, start: string) => {
    return styled(start === '@@' ? 'cyan' : start === '-' ? 'red' : start === '+' ? 'green' : 'bold', line);
  });
}

function styled(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
