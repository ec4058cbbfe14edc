import type { GraphFailure } from '../graph/failure.js'
import type { Graph } from '../graph/client.js'
import type { LookUpFinding } from '../../triage/look-up.js'

/** What a look-up found, or why it found nothing out. */
export type LookUpAnswer =
  | ({ readonly ok: true } & Pick<LookUpFinding, 'source' | 'count' | 'isMore' | 'rows'>)
  | { readonly ok: false; readonly failure: GraphFailure }

/** Asks Graph one question, within the time and the number of questions that are allowed. Never rejects. */
export type AskGraph = Graph['ask']

/** So many rows of an answer are kept. */
export const mostRows = 5

/** An answer of rows, the first of them kept. */
export const answerOf = (
  source: LookUpFinding['source'],
  rows: readonly string[],
  isMore = false,
): LookUpAnswer & { readonly ok: true } => ({
  ok: true,
  source,
  count: rows.length,
  ...(isMore && { isMore }),
  rows: rows.slice(0, mostRows),
})

/** An answer that is not what it should be. */
export const unreadable: LookUpAnswer = {
  ok: false,
  failure: { kind: 'invalid', says: 'an answer that is no list of rows' },
}
