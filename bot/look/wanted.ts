import { stageOf, type Case } from '../../triage/case.js'
import type { Guide } from '../../triage/guide.js'
import type { LookUp } from '../../triage/look-up.js'
import { nextOf } from '../../triage/next-checks.js'

/** A look-up to be made for a case, and for which of its checks. */
export type Wanted = { readonly lookUp: LookUp; readonly checks: readonly string[] }

/** So many are made for one case at the most: the checks that come first have them. */
const mostForCase = 8

/**
 * What is to be looked up for a case as it stands: for the checks that are still asked, in their order, whatever is not on record. What
 * failed before is tried again unless `afresh` is false. Nothing for a case that shares another's card, is judged, or closed.
 */
export const wantedFor = (
  state: Case,
  guide: Guide,
  lookUps: ReadonlyMap<string, LookUp>,
  afresh: boolean,
): readonly Wanted[] => {
  const stage = stageOf(state)
  if (state.joined || state.recordedVerdict || stage === 'closed') return []
  const { ahead } = nextOf(state, guide)
  const onRecord = new Set([
    ...state.lookedUp.map(({ lookUp }) => lookUp),
    ...(afresh ? [] : state.failedLookUps.map(({ lookUp }) => lookUp)),
  ])
  const ids = new Set(ahead.flatMap(({ look }) => look))
  return [...ids]
    .flatMap((id) => {
      const lookUp = lookUps.get(id)
      if (!lookUp || onRecord.has(id) || (lookUp.query === null && lookUp.read === null)) return []
      return [{ lookUp, checks: ahead.filter(({ look }) => look.includes(id)).map((check) => check.id) }]
    })
    .slice(0, mostForCase)
}
