import { type Card, type MessageRef, chatCard, managerCard } from '../../triage/card.js'
import type { Command } from '../../triage/command.js'
import { winnow } from '../../triage/person.js'
import { say } from '../../triage/phrases.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { DeliveryFailure } from '../chat.js'

/**
 * What became of a card that was not delivered. `later`: surely not there, owed as before. `lost`: it may be there, so it is not
 * posted again. `refused`: the chat will not take it. `missing`: it was there and is not any more.
 */
export type DeliveryOutcome = 'later' | 'lost' | 'refused' | 'missing'

/** What a failure means for a card. What is surely not there is tried again; what may be there is not, but for an update. */
export const outcomeOf = ({ kind }: DeliveryFailure, isUpdate: boolean): DeliveryOutcome => {
  if (kind === 'transient' || (kind === 'unknown' && isUpdate)) return 'later'
  return kind === 'permanent' ? 'refused' : kind === 'missing' ? 'missing' : 'lost'
}

/** The detail of a card that was held back in a storm and is owed now: taken back, it would be held back again. */
export const letGo = 'held back'

/**
 * The card as it is kept after that. A post that surely did not happen is taken back: null, or `missing` where the card is owed
 * because somebody asked for it.
 */
export const afterFailure = (card: Card, outcome: DeliveryOutcome, detail: string, at: string): Card | null => {
  if (outcome === 'later' && card.audience !== 'analyst' && card.detail !== letGo) return null
  const state = outcome === 'later' ? 'missing' : outcome
  return { ...card, state, posted: null, shownLine: -1, detail, since: at }
}

/**
 * True when a failure changes what is known of a card: it was an update of what stands there, or a post of what does not; not when
 * a click or another post has told better since.
 */
export const isAbout = (known: Card | undefined, update: MessageRef | null, outcome: DeliveryOutcome): boolean => {
  if (update !== null) return known?.state === 'shown' && known.posted?.messageId === update.messageId
  // A post that did not happen is only taken back where one was begun.
  return known?.state === 'posting' || (outcome !== 'later' && (known === undefined || known.state === 'missing'))
}

/**
 * What is news to people about a card that is not there, or may not be: a manager may not have got the open question, or an owner
 * the card in their own chat. Empty when nobody waits for it.
 */
export const newsOf = (
  name: string,
  outcome: DeliveryOutcome,
  detail: string,
  { state, phrases }: CaseContext,
  at: string,
): readonly Command[] => {
  if (outcome !== 'refused' && outcome !== 'lost') return []
  const { confirmation, owner } = state
  const stamp = { caseId: state.id, line: null, at, by: winnow } as const
  if (confirmation?.state === 'asked' && name === managerCard(confirmation.line)) {
    const why = outcome === 'refused' ? 'refused' : 'unknown'
    return [{ ...stamp, type: 'note-unreached', asked: confirmation.line, why, detail }]
  }
  if (owner && name === chatCard(owner.id)) {
    return [{ ...stamp, type: 'note', text: say(phrases, 'chat.unreached', { name: owner.name, detail }) }]
  }
  return []
}
