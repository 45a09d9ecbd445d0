import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { installNode } from './node-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/**
 * The Node inside the released executable, of a long-term support line. The npm package that brings it is not made by the Node
 * project, so its node.exe must have this SHA-256: CONTRIBUTING.md says how to check a new one.
 */
export const RELEASED_NODE = {
  version: read('.node-version').trim(),
  sha256: 'ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32',
};

/** Where Node looks for the application in its own executable, and the mark that makes it look: `:0` becomes `:1`. */
const RESOURCE = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';

/** The resource type RCDATA: raw bytes. */
const RCDATA = 10;
const ENGLISH = { lang: 0x0409, codepage: 1200 };

/**
 * Makes the Windows executable: Node for Windows with dist/cli.cjs inside, as a single-executable application.
 * @param path The file to write.
 * @param node The Node to use: its version and, if it is to be checked, the SHA-256 of its node.exe.
 */
export function writeExecutable(path, { version, sha256 }) {
  const folder = mkdtempSync(join(tmpdir(), 'iis-metabase-patch-exe-'));
  try {
    const bytes = readFileSync(installNode(version, folder, 'win32-x64').executable);
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== undefined && actual !== sha256) throw new Error(`node.exe ${version} has the SHA-256 ${actual}.`);
    writeFileSync(path, withApplication(bytes, applicationBlob(version, folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Node makes of the command to run it from its own executable. The Node that makes it must be of the version that runs it. */
function applicationBlob(version, folder) {
  const node = process.version === `v${version}` ? process.execPath : installNode(version, folder).executable;
  const licenses = [
    join(root, 'LICENSE'),
    join(root, 'dist/THIRD-PARTY-NOTICES.txt'),
    installNode(version, folder, 'linux-x64').license,
  ];
  copyFileSync(join(root, 'dist/cli.cjs'), join(folder, 'cli.cjs'));
  writeFileSync(join(folder, 'LICENSES.txt'), licenses.map((path) => readFileSync(path, 'utf8')).join('\n'));
  // The paths are in the blob: relative ones make the same bytes on every machine. A snapshot or code cache would suit one
  // platform only, and several assets would come in an order that differs from one to the next.
  const config = {
    main: 'cli.cjs',
    output: 'application.blob',
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    assets: { 'LICENSES.txt': 'LICENSES.txt' },
  };
  writeFileSync(join(folder, 'sea.json'), JSON.stringify(config));
  execFileSync(node, ['--experimental-sea-config', 'sea.json'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  return readFileSync(join(folder, config.output));
}

/**
 * Puts the application into node.exe. Node's signature is removed: it would not be valid for the changed file, and Windows would
 * say so.
 */
function withApplication(node, blob) {
  const fuse = node.indexOf(FUSE);
  if (fuse === -1 || node.indexOf(FUSE, fuse + 1) !== -1) throw new Error('node.exe does not have exactly one fuse.');
  node[fuse + FUSE.length] = '1'.charCodeAt(0);
  const executable = NtExecutable.from(node, { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  describeProgram(resources.entries);
  resources.entries.push({ type: RCDATA, id: RESOURCE, ...ENGLISH, bin: Uint8Array.from(blob).buffer });
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}

/** Sets what Windows shows in the file's properties: this program, not Node. */
function describeProgram(entries) {
  const [info] = Resource.VersionInfo.fromEntries(entries);
  info.removeAllStringValues(ENGLISH);
  info.setFileVersion(manifest.version.replace(/[-+].*/, ''), ENGLISH.lang);
  info.setProductVersion(manifest.version.replace(/[-+].*/, ''), ENGLISH.lang);
  info.setStringValues(ENGLISH, {
    FileDescription: manifest.description,
    InternalName: manifest.name,
    LegalCopyright: `${manifest.license} License; ${/Copyright.*/.exec(read('LICENSE'))[0]}`,
    OriginalFilename: `${manifest.name}.exe`,
    ProductName: manifest.name,
  });
  info.outputToResourceEntries(entries);
}
