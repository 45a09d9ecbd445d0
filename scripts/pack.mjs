import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

/*
 * `node scripts/pack.mjs FOLDER`: packs what was built, as npm does, but without what only this repository needs. With `prepare`
 * in it, npm would warn everybody who installs the packed file that a script was not run.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const target = resolve(process.argv[2]);
const stage = mkdtempSync(join(tmpdir(), 'iis-metabase-patch-pack-'));
try {
  const [{ files }] = JSON.parse(npm(['pack', '--dry-run', '--json', '--silent', '--ignore-scripts'], root));
  for (const { path } of files) {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    copyFileSync(join(root, path), join(stage, path));
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  delete manifest.scripts;
  delete manifest.devDependencies;
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  process.stdout.write(npm(['pack', '--silent', '--pack-destination', target], stage));
} finally {
  rmSync(stage, { recursive: true });
}
