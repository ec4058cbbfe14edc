import type { Severity } from './alert.js'
import { isAsBad } from './routing.js'

/** What counts as a storm: more than so many new cases for one channel within so many milliseconds. With 0 cases there are none. */
export type StormRule = { readonly cases: number; readonly withinMs: number }

/**
 * How far a storm is. `storm`: cards are held back. `calming`: new cases have their cards at once again, and what was held back
 * follows. `over`: no card is held back any more.
 */
export type StormPhase = 'storm' | 'calming' | 'over'

/** What a channel has seen. Times are milliseconds of one clock that never goes back. */
export type StormSigns = {
  /** Null as long as there is no storm. */
  readonly phase: StormPhase | null
  /** Since when it has been so; a start of Winnow counts as well, for it forgets when cases came. */
  readonly phaseSince: number
  /** When the newest cases came, oldest first: as many as `rule.cases` and one more are enough. */
  readonly came: readonly number[]
  /** How many cards of cases are still to be posted, without those held back. */
  readonly owed: number
  /** How many posts the limits allow in a minute. */
  readonly postsPerMinute: number
  /** How many cards are held back. */
  readonly heldBack: number
}

/**
 * How far the storm of a channel is now; null while there is none.
 *
 * It begins with more new cases than the rule allows, or with more cards owed than can be posted within a minute. It calms down once no
 * more than half as many cases have come within the rule's time: a rate that only just touches the limit would start it again.
 */
export const stormPhase = (rule: StormRule, signs: StormSigns, now: number): StormPhase | null => {
  const { phase, phaseSince, came, owed, postsPerMinute, heldBack } = signs
  if (rule.cases <= 0) return phase === null ? null : heldBack > 0 ? 'calming' : 'over'
  const recent = came.filter((at) => at > now - rule.withinMs).length
  if (recent > rule.cases) return 'storm'
  switch (phase) {
    case null:
    case 'over':
      return owed > postsPerMinute ? 'storm' : phase
    case 'storm': {
      const isCalm = recent <= rule.cases / 2 && now - phaseSince >= rule.withinMs
      return isCalm ? 'calming' : 'storm'
    }
    case 'calming':
      return heldBack > 0 ? 'calming' : 'over'
  }
}

/** True for an alert whose card is held back in a storm: High is always shown at once. */
export const mayWait = (severity: Severity): boolean => !isAsBad(severity, 'high')

/** How long after one card that was held back the next one follows, in milliseconds: so that they make no storm of their own. */
export const releaseEveryMs = ({ cases, withinMs }: StormRule): number => Math.ceil(withinMs / Math.max(1, cases))
