import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { COMMAND_BUNDLE } from './command-bundle.mjs';
import { finishDeclarations } from './declarations.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

/* Makes dist: the library as modules with their types, the command as one quick bundle, and the licences of what is in that bundle. */

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const common = { absWorkingDir: root, outdir: 'dist', bundle: true, platform: 'node', target: 'node20.19' };

rmSync(`${root}/dist`, { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
finishDeclarations(`${root}/dist`, ['index.d.ts', 'node.d.ts']);

/** Bundled, so that the scanner's tables and constants are in one scope with its loops. */
await build({
  ...common,
  entryPoints: ['src/index.ts', 'src/node.ts'],
  format: 'esm',
  splitting: true,
  external: ['fast-xml-parser'],
});

/** One file, so that nothing else has to be found when it starts. */
const { metafile } = await build({
  ...common,
  ...COMMAND_BUNDLE,
  metafile: true,
  define: { VERSION: JSON.stringify(version) },
  entryPoints: { cli: 'src/cli/main.ts' },
  outExtension: { '.js': '.cjs' },
});
chmodSync(`${root}/dist/cli.cjs`, 0o755);
writeFileSync(`${root}/dist/THIRD-PARTY-NOTICES.txt`, thirdPartyNotices(metafile));
