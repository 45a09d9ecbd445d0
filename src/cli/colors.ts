import { styleText } from 'node:util';
import type { OptionValues } from './options.ts';

export type Style = 'bold' | 'red' | 'green' | 'cyan' | 'yellow' | 'dim';
export type Paint = (style: Style, text: string) => string;

export type Environment = Readonly<Partial<Record<string, string>>>;

/** @returns Whether to colour: the option first, then NO_COLOR and FORCE_COLOR (no-color.org), then the terminal. */
export function isColored(
  options: Pick<OptionValues, 'color' | 'noColor'>,
  env: Environment,
  isTerminal: boolean,
): boolean {
  if (options.color || options.noColor) return options.color;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** @returns A function that colours a text, or leaves it as it is. */
export function painter(isOn: boolean): Paint {
  return (style, text) => (isOn ? styleText(style, text, { validateStream: false }) : text);
}

/** @returns The lines of a unified diff, coloured as git does. */
export function paintDiff(diff: string, paint: Paint): string {
  return diff.replace(/^(---|\+\+\+|@@|[-+]).*$/gm, (line, start: string) => {
    const style = start === '@@' ? 'cyan' : start === '-' ? 'red' : start === '+' ? 'green' : 'bold';
    return paint(style, line);
  });
}
