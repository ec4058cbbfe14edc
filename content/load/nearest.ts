import { distance } from 'fastest-levenshtein'

/** The known word that was probably meant; null when none is near. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const ranked = known
    .map((candidate) => ({ candidate, apart: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((one, other) => one.apart - other.apart)
  const best = ranked[0]
  return best && best.apart <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : null
}
