import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (...path) => readFileSync(join(root, ...path), 'utf8');

/**
 * What the licences of the bundled packages ask for: their copyright and permission notices.
 * @param metafiles Those of esbuild, whose paths begin at the root of the repository.
 * @returns Plain text: for each package its name, version and licence.
 */
export function thirdPartyNotices(...metafiles) {
  const notices = packageFolders(metafiles).map((folder) => {
    const manifest = JSON.parse(read(folder, 'package.json'));
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${licenseText(folder, manifest)}\n`;
  });
  const title = 'iis-metabase-patch contains code of the packages below.\n';
  return [title, ...notices].join(`\n${'='.repeat(80)}\n\n`);
}

/** The folders of the packages that still have code in an output after tree shaking. */
function packageFolders(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
  );
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const folders = paths.flatMap((path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].sort();
}

/** The licence as the package ships it, or the standard text for a package that only names the MIT licence. */
function licenseText(folder, { name, license, author }) {
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return read(folder, file).replaceAll('\r\n', '\n').trim();
  if (license !== 'MIT') throw new Error(`${name} ships no licence text.`);
  const permission = read('LICENSE').slice(read('LICENSE').indexOf('Permission is hereby granted'));
  return `MIT License\n\nCopyright (c) ${author?.name ?? author}\n\n${permission.trim()}`;
}
