import leven from 'leven';

/** A word that begins with what was typed is suggested only from this many letters on. */
const MIN_PREFIX = 4;

/**
 * @returns The word that was probably meant, whatever its case: the nearest one with at most two letters, or a third of them, wrong
 * (in a word of three letters, one); else the first one that begins with what was typed.
 */
function nearest(word: string, words: readonly string[]): string | null {
  const typed = word.toLowerCase();
  let best: string | null = null;
  let least = Infinity;
  for (const each of words) {
    const distance = leven(typed, each.toLowerCase());
    const isNear = distance <= Math.max(Math.min(2, each.length - 2), each.length / 3) && distance < word.length;
    if (isNear && distance < least) [best, least] = [each, distance];
  }
  if (best !== null || typed.length < MIN_PREFIX) return best;
  return words.find((each) => each.toLowerCase().startsWith(typed)) ?? null;
}

/** @returns `; did you mean …?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === null ? '' : `; did you mean ${meant}?`;
}
