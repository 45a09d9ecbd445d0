import nodePath, { type PlatformPath } from 'node:path';
import { MetabaseError } from '../errors.ts';

/**
 * @param path The rules of the system for paths.
 * @returns The parts of the deepest folder that holds all files, `..` resolved by name.
 * @throws MetabaseError USAGE for files on different drives
 */
export function commonFolder(files: readonly string[], path: PlatformPath = nodePath): readonly string[] {
  const [first, ...others] = files.map((file) => partsOf(path.dirname(path.resolve(file)), path));
  return others.reduce((common, parts) => {
    const differs = common.findIndex((part, i) => !isSameName(part, parts.at(i) ?? '', path));
    if (differs === 0) throw new MetabaseError('USAGE', 'with --out-dir all inputs must be on one drive');
    return differs < 0 ? common : common.slice(0, differs);
  }, first);
}

/** @returns The file's path below a folder that holds it. */
export function nameBelow(folder: readonly string[], file: string, path: PlatformPath = nodePath): string {
  return partsOf(path.resolve(file), path).slice(folder.length).join(path.sep);
}

/** The root (on Windows the drive or the share) comes first. */
function partsOf(absolute: string, path: PlatformPath): string[] {
  const { root } = path.parse(absolute);
  return [root, ...absolute.slice(root.length).split(path.sep)].filter((part) => part !== '');
}

function isSameName(a: string, b: string, path: PlatformPath): boolean {
  return path.sep === '\\' ? a.toLowerCase() === b.toLowerCase() : a === b;
}
