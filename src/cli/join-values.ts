import { MetabaseError } from '../errors.ts';
import { DEFAULT_VALUE } from '../verbs.ts';
import { OPTION_SPECS } from './options.ts';
import { unknownOption } from './unknown-option.ts';

/**
 * Writes each option with its value as one word, `--name=value`, so that none can be taken for another or swallow the
 * file behind it: `-o FILE`, `-oFILE` and `--output FILE` all become `--output=FILE`, and `--set-missing` gets its
 * default. What stands behind `--` is left as it is.
 * @throws MetabaseError USAGE for a flag with a value, and for a word that yargs would misread
 */
export function joinValues(words: readonly string[]): string[] {
  const joined: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return [...joined, word, ...rest];
    if (/^-[^-]/.test(word)) joined.push(...shortOptions(word, rest));
    else joined.push(longOption(word, rest));
  }
  return joined;
}

function longOption(word: string, rest: string[]): string {
  const [option, ...given] = word.split('=');
  const spec = option.startsWith('--') ? OPTION_SPECS.get(option.slice(2)) : undefined;
  // Yargs would take a letter for the short option, and $0 for its own.
  if (/^--(.|\$0)$/.test(option)) throw unknownOption(option);
  if (spec === undefined) return word;
  if (spec.value === undefined && given.length > 0) throw new MetabaseError('USAGE', `${option} takes no value`);
  if (spec.value === undefined || given.length > 0) return word;
  if (spec.isValueOptional === true) return `${word}=${DEFAULT_VALUE}`;
  const value = rest.shift();
  return value === undefined ? word : `${word}=${value}`;
}

/** `-nqU5`: flags, and perhaps one option whose value is what follows. */
function shortOptions(word: string, rest: string[]): string[] {
  const options: string[] = [];
  for (let i = 1; i < word.length; i++) {
    const name = valueOptionNamed(word[i]);
    if (name === undefined) {
      // A hyphen among letters is a long option with a hyphen too few: `--` on its own would make files of all that follows.
      if (!/[a-z]/i.test(word[i])) throw unknownOption(word);
      options.push(`-${word[i]}`);
      continue;
    }
    const value = i + 1 < word.length ? word.slice(i + 1).replace(/^=/, '') : rest.shift();
    return [...options, value === undefined ? `--${name}` : `--${name}=${value}`];
  }
  return options;
}

function valueOptionNamed(letter: string): string | undefined {
  return [...OPTION_SPECS].find(([, { short, value }]) => short === letter && value !== undefined)?.[0];
}
