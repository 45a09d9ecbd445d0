import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const here = (name) => new URL(name, import.meta.url);

/** Replaces what of yargs and its helpers concerns the platform and the width of characters that are not in the help. */
const lightYargs = {
  name: 'light yargs',
  setup({ onLoad }) {
    onLoad({ filter: /yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(here('yargs-platform.mjs'), 'utf8'),
      resolveDir: dirname(path),
    }));
    onLoad({ filter: /string-width[\\/]index\.js$/ }, () => ({ contents: 'export default (text) => text.length;' }));
  },
};

/** What esbuild is told of the command, wherever it is bundled. */
export const COMMAND_BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  /** CommonJS: Node starts it a tenth of its own start-up sooner than a module that asks for the same. */
  format: 'cjs',
  minify: true,
  legalComments: 'eof',
  loader: { '.css': 'text', '.md': 'text', '.sh': 'text', '.zsh': 'text', '.ps1': 'text' },
  /** Written otherwise, wide characters in templates become escapes: with a single one, Node reads the whole file as wide. */
  supported: { 'template-literal': false },
  plugins: [lightYargs],
};
