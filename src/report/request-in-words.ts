import { toLocation } from '../locator/selection.ts';
import type { Request } from '../patch/request.ts';
import { toHex, unnamedBits, verbsIn } from '../verbs.ts';

/** @returns `turn off 8bitmime, turn on DSN`; or with other words for the two. */
export function requestInWords({ disable, enable }: Request, off = 'turn off', on = 'turn on'): string {
  const parts = [
    disable === 0 ? [] : `${off} ${maskInWords(disable)}`,
    enable === 0 ? [] : `${on} ${maskInWords(enable)}`,
  ];
  return parts.flat().join(', ');
}

/** @returns `the SMTP service and every virtual server`, or the Locations asked for. */
export function serversInRequest({ servers }: Request): string {
  if (servers === null) return 'the SMTP service and every virtual server';
  return listInWords(servers.map(toLocation));
}

/** @returns The verbs of a mask, and its other bits. */
function maskInWords(mask: number): string {
  const unnamed = unnamedBits(mask);
  return listInWords([...verbsIn(mask), ...(unnamed === 0 ? [] : [`the unnamed bits ${toHex(unnamed)}`])]);
}

/** @returns `a, b and c`. */
export function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.slice(-1).join('')}`;
}

/** @returns The text with a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
