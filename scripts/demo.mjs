import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * `npm start`: the main job on the realistic fixture, in a temporary folder, so that the tree stays as it is.
 * `npm start -- FILE...`: a dry run on the user's own files; options of patch may be among them.
 */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

function run(words, cwd) {
  console.log(['$ iis-metabase-patch', ...words].join(' '));
  const { status } = spawnSync(process.execPath, [at('dist/cli.cjs'), ...words], { cwd, stdio: 'inherit' });
  process.exitCode = status ?? 2;
}

function demonstrate() {
  const folder = mkdtempSync(join(tmpdir(), 'iis-metabase-patch-'));
  try {
    copyFileSync(at('fixtures/windows-server-2003/input.xml'), join(folder, 'MetaBase.xml'));
    run(['MetaBase.xml'], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log('\nThat was a sample. To see what would change in an export of yours (nothing is written), type:');
  console.log('npm start -- path/to/MetaBase.xml');
}

const given = process.argv.slice(2);
// npm changes to the package's folder; the files are named from where it was called.
if (given.length > 0) run(['-n', ...given], process.env.INIT_CWD);
else demonstrate();
