import { type Card, type Cards, audienceOf, channelCard, managerCard } from '../../triage/card.js'
import { cardOf } from '../../triage/stale-cards.js'
import type { CaseWithCards } from '../cases/card-location.js'
import type { CardChanges, CommandResult, Desk } from '../cases/desk.js'
import type { Retry } from '../pacing/queue.js'
import type { Bookkeeping } from './bookkeeping.js'
import type { CardNews } from './card-news.js'
import { type DeliveryOutcome, afterFailure } from './delivery-failure.js'

/**
 * Why cases are taken up again. `start`: posts whose end nobody knows are lost, what was refused is tried again, and how cards
 * stand is told again. `fresh`: the chat has forgotten everything. `rebound`: there is another channel, which may take what the
 * former refused.
 */
export type ResumeReason = 'start' | 'fresh' | 'rebound'

type Parts = {
  readonly desk: Desk
  readonly now: () => string
  readonly put: (record: CaseWithCards, card: string, work: () => Promise<Retry>, name: string) => void
  readonly note: (record: CommandResult) => void
  readonly tell: (record: CaseWithCards, card: string, outcome: CardNews['outcome'], again: boolean) => void
  readonly isBusy: Bookkeeping['isBusy']
  readonly keepFailed: (
    caseId: string,
    card: string,
    update: null,
    outcome: DeliveryOutcome,
    detail: string,
  ) => Promise<void>
}

/** Take cases up again: what is not there any more is kept as such, what is behind is owed. */
export const openResume = ({ desk, now, put, note, tell, isBusy, keepFailed }: Parts) => {
  /** A post that was begun and is none of ours was begun before we started. */
  const lose = async (caseId: string, name: string): Promise<Retry> => {
    const { cards } = await desk.look(caseId)
    if (cardOf(cards, name)?.state === 'posting' && !isBusy(caseId, name))
      await keepFailed(caseId, name, null, 'lost', 'stopped while posting')
    return null
  }

  const isGone = (name: string, card: Card, why: ResumeReason): boolean =>
    why === 'fresh' || (card.state === 'refused' && audienceOf(name) === 'channel')

  const gone = (cards: Cards, why: ResumeReason, at: string): CardChanges =>
    Object.fromEntries(
      Object.entries(cards).flatMap(([name, card]) =>
        isGone(name, card, why) ? [[name, afterFailure(card, 'missing', why, at)]] : [],
      ),
    )

  return async (record: CaseWithCards, why: ResumeReason): Promise<void> => {
    const { state, cards } = record
    const at = now()
    const isAnyGone = Object.entries(cards).some(([name, card]) => isGone(name, card, why))
    if (isAnyGone) await desk.keepCards(state.id, (newest) => gone(newest.cards, why, at))
    if (why === 'start') {
      for (const [name, card] of Object.entries(cards)) {
        if (card.state !== 'posting') continue
        put(record, name, () => lose(state.id, name), `${state.id} ${name} lost`)
      }
      // A crash may have come between what is known of the manager's card and the line that tells of it.
      const asked = state.confirmation?.state === 'asked' ? managerCard(state.confirmation.line) : null
      const question = asked === null ? undefined : cardOf(cards, asked)
      if (asked !== null && (question?.state === 'lost' || question?.state === 'refused')) {
        const { state: outcome, detail } = question
        const again = (): Promise<null> => keepFailed(state.id, asked, null, outcome, detail).then(() => null)
        put(record, asked, again, `${state.id} ${asked} told`)
      }
      const card = cardOf(cards, channelCard)
      if (card?.state === 'lost') tell(record, channelCard, 'lost', true)
      if (card?.state === 'shown') tell(record, channelCard, 'posted', true)
    }
    note(await desk.look(state.id))
  }
}
