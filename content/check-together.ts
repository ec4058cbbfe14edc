import { generic, plainKey, plainTitle } from '../triage/match.js'
import type { Problem } from './problem.js'
import type { PlaybookRead } from './read-playbook.js'
import type { Path } from './read-yaml.js'

/** Find what is wrong between playbooks: a key or title that two of them claim, or no guide for unknown types. */
export const checkTogether = (reads: readonly PlaybookRead[]): readonly Problem[] => {
  const claims = reads.flatMap(claimsOf)
  return [
    ...claims.flatMap((claim) => {
      const first = claims.find(({ what, plain }) => what === claim.what && plain === claim.plain)
      if (!first || first.file === claim.file) return []
      const { file, line, what, said } = claim
      return [
        { file, line, text: `the ${what} '${said}' belongs to ${first.file}:${first.line} already; keep it in one` },
      ]
    }),
    ...(reads.some(({ file }) => file === `${generic}.yaml`)
      ? []
      : [{ file: `${generic}.yaml`, line: 1, text: 'is missing; it is the guide for alerts that no other knows' }]),
  ]
}

type Claim = {
  readonly file: string
  readonly line: number
  readonly what: 'key' | 'title'
  readonly said: string
  readonly plain: string
}

const claimsOf = ({ file, playbook, lineOf }: PlaybookRead): readonly Claim[] => {
  if (!playbook) return []
  const { type, title, matches } = playbook
  const claim = (what: 'key' | 'title', said: string, path: Path): Claim => ({
    file,
    line: lineOf(path),
    what,
    said,
    plain: what === 'key' ? plainKey(said) : plainTitle(said),
  })
  return [
    claim('key', type, ['type']),
    ...matches.keys.map((key, index) => claim('key', key, ['matches', 'keys', index])),
    claim('title', title, ['title']),
    ...matches.titles.map((one, index) => claim('title', one, ['matches', 'titles', index])),
  ]
}
