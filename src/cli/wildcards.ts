import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Neither cmd nor PowerShell expands `*.xml`: a Windows program does that itself, in the last part of the path. No file name
 * on Windows can contain `*` or `?`.
 * @returns The names in order; a pattern without a match stays, so that it is reported as a missing file.
 */
export function expandWildcards(names: readonly string[]): string[] {
  return names.flatMap((name) => (/[*?]/.test(name) ? matches(name) : [name]));
}

function matches(pattern: string): string[] {
  const [, parent = '', last = ''] = /^(.*[\\/])?([^\\/]*)$/s.exec(pattern) ?? [];
  const expression = last
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const isMatch = new RegExp(`^${expression}$`, 'is');
  try {
    const found = readdirSync(dirname(`${parent}x`), { withFileTypes: true })
      .filter((entry) => entry.isFile() && isMatch.test(entry.name))
      .map(({ name }) => (parent === '' ? name : join(parent, name)));
    return found.length === 0 ? [pattern] : found.sort();
  } catch {
    return [pattern];
  }
}
