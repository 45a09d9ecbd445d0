import { format } from 'node:util';
import cliui from 'cliui';
import Parser from 'yargs-parser';

/*
 * What yargs needs of its platform, instead of its own module for Node. That one looks for a package.json in the current folder
 * and those above it, and for translations; but the command must touch only the files that it is given. It also loads
 * string-width, whose tables of emoji take longer to load than all the rest.
 */

const nothing = () => undefined;
const same = (path) => path;

export default {
  Parser,
  cliui,
  stringWidth: (text) => text.length,
  inspect: String,
  assert: { strictEqual: nothing, notStrictEqual: nothing },
  findUp: nothing,
  readFileSync: nothing,
  readdirSync: () => [],
  require: nothing,
  getCallerFile: nothing,
  getEnv: nothing,
  getProcessArgvBin: () => '',
  mainFilename: '',
  path: { basename: same, dirname: same, extname: same, relative: same, resolve: same, join: same },
  process: {
    argv: () => [],
    cwd: () => '',
    execPath: () => '',
    exit: nothing,
    emitWarning: nothing,
    nextTick: nothing,
    stdColumns: null,
  },
  y18n: {
    __: format,
    __n: (one, many, count, ...rest) => format(count === 1 ? one : many, ...rest),
    getLocale: () => 'en',
    setLocale: nothing,
    updateLocale: nothing,
  },
};
