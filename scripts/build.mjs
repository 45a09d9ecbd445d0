import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/* Makes dist: the library as modules with their types (tsc), and the command as one quick bundle (esbuild). */

const root = new URL('..', import.meta.url);
rmSync(new URL('dist', root), { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

await build({
  absWorkingDir: root.pathname,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  // What is seldom needed (yargs, the page) is a file of its own, loaded when it is.
  splitting: true,
  chunkNames: 'cli/[name]-[hash]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  minify: true,
  legalComments: 'eof',
  alias: { '#is-utf8': './src/source/is-utf8-node.ts' },
});
chmodSync(new URL('dist/cli.js', root), 0o755);
