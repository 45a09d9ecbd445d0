/** @returns `<name>.patched.xml` beside the file, a final `.xml` dropped from its name first. */
export function defaultOutput(path: string): string {
  return `${path.replace(/\.xml$/i, '')}.patched.xml`;
}

/** @returns The path as a diff has it: on Windows without its drive, and with slashes. */
export function diffName(path: string, isWindows: boolean): string {
  return isWindows ? path.replace(/^[a-z]:/i, '').replaceAll('\\', '/') : path;
}
