import { type MetabaseError, usageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import { DEFAULT_VALUE } from '../verbs.ts';
import { OPTION_SPECS } from './options.ts';

const NAMES = new Map([...OPTION_SPECS].flatMap(([name, { short, value }]) => (short && value ? [[short, name]] : [])));
const FLAGS = [...OPTION_SPECS.values()].flatMap(({ short, value }) => (short && !value ? short : []));

/** Flags, and then perhaps a letter and its value: `-nq`, `-o`, `-nqo`, `-oFILE`, `-o=FILE`, `-nqU5`. */
const LETTERS = new RegExp(`^-([${FLAGS.join('')}]*)(?:([${[...NAMES.keys()].join('')}])(.*))?$`, 's');

/**
 * Spells out what yargs would misread: `-oFILE` (as -o -F -I ...), `--set-missing` (which would take the file after it for its
 * value), and the ways to ask for help that it does not know. What follows `--` is left as it is.
 * @throws MetabaseError USAGE for words that yargs would take for short options: `--i`, `-in-place`, `-output`
 */
export function spelledOut(words: readonly string[]): string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  return [...words.slice(0, end).flatMap(spell), ...words.slice(end)];
}

function spell(word: string): string | string[] {
  if (word === '-?' || word === '/?') return '--help';
  if (word === '--set-missing') return `${word}=${DEFAULT_VALUE}`;
  if (/^--(.|\$0)(=|$)/.test(word)) throw unknownOption(word);
  if (!/^-[^-]/.test(word)) return word;
  const [option] = word.split('=');
  const match = LETTERS.exec(word);
  if (match === null && LETTERS.test(option)) throw usageError(`${option} takes no value`);
  if (match === null || OPTION_SPECS.has(option.slice(1))) throw unknownOption(option);
  const [, flags, letter, value = ''] = match;
  if (value === '') return word;
  return [...(flags === '' ? [] : [`-${flags}`]), `--${NAMES.get(letter) ?? letter}=${value.replace(/^=/, '')}`];
}

/** @returns The error for a word that is not an option, with the nearest right one. */
export function unknownOption(word: string): MetabaseError {
  const known = [...OPTION_SPECS.keys()].map((name) => `--${name}`);
  const isLong = word.startsWith('--') || word.length <= 2;
  return usageError(`there is no option ${word}${didYouMean(isLong ? word : `-${word}`, known)}`);
}
