import { plainKey, plainTitle } from '../../triage/match.js'
import type { Playbook } from '../../triage/guide.js'
import { nearest } from '../load/nearest.js'

/** Find playbooks by whatever they are called: type, key or title. Several only when they share a title. */
export const findGuide = (name: string, playbooks: readonly Playbook[]): readonly Playbook[] => {
  const byKey = playbooks.filter(({ type, matches }) =>
    [type, ...matches.keys].some((key) => plainKey(key) === plainKey(name)),
  )
  if (byKey.length > 0) return byKey
  return playbooks.filter(({ title, matches }) =>
    [title, ...matches.titles].some((one) => plainTitle(one) === plainTitle(name)),
  )
}

/** The types that may have been meant: those whose names hold the word, else the nearest; ten at the most. */
export const suggestions = (name: string, playbooks: readonly Playbook[]): readonly string[] => {
  const word = name.toLowerCase()
  const holding = playbooks
    .filter(({ type, title, matches }) =>
      [type, title, ...matches.keys, ...matches.titles].some((one) => one.toLowerCase().includes(word)),
    )
    .map(({ type }) => type)
  if (holding.length > 0) return holding.slice(0, 10)
  const names = new Map(
    playbooks.flatMap(({ type, title, matches }) =>
      [type, title, ...matches.keys, ...matches.titles].map((one) => [one, type]),
    ),
  )
  const meant = nearest(name, [...names.keys()])
  return meant === null ? [] : [names.get(meant) ?? meant]
}
