import { createHash } from 'node:crypto'
import type { Guide } from '../../triage/guide.js'

/**
 * The version of a guide: 12 hex digits of the SHA-256 of its canonical JSON, in which the keys of every map are sorted. What
 * speaks against a verdict is sorted as well, for its order is that of keys in the file and decides nothing. Where to look is left
 * out, what registers suggest, and what a combination asks first: none of them changes a word or the logic.
 */
export const versionOf = (guide: Omit<Guide, 'version'>): string => {
  const verdicts = guide.verdicts.map((one) => ({ ...one, against: one.against.map(canonical).toSorted() }))
  const checks = guide.checks.map((check) => ({ ...check, look: undefined, registers: undefined }))
  const follows = guide.follows.map((follow) => ({ ...follow, first: undefined }))
  return createHash('sha256')
    .update(canonical({ ...guide, checks, verdicts, follows }))
    .digest('hex')
    .slice(0, 12)
}

const canonical = (value: object): string =>
  JSON.stringify(value, (_key, node: unknown) =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : node,
  )
