import { callTaken, callUnreached, formerOwner } from '../../dialogs/tell/handover.js'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import type { ConversationRef } from '../../triage/card.js'
import { type Notifying, notify } from './notify.js'
import { type Located, cardPlace } from '../outbox/card-location.js'
import type { Desk, CommandResult, WrittenResult } from '../cases/desk.js'
import type { Retry } from '../pacing/queue.js'
import type { DeliveryQueues } from '../pacing/queues.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import type { Message } from '../chat.js'

/** Calls people in the thread of a case: each once, and not again when nobody knows whether it arrived. */
export type CallOuts = {
  /** The manager's chat does not take the question. */
  unreached(record: Located): void
  /** Something was written: where a case was taken over, who had it is told. */
  taken(written: Pick<WrittenResult, 'state' | 'written' | 'diary' | 'cards'>): void
}

type Parts = Notifying & {
  readonly desk: Desk
  readonly place: (state: Case) => ConversationRef | null
  readonly phrases: Phrases
  readonly deliveryQueues: DeliveryQueues
}

type CallOut = {
  readonly record: Located
  /** What it is about: the same thing waits to be said only once. */
  readonly about: string
  /** The words, as the case is when its turn has come; null when they need not be said any more. */
  readonly say: (settled: CommandResult) => Message | null
  /** What the log says when it may not have arrived. */
  readonly failed: string
}

/** Nobody to call yet. What was not said when Winnow ended stays unsaid: the case's card tells it too. */
export const openCallOuts = (parts: Parts): CallOuts => {
  const { desk, place, phrases, deliveryQueues } = parts

  const call = async ({ record, about, say, failed }: CallOut, deliveryQueue: string): Promise<Retry> => {
    const { id } = record.state
    const settled = await desk.look(id)
    const to = settled.state && cardPlace({ state: settled.state, cards: settled.cards }, place)
    const message = to && say(settled)
    if (!message) return null
    return notify({ to, message, name: `${id} ${about}`, deliveryQueue, failed, details: { case: id } }, parts)
  }

  /** One lane for each channel: where one takes nothing, the others go on. */
  const put = (callOut: CallOut): void => {
    const { record, about } = callOut
    const deliveryQueue = `call-outs ${conversationOf(cardPlace(record, place)?.conversationId ?? '')}`
    deliveryQueues.at(deliveryQueue).put(`${record.state.id} ${about}`, () => call(callOut, deliveryQueue))
  }

  return {
    unreached: (record) =>
      put({
        record,
        about: `manager ${record.state.confirmation?.line ?? ''}`,
        say: (settled) => settled.state && callUnreached(settled.state, phrases),
        failed: 'a manager could not be asked, and the channel could not be told',
      }),
    taken: ({ state, cards, written, diary }) => {
      const former = formerOwner(diary, written)
      if (!former) return
      put({
        record: { state, cards },
        about: `taken from ${former.id}`,
        say: (settled) => settled.state && callTaken(settled.state, former, phrases),
        failed: 'a case was taken over, and who had it could not be told',
      })
    },
  }
}
