import { type GivenAnswer, parseAnswers } from '../given-answers.js'
import { type Selection, parseSelection } from '../selection.js'

/** Something for several cases at once, or the digest that counts them. */
export type BulkIntent =
  /** See the digest of a storm. */
  | { readonly kind: 'digest' }
  /** Take the selected cases that are unassigned; null to choose which first. */
  | { readonly kind: 'take-all'; readonly selection: Selection | null }
  /** Record one verdict for one's own cases of a type, with the same answers; without a verdict, see what is to be answered. */
  | {
      readonly kind: 'verdict-all'
      readonly selection: Selection
      readonly answers: readonly GivenAnswer[]
      readonly verdict: string
      readonly reason: string
    }

/**
 * Read `take all type:impossible-travel`, `verdict all type:impossible-travel` and `digest`; null for anything else. What follows a colon
 * behind a verdict is the reason: `verdict all type:impossible-travel fp-untagged-vpn sanctioned-vpn=yes: our VPN`.
 */
export const parseBulk = (said: string): BulkIntent | null => {
  const text = said.slice(0, longest).trim()
  if (/^digest[\s.!?]*$/iu.test(text)) return { kind: 'digest' }
  const [, verb = '', rest = ''] = /^(take|verdict)\s+all(?![\p{L}\p{N}_-])[:,]?\s*(.*)$/isu.exec(text) ?? []
  if (verb.toLowerCase() === 'take') {
    const told = rest.replace(/( ?please)?[.!? ]*$/iu, '')
    const { before, selection } = parseSelection(told)
    return before === '' || saysNothing.test(before) ? { kind: 'take-all', selection } : null
  }
  return verb === '' ? null : verdictOf(rest)
}

const longest = 4500
const saysNothing = /^(?:of|the|them|these|those|cases|alerts|waiting|please|\s)*$/iu

/** The reason stands behind the first colon that is followed by a blank; a selection has none. */
const verdictOf = (rest: string): BulkIntent => {
  const [, told = rest, reason = ''] = /^(.*?\S):\s+(.*)$/su.exec(rest) ?? []
  const words = told.split(/\s+/u).filter((word) => word !== '')
  const answers = words.flatMap((word) => (word.includes('=') ? parseAnswers(word) : []))
  const named = words.filter((word) => !word.includes('='))
  // The type is one word, so what follows it is the verdict.
  const at = named.findIndex((word) => /^type:/iu.test(word))
  const isVerdict = (index: number): boolean =>
    at >= 0 && index === at + 1 && /^[a-z0-9-]{1,80}$/iu.test(named[index] ?? '')
  const verdict = isVerdict(at + 1) ? (named[at + 1] ?? '').toLowerCase() : ''
  const { selection } = parseSelection(named.filter((_, index) => !isVerdict(index)).join(' '))
  return { kind: 'verdict-all', selection, answers, verdict, reason }
}
