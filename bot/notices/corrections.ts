import { describeCorrection } from '../../dialogs/tell/handover.js'
import type { Case } from '../../triage/case.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Phrases } from '../../triage/phrases.js'
import { cardPlace, channelOf } from '../cases/card-location.js'
import type { Desk } from '../cases/desk.js'
import type { Retry } from '../pacing/queue.js'
import type { DeliveryQueues } from '../pacing/queues.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import type { Lines } from './handovers.js'
import { type Notifying, type Recipient, notify } from './notify.js'
import type { Told } from './told.js'

type Parts = Notifying & {
  readonly desk: Pick<Desk, 'look'>
  readonly place: (state: Case) => ConversationRef | null
  /** Object ids of the leads, who are told in their own chats. */
  readonly leads: readonly string[]
  readonly phrases: Phrases
  /** The words of a channel's language, and of a person's; the same for all unless told. */
  readonly wordsIn?: (place: ConversationRef) => Phrases
  readonly wordsOf?: (personId: string) => Phrases
  readonly deliveryQueues: Pick<DeliveryQueues, 'at'>
  readonly told: Pick<Told, 'note' | 'has'>
}

/**
 * A manager who corrects an answer after the case was closed reopens nothing: who had the case is told in its thread, and each lead in
 * their own chat, until it has arrived or another answer counts.
 */
export const openCorrections = (parts: Parts): ((lines: Lines) => void) => {
  const { desk, place, leads, phrases, wordsIn = () => phrases, wordsOf = () => phrases } = parts
  const { deliveryQueues, told, log } = parts

  const tell = async (caseId: string, answeredAt: string, lead: string | null, queue: string): Promise<Retry> => {
    const { state, cards } = await desk.look(caseId)
    const home = state && cardPlace({ state, cards }, place)
    if (!state || !home) return null
    const words = lead === null ? wordsIn(home) : wordsOf(lead)
    const message = describeCorrection(state, answeredAt, words, lead === null ? 'owner' : 'lead')
    if (!message) return null
    const owner = state.owner?.id
    const to: readonly Recipient[] =
      lead === null
        ? [home, channelOf(home), ...(owner === undefined ? [] : [{ personId: owner, via: home }])]
        : [{ personId: lead, via: home }]
    const about = `correction ${answeredAt} ${lead ?? ''}`
    const details = { case: caseId, why: 'correction', ...(lead !== null && { lead }) }
    const outcome = await notify({ to, message, name: `${caseId} ${about}`, deliveryQueue: queue, details }, parts)
    if (outcome === null) told.note(`${caseId} ${about}`)
    if (outcome !== 'refused') return outcome
    log.error(details, 'someone could not be told that a manager corrected an answer')
    return null
  }

  return ({ state, cards, written }) => {
    const answeredAt = state.confirmation?.answeredAt ?? null
    if (!state.closed || answeredAt === null || !written.some(({ type }) => type === 'manager-answered')) return
    const channel = conversationOf(cardPlace({ state, cards }, place)?.conversationId ?? '')
    // The owner hears of it in the thread.
    const others = leads.filter((id) => id !== state.owner?.id.toLowerCase())
    for (const lead of [null, ...others]) {
      const name = `${state.id} correction ${answeredAt} ${lead ?? ''}`
      if (told.has(name)) continue
      const queue = lead === null ? `handovers ${channel}` : `lead ${lead}`
      deliveryQueues.at(queue).put(name, () => tell(state.id, answeredAt, lead, queue))
    }
  }
}
