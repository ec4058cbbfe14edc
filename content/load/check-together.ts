import { generic, plainKey, plainTitle } from '../../triage/match.js'
import { nearest } from './nearest.js'
import type { Problem } from './problem.js'
import type { PlaybookRead } from './read-guide.js'
import type { Path } from './read-yaml.js'

/** Find what is wrong between playbooks: a key or title that two of them claim, or no guide for unknown types. */
export const checkTogether = (reads: readonly PlaybookRead[]): readonly Problem[] => {
  const claims = reads.flatMap(claimsOf)
  return [
    ...claims.flatMap((claim) => {
      const first = claims.find(({ what, plain }) => what === claim.what && plain === claim.plain)
      if (!first || first.file === claim.file) return []
      const { file, line, what, said } = claim
      const also = what === 'title' ? `, or write sharesTitle: ${first.type} here` : ''
      return [
        {
          file,
          line,
          text: `the ${what} '${said}' belongs to ${first.file}:${first.line} already; keep it in one${also}`,
        },
      ]
    }),
    ...reads.flatMap((read) => shares(read, reads)),
    ...(reads.some(({ file }) => file === `${generic}.yaml`)
      ? []
      : [{ file: `${generic}.yaml`, line: 1, text: 'is missing; it is the guide for alerts that no other knows' }]),
  ]
}

/** A shared title must be that of the guide it is shared with, which has it for its own. */
const shares = ({ file, playbook, lineOf }: PlaybookRead, reads: readonly PlaybookRead[]): readonly Problem[] => {
  if (!playbook || playbook.sharesTitle === null) return []
  const name = playbook.sharesTitle
  const problem = (text: string) => [{ file, line: lineOf(['sharesTitle']), text }]
  const other = reads.find((one) => one.file === `${name}.yaml`)
  if (!other) {
    const meant = nearest(
      name,
      reads.flatMap((one) => one.playbook?.type ?? []),
    )
    return problem(`there is no guide '${name}'; ${meant ? `did you mean '${meant}'?` : 'name the type of one'}`)
  }
  // A guide that is wrong in itself is reported for that.
  if (!other.playbook) return []
  if (other.playbook.type === playbook.type || other.playbook.sharesTitle !== null) {
    return problem(`'${name}' does not have the title for its own; name another guide, or take sharesTitle out there`)
  }
  return plainTitle(other.playbook.title) === plainTitle(playbook.title)
    ? []
    : problem(`the title of '${name}' is '${other.playbook.title}'; write the same title, or take sharesTitle out`)
}

type Claim = {
  readonly file: string
  readonly type: string
  readonly line: number
  readonly what: 'key' | 'title'
  readonly said: string
  readonly plain: string
}

const claimsOf = ({ file, playbook, lineOf }: PlaybookRead): readonly Claim[] => {
  if (!playbook) return []
  const { type, title, sharesTitle, matches } = playbook
  const claim = (what: 'key' | 'title', said: string, path: Path): Claim => ({
    file,
    type,
    line: lineOf(path),
    what,
    said,
    plain: what === 'key' ? plainKey(said) : plainTitle(said),
  })
  return [
    claim('key', type, ['type']),
    ...matches.keys.map((key, index) => claim('key', key, ['matches', 'keys', index])),
    ...(sharesTitle === null ? [claim('title', title, ['title'])] : []),
    ...matches.titles.map((one, index) => claim('title', one, ['matches', 'titles', index])),
  ]
}
