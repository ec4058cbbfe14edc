import type { Case } from '../../triage/case.js'
import type { ConversationRef } from '../../triage/card.js'
import { conversationOf } from '../pacing/rate-limiter.js'

/** Where the card of a case stands, with its thread; or where it would be posted, null as long as nobody has said so. */
export const cardPlace = (state: Case, place: (state: Case) => ConversationRef | null): ConversationRef | null =>
  state.surfaces['channel']?.posted?.place ?? place(state)

/** The channel as a whole, of a place in one of its threads. */
export const channelOf = (place: ConversationRef): ConversationRef => ({
  ...place,
  conversationId: conversationOf(place.conversationId),
})
