import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RELEASED_NODE, writeExecutable } from './windows-executable.mjs';

/*
 * `npm run release`: makes release/, which holds what users are given and nothing else: the package, the Windows executable, the
 * page, and their SHA-256. A commit always gives the same executable and page, byte for byte, on any system. The package is the
 * same bytes only on one system with one version of Node, because Node does the compression.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'release');
const run = (script, ...words) =>
  execFileSync(process.execPath, [join(root, 'scripts', script), ...words], { stdio: 'inherit' });

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
run('build.mjs');
run('pack.mjs', folder);
run('build-web.mjs');
copyFileSync(join(root, 'dist/web/iis-metabase-patch.html'), join(folder, 'iis-metabase-patch.html'));
writeExecutable(join(folder, 'iis-metabase-patch.exe'), RELEASED_NODE);

const sums = readdirSync(folder)
  .sort()
  .map((name) => {
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    return `${sum}  ${name}\n`;
  });
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
process.stdout.write(`release/, with Node ${RELEASED_NODE.version} in the executable:\n${sums.join('')}`);
