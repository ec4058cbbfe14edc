import { callTaken, callUnreached, formerOwner } from '../../dialogs/tell/handover.js'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Place } from '../../triage/card.js'
import { type Announcing, announce } from './notify.js'
import { cardPlace } from '../outbox/card-location.js'
import type { Desk, Settled, Written } from '../cases/desk.js'
import type { Outcome } from '../pacing/queue.js'
import type { Lanes } from '../pacing/queues.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import type { Message } from '../chat.js'

/** Calls people in the thread of a case: each once, and not again when nobody knows whether it arrived. */
export type CallOuts = {
  /** The manager's chat does not take the question on that surface. */
  unreached(state: Case, surface: string): void
  /** Something was written: where a case was taken over, who had it is told. */
  taken(written: Pick<Written, 'state' | 'written' | 'diary'>): void
}

type Parts = Announcing & {
  readonly desk: Desk
  readonly place: (state: Case) => Place | null
  readonly phrases: Phrases
  readonly lanes: Lanes
}

type CallOut = {
  readonly state: Case
  /** What it is about: the same thing waits to be said only once. */
  readonly about: string
  /** The words, as the case is when its turn has come; null when they need not be said any more. */
  readonly say: (settled: Settled) => Message | null
  /** What the log says when it may not have arrived. */
  readonly failed: string
}

/** Nobody to call yet. What was not said when Winnow ended stays unsaid: the case's card tells it too. */
export const openCallOuts = (parts: Parts): CallOuts => {
  const { desk, place, phrases, lanes } = parts

  const call = async ({ state: { id }, about, say, failed }: CallOut, lane: string): Promise<Outcome> => {
    const settled = await desk.look(id)
    const to = settled.state && cardPlace(settled.state, place)
    const message = to && say(settled)
    if (!message) return null
    return announce({ to, message, name: `${id} ${about}`, lane, failed, details: { case: id } }, parts)
  }

  /** One lane for each channel: where one takes nothing, the others go on. */
  const put = (callOut: CallOut): void => {
    const { state, about } = callOut
    const lane = `call-outs ${conversationOf(cardPlace(state, place)?.conversationId ?? '')}`
    lanes.at(lane).put(`${state.id} ${about}`, () => call(callOut, lane))
  }

  return {
    unreached: (state, surface) =>
      put({
        state,
        about: surface,
        say: (settled) => settled.state && callUnreached(settled.state, surface, phrases),
        failed: 'a manager could not be asked, and the channel could not be told',
      }),
    taken: ({ state, written, diary }) => {
      const former = formerOwner(diary, written)
      if (!former) return
      put({
        state,
        about: `taken from ${former.id}`,
        say: (settled) => settled.state && callTaken(settled.state, former, phrases),
        failed: 'a case was taken over, and who had it could not be told',
      })
    },
  }
}
