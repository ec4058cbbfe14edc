import { audienceOf, channelCard } from '../../triage/card.js'
import { stageOf } from '../../triage/case.js'
import { winnow } from '../../triage/person.js'
import { cardOf } from '../../triage/stale-cards.js'
import type { CardChanges, Desk } from '../cases/desk.js'
import type { DeliveryQueue, Retry } from '../pacing/queue.js'
import type { Located } from './card-location.js'
import { type DeliveryOutcome, afterFailure } from './delivery-failure.js'

/**
 * Why cases are taken up again. `start`: posts whose end nobody knows are lost, and lost ones are told. `fresh`: the chat has
 * forgotten everything. `rebound`: there is another channel, which may take what the former refused.
 */
export type ResumeReason = 'start' | 'fresh' | 'rebound'

type Parts = {
  readonly desk: Desk
  readonly now: () => string
  readonly queueOf: (record: Located, card: string) => DeliveryQueue
  readonly enqueue: (record: Located) => void
  readonly tellLost: (record: Located) => void
  readonly page: (record: Located) => void
  readonly keepFailed: (caseId: string, card: string, outcome: DeliveryOutcome, detail: string) => Promise<void>
}

/** Cases that nobody has taken and that came so shortly before a start, in milliseconds, page whoever is on call again. */
const freshMs = 3_600_000

/** Take cases up again: what is not there any more is kept as such, what is behind is owed, a changed guide is told. */
export const openResume = ({ desk, now, queueOf, enqueue, tellLost, page, keepFailed }: Parts) => {
  /** In its queue no post of ours is under way: one that was begun and is not ended was begun before we started. */
  const lose = async (caseId: string, name: string): Promise<Retry> => {
    const { cards } = await desk.look(caseId)
    if (cardOf(cards, name)?.state === 'posting') await keepFailed(caseId, name, 'lost', 'stopped while posting')
    return null
  }

  return async (record: Located, why: ResumeReason): Promise<void> => {
    const { state, cards } = record
    const at = now()
    const gone: CardChanges = Object.fromEntries(
      Object.entries(cards).flatMap(([name, card]) =>
        why === 'fresh' || (why === 'rebound' && card.state === 'refused' && audienceOf(name) === 'channel')
          ? [[name, afterFailure(card, 'missing', why, at)]]
          : [],
      ),
    )
    if (why === 'start') {
      for (const [name, card] of Object.entries(cards)) {
        if (card.state !== 'posting') continue
        queueOf(record, name).put(`${state.id} ${name} lost`, () => lose(state.id, name))
      }
      await desk.settle(state.id, [{ type: 'update-guide', caseId: state.id, line: null, at, by: winnow }])
    }
    const card = cardOf(cards, channelCard)
    if (why === 'start' && !state.closed && card?.state === 'lost') tellLost(record)
    const waits = why === 'start' && stageOf(state) === 'new' && Date.parse(at) - Date.parse(state.openedAt) < freshMs
    // Whether the page was sent before the end, nobody knows. Once too often is better than never.
    if (waits && (card?.posted || card?.state === 'lost')) page(record)
    if (Object.keys(gone).length > 0) await desk.keepCards(state.id, () => gone)
    const newest = await desk.look(state.id)
    if (newest.state) enqueue({ state: newest.state, cards: newest.cards })
  }
}
