/** @returns `<name>.patched.xml` beside the file, a final `.xml` dropped from its name first. */
export function defaultOutput(path: string): string {
  return `${path.replace(/\.xml$/i, '')}.patched.xml`;
}
