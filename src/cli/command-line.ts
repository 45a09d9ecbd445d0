import { existsSync } from 'node:fs';
import { MetabaseError } from '../errors.ts';
import { joinValues } from './join-values.ts';
import { COMMAND_WORDS } from './options.ts';
import { plainLine } from './plain-line.ts';
import { didYouMean } from '../suggest.ts';
import type { Wish } from './yargs-line.ts';

/** What a shell's completion script asks by. */
const COMPLETION_REQUEST = '--get-yargs-completions';

/**
 * Takes a line of known options apart by the table alone. Whatever else it holds – help, completion, a mistake – is the
 * business of yargs, whose loading takes as long as patching a megabyte does.
 * @param columns How wide the help may be.
 * @throws MetabaseError USAGE, with the nearest right word
 */
export async function parseCommandLine(words: readonly string[], columns: number): Promise<Wish> {
  if (words.includes(COMPLETION_REQUEST)) return complete(words, columns);
  const { command, rest } = takeCommand(joinValues(words));
  const named = [command ?? 'patch', ...rest];
  const line = plainLine(named);
  if (line !== null) return { line };
  const { parseWithYargs } = await import('./yargs-line.ts');
  return parseWithYargs(named, { hasCommand: command !== null, columns });
}

/** The words are the request, the command's name, and what the user has typed so far. */
async function complete([request, name = '', ...given]: readonly string[], columns: number): Promise<Wish> {
  const { parseWithYargs } = await import('./yargs-line.ts');
  const typed = given.length === 0 ? [''] : given;
  const isOption = typed.at(-1)?.startsWith('-') === true;
  const hasCommand = typed.some((word) => (COMMAND_WORDS as readonly string[]).includes(word));
  const words = isOption && !hasCommand ? ['patch', ...typed] : typed;
  return parseWithYargs([request, name, ...words], { hasCommand, columns });
}

/**
 * Takes the command out of the words: the first that is no option, if it names one.
 * @throws MetabaseError USAGE where that word is no file, but is near a command's name
 */
function takeCommand(joined: readonly string[]): { command: string | null; rest: readonly string[] } {
  const at = joined.findIndex((word) => !/^-./.test(word) || word === '--');
  const word = joined.at(at);
  // Behind `--` stand files, whatever their names.
  if (at < 0 || word === undefined || word === '--') return { command: null, rest: joined };
  const isCommand = (COMMAND_WORDS as readonly string[]).includes(word);
  if (isCommand) return { command: word, rest: joined.toSpliced(at, 1) };
  const meant = existsSync(word) ? '' : didYouMean(word, COMMAND_WORDS);
  if (meant !== '') throw new MetabaseError('USAGE', `"${word}" is neither a file nor a command${meant}`);
  return { command: null, rest: joined };
}
