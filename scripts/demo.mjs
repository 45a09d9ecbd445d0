import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/* `npm start`: the main job on the realistic fixture, in a temporary folder, so that the tree stays as it is. */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'iis-metabase-patch-'));
try {
  copyFileSync(at('fixtures/windows-server-2003/input.xml'), join(folder, 'MetaBase.xml'));
  console.log('$ iis-metabase-patch MetaBase.xml');
  const { status } = spawnSync(process.execPath, [at('dist/cli.cjs'), 'MetaBase.xml'], {
    cwd: folder,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 2;
} finally {
  rmSync(folder, { recursive: true });
}
