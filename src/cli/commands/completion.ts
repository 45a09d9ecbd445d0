import { usageError } from '../../errors.ts';
import { IS_WINDOWS } from '../../files/file-identity.ts';
import { didYouMean } from '../../suggest.ts';
import { toMask, VERB_WORDS } from '../../verbs.ts';
import { COMMAND_WORDS, OPTION_SPECS, optionsOf } from '../options.ts';
import bash from './completion-scripts/bash.sh';
import powershell from './completion-scripts/powershell.ps1';
import zsh from './completion-scripts/zsh.zsh';

const SCRIPTS = { bash, zsh, powershell };
const SHELLS = ['bash', 'zsh', 'powershell'] as const;
type Shell = (typeof SHELLS)[number];

/** @param words The shell that was named, if any. @throws MetabaseError USAGE */
export function completionScript(words: readonly string[]): string {
  const [word] = words.length === 0 ? [shellOf(process.env['SHELL'], IS_WINDOWS)] : words;
  const shell = SHELLS.find((each) => each === word);
  if (shell !== undefined && words.length < 2) return SCRIPTS[shell];
  throw usageError(`completion takes one of ${SHELLS.join(', ')}${didYouMean(word, SHELLS)}`);
}

/** @returns The shell to complete for if none is named. */
export function shellOf(path: string | undefined, isWindows: boolean): Shell {
  if (isWindows || path?.endsWith('pwsh') === true) return 'powershell';
  return path?.endsWith('zsh') === true ? 'zsh' : 'bash';
}

/** The first word of a completion script's request; the words of the line up to the cursor follow, first the command's name. */
export const COMPLETION_REQUEST = '--get-yargs-completions';

/**
 * @param words What is typed, up to the cursor; the last is to be completed. A space means an empty word, because Windows
 * PowerShell does not pass one on; bash makes `=` a word of its own.
 * @returns A line for each word that the last one can become; none if it is the name of a file.
 */
export function completions(words: readonly string[]): string {
  const typed = [...words, ...(words.at(-1) === '=' || words.length === 0 ? [''] : [])].filter((word) => word !== '=');
  const [, joined = '', current = ''] = /^(--[^=]+=)?(.*)$/s.exec((typed.at(-1) ?? '').trim()) ?? [];
  return candidates(typed.slice(0, -1), joined, current)
    .map((answer) => joined + answer)
    .filter((answer) => answer.toLowerCase().startsWith((joined + current).toLowerCase()))
    .map((answer) => `${answer}\n`)
    .join('');
}

function candidates(before: readonly string[], joined: string, current: string): readonly string[] {
  const option = joined === '' ? (before.at(-1) ?? '') : joined.slice(0, -1);
  if (/^--(dis|en)able$/.test(option)) return verbLists(current.toLowerCase());
  if (joined !== '' || takesValue(option)) return [];
  const command = COMMAND_WORDS.find((word) => before.includes(word));
  if (current.startsWith('-')) return optionNames(before, command ?? 'patch');
  if (command === undefined || command === 'help') return COMMAND_WORDS;
  return command === 'completion' ? SHELLS : [];
}

function takesValue(word: string): boolean {
  return [...OPTION_SPECS].some(([name, { short, value, isValueOptional }]) => {
    const isNamed = word === `--${name}` || (short !== undefined && word === `-${short}`);
    return isNamed && value !== undefined && isValueOptional !== true;
  });
}

/** @returns The options that may follow: of those that count only once, those that are not given yet. */
function optionNames(before: readonly string[], command: (typeof COMMAND_WORDS)[number]): string[] {
  const names = optionsOf(command).map(([name, { isList }]) => ({ name: `--${name}`, isList }));
  return names.filter(({ name, isList }) => isList === true || !before.includes(name)).map(({ name }) => name);
}

/** @returns The list so far, its last verb completed in each way. */
function verbLists(typed: string): string[] {
  const done = typed.split(',').slice(0, -1);
  if (done.some((word) => toMask(word) === null)) return [];
  return VERB_WORDS.map((word) => [...done, word.toLowerCase()].join(','));
}
