import { callOnCall } from '../../dialogs/tell/page.js'
import type { Seen } from '../../dialogs/case-context.js'
import type { Case } from '../../triage/case.js'
import type { Place } from '../../triage/card.js'
import { type Announcing, announce } from './notify.js'
import type { Binding } from '../outbox/channels.js'
import { cardPlace, channelOf } from '../outbox/card-location.js'
import type { Clock } from '../pacing/clock.js'
import type { Desk } from '../cases/desk.js'
import type { Drawing } from '../outbox/render-case.js'
import type { Outcome } from '../pacing/queue.js'
import type { Lanes } from '../pacing/queues.js'

type Parts = Announcing & {
  readonly desk: Desk
  readonly drawing: Drawing
  /** Where the card of such a case goes when it is posted. */
  readonly place: (state: Case) => Place | null
  readonly binding: Pick<Binding, 'onCallIn'>
  readonly lanes: Lanes
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
export const openCalls = (parts: Parts) => {
  const { desk, drawing, place, binding, lanes, clock, callPauseMs } = parts
  const waiting = new Map<string, Set<string>>()
  const quietUntil = new Map<string, number>()

  const tell = async (channel: Place): Promise<Outcome> => {
    const { conversationId } = channel
    const quietFor = (quietUntil.get(conversationId) ?? -Infinity) - clock.now()
    if (quietFor > 0) return { againInMs: Math.ceil(quietFor) }
    const codes = [...(waiting.get(conversationId) ?? [])]
    const seen = await Promise.all(codes.map(look))
    const call = callOnCall(
      seen.flat().filter((one) => whereFor(one, channel) !== null),
      binding.onCallIn(channel),
    )
    const to = call && whereFor(call.about, channel)
    if (call && to) {
      const { text, mentions } = call
      const failed = 'whoever is on call could not be called'
      const lane = conversationId
      const outcome = await announce(
        { to, message: { text, mentions }, name: 'call', lane, failed, details: { cases: codes } },
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
    return (settled && drawing.see(settled)) ?? []
  }

  return (state: Case): void => {
    const to = cardPlace(state, place)
    if (!to) return
    const channel = channelOf(to)
    if (!binding.onCallIn(channel)) return
    const codes = waiting.get(channel.conversationId) ?? new Set()
    waiting.set(channel.conversationId, codes.add(state.id))
    lanes.at(`call ${channel.conversationId}`).put('call', () => tell(channel))
  }
}

/** Null where no card is: it is posted anew and calls then, or that channel takes nothing. */
const whereFor = ({ state }: Seen, channel: Place): Place | null => {
  const card = state.surfaces['channel']
  return card?.posted?.place ?? (card?.state === 'lost' ? channel : null)
}
