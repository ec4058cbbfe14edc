import { chatSurface, managerSurface } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { type Person, winnow } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { inWords } from '../../dialogs/tell/unreached.js'
import type { ConversationRef, Audience } from '../../triage/card.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'
import { type Messenger, DeliveryFailure } from '../chat.js'

/** What became of a card that was not delivered; `later` means that it is owed as before. */
export type DeliveryOutcome = (Command & { readonly type: 'unshow' })['why']

/** Which card, for the commands about it. */
export type CardStamp = {
  readonly caseId: string
  readonly surface: string
  readonly audience: Audience
  readonly line: null
  readonly at: string
  readonly by: Person
}

/** What a failure means for a card. What is surely not there is tried again; what may be there is not, but for an update. */
export const outcomeOf = ({ kind }: DeliveryFailure, isUpdate: boolean): DeliveryOutcome => {
  if (kind === 'transient' || (kind === 'unknown' && isUpdate)) return 'later'
  return kind === 'permanent' ? 'refused' : kind === 'missing' ? 'gone' : 'lost'
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
      ? new DeliveryFailure('transient', error.code)
      : error
  } finally {
    turn()
  }
}

/**
 * Write down that a card is not there, or may not be. That a manager may not have got the open question, or somebody the card
 * in their own chat, is noted as well: it is news to whoever waits for it, and shows on the case's card.
 */
export const unshow = (
  stamp: CardStamp,
  why: DeliveryOutcome,
  detail: string,
  context: CaseContext | null,
): readonly Command[] => {
  const { caseId, line, at } = stamp
  const asked = context?.state.confirmation
  const isOpen = asked?.state === 'asked' && managerSurface(asked) === stamp.surface
  const owner = context?.state.owner
  const isTold = why === 'refused' || why === 'lost'
  const text =
    isOpen && isTold
      ? unreached(asked.manager, detail, context?.phrases)
      : owner && isTold && chatSurface(owner.id) === stamp.surface
        ? say(context?.phrases ?? {}, 'chat.unreached', { name: owner.name, detail })
        : null
  return [
    { ...stamp, type: 'unshow', why, detail },
    ...(text === null ? [] : [{ type: 'note', caseId, line, at, by: winnow, text } as const]),
  ]
}

const unreached = ({ name }: Person, detail: string, phrases: Phrases = {}): string =>
  say(phrases, 'manager.unreached', { manager: name, detail: inWords(detail, phrases) })
