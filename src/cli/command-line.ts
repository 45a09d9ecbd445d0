import { joinValues } from './join-values.ts';
import { type Command, COMMAND_WORDS } from './options.ts';
import { plainLine } from './plain-line.ts';
import { didYouMean } from './suggest.ts';

/** The words of a command line, taken apart; each option has the values as they were given. */
export interface CommandLine {
  readonly command: Command;
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** What a command line asks for: work, or a text (help, version, a completion script). */
export type Wish = { readonly line: CommandLine } | { readonly text: string };

/** What a shell's completion script asks by. */
const COMPLETION_REQUEST = '--get-yargs-completions';

/**
 * Takes a line of known options apart by the table alone. Whatever else it holds – help, completion, a mistake – is the
 * business of yargs, whose loading takes as long as patching a megabyte does.
 * @param columns How wide the help may be.
 * @throws MetabaseError USAGE, with the nearest right word
 */
export async function parseCommandLine(words: readonly string[], columns: number): Promise<Wish> {
  const isCompletion = words.includes(COMPLETION_REQUEST);
  const joined = isCompletion ? [...words] : joinValues(words);
  const hasCommand = isCompletion || startsWithCommand(joined);
  const named = hasCommand ? joined : ['patch', ...joined];
  const line = plainLine(named);
  if (line !== null) return { line };
  const { parseWithYargs } = await import('./yargs-line.ts');
  return parseWithYargs(named, { hasCommand, columns });
}

/** Behind `--` stand files, whatever their names. */
function startsWithCommand(joined: readonly string[]): boolean {
  const first = joined.find((word) => !/^-./.test(word) || word === '--');
  return first !== undefined && (COMMAND_WORDS as readonly string[]).includes(first);
}

/** @returns What to say of a first word that is no file, but may be a mistyped command. */
export function mistypedCommand(word: string): string | null {
  const meant = didYouMean(word, COMMAND_WORDS);
  return meant === '' ? null : `"${word}" is neither a file nor a command${meant}`;
}
