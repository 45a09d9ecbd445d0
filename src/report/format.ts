import type { Diagnostic } from '../errors.ts';
import { toHex, unnamedBits, VERBS, verbsIn } from '../verbs.ts';

/** @returns `1 value`, `2 values`. */
export function pluralize(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** @returns `7697601 (0x7574C1)`. */
export function formatValue(value: number): string {
  return `${value} (${toHex(value)})`;
}

/** @returns The word for the state of a verb. */
export function onOrOff(isOn: boolean): 'on' | 'off' {
  return isOn ? 'on' : 'off';
}

/** @returns What the change of a value means: `8bitmime off`, `CHUNKING on, bits 0x1 off`. */
export function verbChanges(before: number, after: number): string {
  const states = verbsIn(before ^ after).map((verb) => `${verb} ${onOrOff((after & VERBS[verb]) !== 0)}`);
  const cleared = unnamedBits(before & ~after);
  const set = unnamedBits(after & ~before);
  if (cleared !== 0) states.push(`bits ${toHex(cleared)} off`);
  if (set !== 0) states.push(`bits ${toHex(set)} on`);
  return states.join(', ');
}

/** @returns Place and message in the form that compilers use: `FILE:LINE:COLUMN: text [CODE]`. */
export function formatDiagnostic(
  file: string,
  { line, column, message, code }: Omit<Diagnostic, 'offset'>,
  kind: '' | 'warning: ' = '',
): string {
  const place = line === null || column === null ? '' : `:${line}:${column}`;
  return `${file}${place}: ${kind}${message} [${code}]`;
}
