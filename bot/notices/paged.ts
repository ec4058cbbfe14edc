import type { Case } from '../../triage/case.js'
import { type Cards, type ConversationRef, channelCard } from '../../triage/card.js'
import { type Person, winnow } from '../../triage/person.js'
import { isAsBad } from '../../triage/routing.js'
import { cardOf } from '../../triage/stale-cards.js'
import { cardPlace, channelOf } from '../cases/card-location.js'
import type { Paged } from '../cases/clocks.js'
import type { Desk } from '../cases/desk.js'
import type { OnCallNow } from '../outbox/on-call.js'

type Parts = {
  readonly place: (state: Case) => ConversationRef | null
  readonly onCall: OnCallNow
  /** Object ids of leads. */
  readonly leads: readonly string[]
  /** The names of those people, as far as a roster has them. */
  readonly namesOf: (personIds: readonly string[]) => readonly string[]
}

/**
 * Whom a case that waits can page now: who is on call in its channel if the alert is severe enough for them, the leads, and who comes
 * next on the rota. No one as long as its card is held back or on its way: the card itself pages, and a storm does.
 */
export const openPaged =
  ({ place, onCall, leads, namesOf }: Parts) =>
  (state: Case, cards: Cards): Paged => {
    const card = cardOf(cards, channelCard)?.state ?? 'missing'
    const at = cardPlace({ state, cards }, place)
    if (!at || card === 'missing' || card === 'posting') return { again: [], leads: [], next: [] }
    const channel = channelOf(at)
    const current = onCall.onCallIn(channel)
    const isTheirs = current !== null && isAsBad(state.alert.severity, current.atLeast)
    return {
      again: isTheirs ? [current.person] : [],
      leads: leads.map((id): Person => ({ id, name: namesOf([id])[0] ?? id })),
      next: isTheirs ? onCall.nextIn(channel).slice(0, 1) : [],
    }
  }

/** Write down whom the page of new cards has reached. Never rejects: that it was sent is true all the same. */
export const openNotePages =
  (parts: {
    readonly desk: Pick<Desk, 'settle'>
    readonly now: () => string
    readonly log: { warn(details: object, text: string): void }
  }) =>
  async (caseIds: readonly string[], to: readonly Person[]): Promise<void> => {
    const { desk, now, log } = parts
    for (const caseId of caseIds)
      await desk
        .settle(caseId, [
          { type: 'page', step: 'first', why: 'unassigned', to, caseId, line: null, at: now(), by: winnow },
        ])
        .catch((error: unknown) => log.warn({ err: error, case: caseId }, 'a page could not be written down'))
  }
