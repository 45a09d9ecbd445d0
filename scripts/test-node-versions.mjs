import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installNode } from './node-package.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { RELEASED_NODE } from './windows-executable.mjs';

/*
 * `npm run test:node-versions`: the tests of the command, the library and the package under the supported lines of Node: 20 and
 * 22 in their lowest supported version. Other tests can be named: `npm run test:node-versions -- tests/files`.
 */

const VERSIONS = ['20.19.0', '22.12.0', RELEASED_NODE.version, '26.10.0'];

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const tests = given.length > 0 ? given : ['tests/cli', 'tests/library', 'tests/package'];
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

const failed = [];
const folder = temporaryFolder('node');
for (const version of VERSIONS) {
  console.log(`\nNode ${version}`);
  const { executable } = installNode(version, folder);
  try {
    execFileSync(executable, [...jest, ...tests], { cwd: root, stdio: 'inherit' });
  } catch {
    failed.push(version);
  }
}
console.log(failed.length === 0 ? `\nAll of ${VERSIONS.join(', ')} pass.` : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
