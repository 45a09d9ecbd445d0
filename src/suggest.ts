import leven from 'leven';

/** This many letters tell a word from the others. */
const BEGINNING = 4;

/**
 * @returns The word that was probably meant, in any case: the nearest, with two letters or a third of them wrong (one of
 * three), else the first that begins like that.
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
  if (best !== null || typed.length < BEGINNING) return best;
  return words.find((each) => each.toLowerCase().startsWith(typed)) ?? null;
}

/** @returns `; did you mean …?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === null ? '' : `; did you mean ${meant}?`;
}
