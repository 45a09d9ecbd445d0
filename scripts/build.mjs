import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/* Makes dist: the library as modules with their types, and the command as one quick bundle. */

const root = fileURLToPath(new URL('..', import.meta.url));
const common = { absWorkingDir: root, outdir: 'dist', bundle: true, platform: 'node', target: 'node20.19' };

rmSync(`${root}/dist`, { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

/** Bundled, so that the scanner's tables and constants are in one scope with its loops. */
await build({
  ...common,
  entryPoints: ['src/index.ts', 'src/node.ts'],
  format: 'esm',
  splitting: true,
  external: ['fast-xml-parser'],
});

/** What is seldom needed (yargs, the page) is a file of its own, loaded when it is. */
const seldomNeeded = ['src/cli/yargs-line.ts', 'src/cli/write-report.ts'];

/** CommonJS: Node starts it a tenth of its own start-up sooner than a module that asks for the same. */
await build({
  ...common,
  entryPoints: { cli: 'src/cli/main.ts', ...Object.fromEntries(seldomNeeded.map((path) => [fileOf(path), path])) },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  minify: true,
  loader: { '.css': 'text' },
  legalComments: 'eof',
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "'use strict'; const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [
    {
      name: 'files of their own',
      setup({ onResolve }) {
        onResolve({ filter: /^\.\// }, ({ kind, path }) =>
          kind === 'dynamic-import' ? { path: `./${fileOf(path)}.cjs`, external: true } : undefined,
        );
      },
    },
  ],
});
chmodSync(`${root}/dist/cli.cjs`, 0o755);

function fileOf(path) {
  return `cli-${basename(path, '.ts')}`;
}
