import { MetabaseError } from '../errors.ts';
import { OPTION_SPECS } from './options.ts';
import { didYouMean } from '../suggest.ts';

/** @returns The error for a word that is no option, with the nearest right one. */
export function unknownOption(word: string): MetabaseError {
  const known = [...OPTION_SPECS.keys(), 'help', 'version'].map((name) => `--${name}`);
  const isLong = word.startsWith('--') || word.length <= 2;
  const meant = didYouMean(isLong ? word : `-${word}`, known);
  return new MetabaseError('USAGE', `there is no option ${word}${meant}`);
}
