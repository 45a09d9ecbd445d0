import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const here = (name) => new URL(name, import.meta.url);

/** Replaces what yargs and its helpers do not need here: their platform, and wide characters. */
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

/** The options of esbuild for the command, wherever it is bundled. */
export const COMMAND_BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  /** CommonJS: an ES module with the same imports would add a tenth to Node's own start-up time. */
  format: 'cjs',
  minify: true,
  legalComments: 'eof',
  loader: { '.css': 'text', '.md': 'text', '.sh': 'text', '.zsh': 'text', '.ps1': 'text' },
  /** Without templates, all wide characters become escapes. A single one would make V8 store the whole file in two bytes a character. */
  supported: { 'template-literal': false },
  /** Its own module for Node could also read a configuration file. */
  alias: { 'yargs-parser': 'yargs-parser/browser' },
  plugins: [lightYargs],
};
