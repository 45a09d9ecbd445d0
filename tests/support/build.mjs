import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the command, the library and the pages are made of. */
const SOURCES = ['src', 'scripts', 'docs/errors.md', 'package.json', 'package-lock.json'];

/** Builds before the first test if anything has changed since the last build, so that a stale bundle is never tested. */
export default function build() {
  const changed = Math.max(...SOURCES.map((source) => lastChange(join(root, source))));
  for (const [script, output] of [
    ['scripts/build.mjs', 'dist/cli.cjs'],
    ['scripts/build-web.mjs', 'dist/web/iis-metabase-patch.html'],
  ]) {
    if (lastChange(join(root, output)) > changed) continue;
    execFileSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  }
}

/** @returns When the file, or the newest file in the folder, was changed; 0 where there is none. */
function lastChange(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
