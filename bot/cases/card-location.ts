import { type Cards, type ConversationRef, channelCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import { cardOf } from '../../triage/stale-cards.js'
import { conversationOf } from '../pacing/rate-limiter.js'

/** A case and where its cards stand, as far as it is needed to find the way to them. */
export type CaseWithCards = { readonly state: Case; readonly cards: Cards }

/** Where the card of a case stands, with its thread; or where it would be posted, null as long as nobody has said so. */
export const cardPlace = (
  { state, cards }: CaseWithCards,
  place: (state: Case) => ConversationRef | null,
): ConversationRef | null => cardOf(cards, channelCard)?.posted?.place ?? place(state)

/** The channel as a whole, of a place in one of its threads. */
export const channelOf = (place: ConversationRef): ConversationRef => ({
  ...place,
  conversationId: conversationOf(place.conversationId),
})
