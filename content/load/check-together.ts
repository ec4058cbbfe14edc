import { generic, plainKey, plainTitle } from '../../triage/match.js'
import { nearest } from './nearest.js'
import type { Problem } from './problem.js'
import type { GuideRead } from './read-guide.js'
import type { Path } from './read-yaml.js'

/** Find what is wrong between guides: a key or title that two of them claim, or no guide for unknown types. */
export const checkTogether = (reads: readonly GuideRead[]): readonly Problem[] => {
  const claims = reads.flatMap(claimsOf)
  return [
    ...claims.flatMap((take) => {
      const first = claims.find(({ what, plain }) => what === take.what && plain === take.plain)
      if (!first || first.file === take.file) return []
      const { file, line, what, said } = take
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
const shares = ({ file, guide, lineOf }: GuideRead, reads: readonly GuideRead[]): readonly Problem[] => {
  if (!guide || guide.sharesTitle === null) return []
  const name = guide.sharesTitle
  const problem = (text: string) => [{ file, line: lineOf(['sharesTitle']), text }]
  const other = reads.find((one) => one.file === `${name}.yaml`)
  if (!other) {
    const meant = nearest(
      name,
      reads.flatMap((one) => one.guide?.type ?? []),
    )
    return problem(`there is no guide '${name}'; ${meant ? `did you mean '${meant}'?` : 'name the type of one'}`)
  }
  // A guide that is wrong in itself is reported for that.
  if (!other.guide) return []
  if (other.guide.type === guide.type || other.guide.sharesTitle !== null) {
    return problem(`'${name}' does not have the title for its own; name another guide, or take sharesTitle out there`)
  }
  return plainTitle(other.guide.title) === plainTitle(guide.title)
    ? []
    : problem(`the title of '${name}' is '${other.guide.title}'; write the same title, or take sharesTitle out`)
}

type Claim = {
  readonly file: string
  readonly type: string
  readonly line: number
  readonly what: 'key' | 'title'
  readonly said: string
  readonly plain: string
}

const claimsOf = ({ file, guide, lineOf }: GuideRead): readonly Claim[] => {
  if (!guide) return []
  const { type, title, sharesTitle, matches } = guide
  const take = (what: 'key' | 'title', said: string, path: Path): Claim => ({
    file,
    type,
    line: lineOf(path),
    what,
    said,
    plain: what === 'key' ? plainKey(said) : plainTitle(said),
  })
  return [
    take('key', type, ['type']),
    ...matches.keys.map((key, index) => take('key', key, ['matches', 'keys', index])),
    ...(sharesTitle === null ? [take('title', title, ['title'])] : []),
    ...matches.titles.map((one, index) => take('title', one, ['matches', 'titles', index])),
  ]
}
