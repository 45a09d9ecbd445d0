import { defaultOutput } from '../writer/patched-output.ts';

/** A file, with names that distinguish it and what is saved for it from all others. */
export interface ChosenFile {
  readonly file: File;
  /** As the reader sees it. */
  readonly name: string;
  /** Of the patched file, and of the diff. */
  readonly output: string;
  readonly diff: string;
}

/** @returns The files; those that have the same name are numbered, `MetaBase.xml (2)`. */
export function chooseFiles(files: Iterable<File>): ChosenFile[] {
  const all = [...files];
  return all.map((file, i) => {
    const isSame = ({ name }: File): boolean => name === file.name;
    const number = all.filter(isSame).length === 1 ? '' : ` (${all.slice(0, i + 1).filter(isSame).length})`;
    const saved = file.name.replace(/(\.xml)?$/i, `${number}$1`);
    return { file, name: `${file.name}${number}`, output: defaultOutput(saved), diff: `${saved}.diff` };
  });
}
