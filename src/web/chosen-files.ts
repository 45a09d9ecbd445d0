import { defaultOutput } from '../writer/patched-output.ts';
import type { FileNames } from './messages.ts';

/** A file with names that distinguish it from all others. */
export interface ChosenFile {
  readonly file: File;
  readonly names: FileNames;
}

/** @returns The files; those that have the same name are numbered, `MetaBase.xml (2)`. */
export function chooseFiles(files: Iterable<File>): ChosenFile[] {
  const all = [...files];
  return all.map((file, i) => {
    const same = all.filter(({ name }) => name === file.name);
    if (same.length === 1) return { file, names: namesOf(file.name, '') };
    const number = all.slice(0, i + 1).filter(({ name }) => name === file.name).length;
    return { file, names: namesOf(file.name, ` (${number})`) };
  });
}

function namesOf(name: string, number: string): FileNames {
  const saved = name.replace(/(\.xml)?$/i, `${number}$1`);
  return { shown: `${name}${number}`, output: defaultOutput(saved), diff: `${saved}.diff` };
}
