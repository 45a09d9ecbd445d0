import { encodeUtf8 } from '../source/utf8.ts';
import type { Hunk } from './hunks.ts';

/**
 * @param name The path of the file as the user gave it.
 * @returns The hunks as git and patch read them; empty if there are none.
 */
export function unifiedDiff(name: string, hunks: readonly Hunk[]): string {
  if (hunks.length === 0) return '';
  const path = diffPath(name);
  const lines = hunks.flatMap((hunk) => [header(hunk), ...hunk.lines.map(withLineEnd)]);
  return `--- ${label('a', path)}\n+++ ${label('b', path)}\n${lines.join('')}`;
}

function header({ oldStart, oldCount, newStart, newCount }: Hunk): string {
  const range = (start: number, count: number): string =>
    count === 1 ? String(start) : `${String(start)},${String(count)}`;
  return `@@ -${range(oldStart, oldCount)} +${range(newStart, newCount)} @@\n`;
}

function withLineEnd(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}

/** @returns The path as a diff has it: on Windows without its drive, and with slashes. */
export function diffName(path: string, isWindows: boolean): string {
  return isWindows ? path.replace(/^[a-z]:/i, '').replaceAll('\\', '/') : path;
}

/** The path without `.` parts and without a leading slash; only its last part if it contains `..`. */
function diffPath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return (parts.includes('..') ? parts.slice(-1) : parts).join('/');
}

/** Git ends a name that contains a space with a tab, so that patch sees where it ends. */
function label(side: 'a' | 'b', path: string): string {
  return quoted(`${side}/${path}`) + (path.includes(' ') ? '\t' : '');
}

const ESCAPES = new Map(
  Object.entries({ 7: 'a', 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r', 34: '"', 92: '\\' }).map(
    ([byte, escape]) => [Number(byte), `\\${escape}`],
  ),
);

/** As git writes a name (core.quotePath): in quotes, with escapes, if a byte is not plain ASCII. */
function quoted(name: string): string {
  const characters = Array.from(encodeUtf8(name), (byte) => {
    const isPlain = byte >= 0x20 && byte < 0x7f;
    return ESCAPES.get(byte) ?? (isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
  });
  const escaped = characters.join('');
  return escaped === name ? name : `"${escaped}"`;
}
