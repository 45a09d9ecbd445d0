import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes the declarations of the package from those that tsc wrote. tsc keeps the sources' `.ts` in their imports, which names files
 * that are not in the package; and it writes a declaration for every source, though the entries refer to a few only.
 * @param folder Where tsc wrote them.
 * @param entries Their files in it, such as `index.d.ts`.
 */
export function finishDeclarations(folder, entries) {
  const reached = new Set();
  const finish = (path) => {
    if (reached.has(path)) return;
    reached.add(path);
    const text = readFileSync(path, 'utf8').replace(/'(\.{1,2}\/[^']+)\.ts'/g, (_, name) => {
      finish(join(dirname(path), `${name}.d.ts`));
      return `'${name}.js'`;
    });
    writeFileSync(path, text);
  };
  for (const entry of entries) finish(join(folder, entry));
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith('.d.ts') && !reached.has(join(folder, name))) rmSync(join(folder, name));
  }
}
