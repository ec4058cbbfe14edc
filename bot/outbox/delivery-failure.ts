import { type Card, type ConversationRef, channelCard, chatCard, managerCard } from '../../triage/card.js'
import type { Command } from '../../triage/command.js'
import { winnow } from '../../triage/person.js'
import { say } from '../../triage/phrases.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { type Messenger, DeliveryFailure } from '../chat.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'

/**
 * What became of a card that was not delivered. `later`: surely not there, owed as before. `lost`: it may be there, so it is not
 * posted again. `refused`: the chat will not take it. `missing`: it was there and is not any more.
 */
export type DeliveryOutcome = 'later' | 'lost' | 'refused' | 'missing'

/** What a failure means for a card. What is surely not there is tried again; what may be there is not, but for an update. */
export const outcomeOf = ({ kind }: DeliveryFailure, isUpdate: boolean): DeliveryOutcome => {
  if (kind === 'not-now' || (kind === 'unknown' && isUpdate)) return 'later'
  return kind === 'never' ? 'refused' : kind === 'gone' ? 'missing' : 'lost'
}

/**
 * The card as it is kept after that. A post that surely did not happen is taken back: null, or `missing` where the card is owed
 * because somebody asked for it.
 */
export const afterFailure = (card: Card, outcome: DeliveryOutcome, detail: string, at: string): Card | null => {
  if (outcome === 'later' && card.audience !== 'analyst') return null
  const state = outcome === 'later' ? 'missing' : outcome
  return { ...card, state, posted: null, shownLine: -1, detail, since: at }
}

/**
 * The chat with a person, or in how many milliseconds to ask again: new chats count for limits of their own, all together.
 * Opening it twice gives the same chat, so an unknown end may be tried again.
 */
export const openChat = async (
  messenger: Messenger,
  rateLimiter: RateLimiter,
  personId: string,
  via: ConversationRef,
): Promise<ConversationRef | number> => {
  const turn = rateLimiter.ask({ tenantId: via.tenantId, conversationId: 'new chats' })
  if (typeof turn === 'number') return turn
  try {
    return await messenger.direct(personId, via)
  } catch (error) {
    throw error instanceof DeliveryFailure && error.kind === 'unknown'
      ? new DeliveryFailure('not-now', error.code)
      : error
  } finally {
    turn()
  }
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

/** True for the card in the channel. */
export const isChannelCard = (name: string): boolean => name === channelCard
