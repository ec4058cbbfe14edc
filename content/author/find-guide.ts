import { plainKey, plainTitle } from '../../triage/match.js'
import type { Guide } from '../../triage/guide.js'
import { nearest } from '../load/nearest.js'

/** Find guides by whatever they are called: type, key or title. Several only when they share a title. */
export const findGuide = (name: string, guides: readonly Guide[]): readonly Guide[] => {
  const byKey = guides.filter(({ type, matches }) =>
    [type, ...matches.keys].some((key) => plainKey(key) === plainKey(name)),
  )
  if (byKey.length > 0) return byKey
  return guides.filter(({ title, matches }) =>
    [title, ...matches.titles].some((one) => plainTitle(one) === plainTitle(name)),
  )
}

/** The types that may have been meant: those whose names hold the word, else the nearest; ten at the most. */
export const suggestions = (name: string, guides: readonly Guide[]): readonly string[] => {
  const word = name.toLowerCase()
  const holding = guides
    .filter(({ type, title, matches }) =>
      [type, title, ...matches.keys, ...matches.titles].some((one) => one.toLowerCase().includes(word)),
    )
    .map(({ type }) => type)
  if (holding.length > 0) return holding.slice(0, 10)
  const names = new Map(
    guides.flatMap(({ type, title, matches }) =>
      [type, title, ...matches.keys, ...matches.titles].map((one) => [one, type]),
    ),
  )
  const meant = nearest(name, [...names.keys()])
  return meant === null ? [] : [names.get(meant) ?? meant]
}
