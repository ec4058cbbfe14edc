import { pageOnCall } from '../../dialogs/tell/page.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { Case } from '../../triage/case.js'
import { cardOf } from '../../triage/stale-cards.js'
import { type ConversationRef, channelCard } from '../../triage/card.js'
import { type Notifying, notify } from './notify.js'
import type { Channels } from '../outbox/channels.js'
import { type Located, cardPlace, channelOf } from '../outbox/card-location.js'
import type { Clock } from '../pacing/clock.js'
import type { Desk } from '../cases/desk.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Retry } from '../pacing/queue.js'
import type { DeliveryQueues } from '../pacing/queues.js'

type Parts = Notifying & {
  readonly desk: Desk
  readonly renderer: CaseRenderer
  /** Where the card of such a case goes when it is posted. */
  readonly place: (state: Case) => ConversationRef | null
  readonly binding: Pick<Channels, 'onCallIn'>
  readonly deliveryQueues: DeliveryQueues
  readonly clock: Clock
  /** How long a channel is left in peace after a call, in milliseconds. */
  readonly callPauseMs: number
}

/**
 * Call whoever is on call, by name, in the thread of a card that was just posted, or in the channel when nobody knows whether the
 * card arrived: who sleeps must not depend on it. Teams makes two messages of a card with a text and tells the id of neither, so
 * the card goes alone and the call follows. What comes soon after a call is told of in one more, for a phone that never stops
 * buzzing is switched off, and the cards need the channel's pace themselves.
 */
export const openPager = (parts: Parts) => {
  const { desk, renderer, place, binding, deliveryQueues, clock, callPauseMs } = parts
  const waiting = new Map<string, Set<string>>()
  const quietUntil = new Map<string, number>()

  const tell = async (channel: ConversationRef): Promise<Retry> => {
    const { conversationId } = channel
    const quietFor = (quietUntil.get(conversationId) ?? -Infinity) - clock.now()
    if (quietFor > 0) return { againInMs: Math.ceil(quietFor) }
    const codes = [...(waiting.get(conversationId) ?? [])]
    const context = await Promise.all(codes.map(look))
    const call = pageOnCall(
      context.flat().filter((one) => whereFor(one, channel) !== null),
      binding.onCallIn(channel),
    )
    const to = call && whereFor(call.about, channel)
    if (call && to) {
      const { text, mentions } = call
      const failed = 'whoever is on call could not be called'
      const deliveryQueue = conversationId
      const outcome = await notify(
        { to, message: { text, mentions }, name: 'call', deliveryQueue, failed, details: { cases: codes } },
        parts,
      )
      if (outcome) return outcome
      quietUntil.set(conversationId, clock.now() + callPauseMs)
    }
    for (const code of codes) waiting.get(conversationId)?.delete(code)
    return null
  }

  /** One case that can't be read must not keep the others from being told of. */
  const look = async (code: string) => {
    const settled = await desk.look(code).catch(() => null)
    return (settled && renderer.contextOf(settled)) ?? []
  }

  return (record: Located): void => {
    const { state } = record
    const to = cardPlace(record, place)
    if (!to) return
    const channel = channelOf(to)
    if (!binding.onCallIn(channel)) return
    const codes = waiting.get(channel.conversationId) ?? new Set()
    waiting.set(channel.conversationId, codes.add(state.id))
    deliveryQueues.at(`call ${channel.conversationId}`).put('call', () => tell(channel))
  }
}

/** Null where no card is: it is posted anew and calls then, or that channel takes nothing. */
const whereFor = ({ cards }: CaseContext, channel: ConversationRef): ConversationRef | null => {
  const card = cardOf(cards, channelCard)
  return card?.posted?.place ?? (card?.state === 'lost' ? channel : null)
}
