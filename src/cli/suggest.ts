import leven from 'leven';

/** @returns The word that was probably meant: the nearest, in any case, with two letters or a third of them wrong. */
export function nearest(word: string, words: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const each of words) {
    const distance = leven(word.toLowerCase(), each.toLowerCase());
    const isNear = distance <= Math.max(2, each.length / 3) && distance < Math.min(word.length, each.length);
    if (isNear && distance < least) [best, least] = [each, distance];
  }
  return best;
}

/** @returns `; did you mean …?`, or nothing. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const meant = nearest(word, words);
  return meant === null ? '' : `; did you mean ${meant}?`;
}
