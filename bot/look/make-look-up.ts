import { windowOf, type LookUps } from '../../evidence/look-ups.js'
import type { Alert } from '../../triage/alert.js'
import type { FailedLookUp, LookUpFailure, LookUpFinding } from '../../triage/look-up.js'
import type { GraphFailure } from '../graph/failure.js'
import type { AskGraph, LookUpAnswer } from './answer.js'
import { hunt } from './hunting.js'
import { reads, subjectOf } from './reads.js'
import type { Wanted } from './wanted.js'

/** What came of a look-up. */
export type MadeLookUp =
  | { readonly ok: true; readonly finding: LookUpFinding }
  | { readonly ok: false; readonly failed: FailedLookUp; readonly failure: GraphFailure }

type Parts = {
  readonly ready: LookUps
  readonly ask: AskGraph
  /** ISO 8601. */
  readonly now: () => string
}

/**
 * Make a look-up for an alert: its query, else what is read in its place, and that also where the query is forbidden or refused. Null when
 * the alert has too little for either.
 */
export const makeLookUp = async (
  { lookUp, checks }: Wanted,
  alert: Alert,
  { ready, ask, now }: Parts,
): Promise<MadeLookUp | null> => {
  const { id, what, read, query } = lookUp
  const { from, to: end } = windowOf(lookUp, alert)
  // What is yet to come can't have been looked at.
  const to = end > now() && from < now() ? now() : end
  const hunted = async (): Promise<LookUpAnswer | null> => {
    const filled = query === null ? null : (ready(alert, [id])[0]?.query ?? null)
    return filled === null ? null : hunt(filled, { from, to }, ask)
  }
  const readOf = async (): Promise<LookUpAnswer | null> =>
    read === null ? null : reads[read](subjectOf(alert), { from, to }, ask)

  let answer = await hunted()
  if (answer === null || (!answer.ok && (answer.failure.kind === 'forbidden' || answer.failure.kind === 'invalid'))) {
    const other = await readOf()
    if (other !== null && (other.ok || answer === null)) answer = other
  }
  if (answer === null) return null
  if (!answer.ok)
    return { ok: false, failure: answer.failure, failed: { lookUp: id, checks, what, ...reasonOf(answer.failure) } }
  const { source, count, isMore, rows } = answer
  const at = now()
  // What has no times of its own is what it is now.
  const when = source === 'advanced-hunting' || source === 'sign-ins' ? { from, to } : { from: at, to: at }
  return { ok: true, finding: { lookUp: id, checks, what, source, ...when, count, ...(isMore && { isMore }), rows } }
}

const reasonOf = (failure: GraphFailure): LookUpFailure => {
  switch (failure.kind) {
    case 'forbidden':
      return { why: 'forbidden', permission: failure.permission }
    case 'signed-out':
    case 'throttled':
    case 'unreachable':
      return { why: failure.kind }
    case 'not-found':
    case 'conflict':
    case 'invalid':
      return { why: 'refused' }
  }
}
