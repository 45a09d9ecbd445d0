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

/** A verb, or bits without a name, that a change turns on or off. */
export interface Switch {
  readonly name: string;
  readonly state: 'on' | 'off';
}

/** @returns What the change of a value turns on and off. */
export function switches(before: number, after: number): Switch[] {
  const verbs = verbsIn(before ^ after).map((verb) => ({ name: verb, state: onOrOff((after & VERBS[verb]) !== 0) }));
  const bits = (mask: number, state: Switch['state']): Switch[] =>
    mask === 0 ? [] : [{ name: `bits ${toHex(mask)}`, state }];
  return [...verbs, ...bits(unnamedBits(before & ~after), 'off'), ...bits(unnamedBits(after & ~before), 'on')];
}

/** @returns The same as text: `8bitmime off`, `CHUNKING on, bits 0x1 off`. */
export function verbChanges(before: number, after: number): string {
  return switches(before, after)
    .map(({ name, state }) => `${name} ${state}`)
    .join(', ');
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
