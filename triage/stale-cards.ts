import { type Card, type Cards, audienceOf, channelCard, chatCard, chatOwnerOf, managerCard } from './card.js'
import type { Case } from './case.js'

/**
 * True while a case wants something: it is not closed, a card of it is behind, or a post of one is under way. What only leads to the
 * case of the same alert wants nothing.
 */
export const isOpen = (state: Case, cards: Cards): boolean =>
  state.joined?.as !== 'twin' &&
  (state.closed === null ||
    staleCards(state, cards).length > 0 ||
    Object.values(cards).some((card) => card.state === 'posting') ||
    // What was approved just before the case was closed is still to be carried out.
    state.responses.some((one) => one.state === 'approved'))

/** The names of the cards that show less than there is to see, and can be posted or updated. */
export const staleCards = (state: Case, cards: Cards): readonly string[] =>
  wanted(state, cards).filter((name) => isStale(state, name, cardOf(cards, name)))

/** The card of that name; undefined when there is none. */
export const cardOf = (cards: Cards, name: string): Card | undefined =>
  Object.hasOwn(cards, name) ? cards[name] : undefined

/** The channel's card, the one of the newest question to a manager, and those in analysts' own chats. */
const wanted = ({ confirmation, joined }: Case, cards: Cards): readonly string[] =>
  // A case that shares another's card has none of its own.
  joined
    ? []
    : [
        channelCard,
        // A question that stands on a card with others has none of its own.
        ...(confirmation && !confirmation.together ? [managerCard(confirmation.line)] : []),
        // Who was asked before learns that it is not for them any more.
        ...(confirmation?.passedOn
          ? [managerCard(confirmation.passedOn.line)].filter((name) => cardOf(cards, name)?.state === 'shown')
          : []),
        ...Object.keys(cards).filter((name) => audienceOf(name) === 'analyst'),
      ]

const isStale = (state: Case, name: string, card: Card | undefined): boolean => {
  if (!card) return name === channelCard || (state.confirmation?.state === 'asked' && state.closed === null)
  if (card.state === 'refused' || card.state === 'lost' || card.state === 'posting') return false
  const owner = chatOwnerOf(name)
  if (owner !== null && owner !== state.owner?.id) {
    // Who had it before is told once who has it now, and then left in peace.
    return card.state === 'shown' && card.shownLine < state.changed.owner
  }
  return card.state === 'missing' || card.shownLine < newestFor(state, card)
}

/**
 * The newest line that belongs on a card: a manager's shows what concerns the question only. A chat keeps nothing of what was typed
 * when it draws a card anew. So a card that its owner fills in waits with notes, findings and the manager's answer until the owner acts;
 * these are told in the thread, and make no press on it late.
 */
const newestFor = (
  { line, quiet, changed, confirmation, members, lookedUpSoon, doubted }: Case,
  { audience, holds }: Card,
): number => {
  if (audience === 'manager') return Math.max(changed.confirmation, changed.closed)
  if (!holds) return line - 1 - quiet
  // A question is put by the owner, and that it did not arrive follows at once.
  const isOwners = confirmation?.state === 'asked' || confirmation?.state === 'unreached'
  // Whom the owner takes out of a group is listed no more; who joins it waits, as other news does.
  const takenOut = members.map(({ outLine }) => outLine ?? 0)
  return Math.max(
    isOwners ? changed.confirmation : 0,
    lookedUpSoon,
    // The owner's own press led to it.
    doubted?.line ?? 0,
    ...takenOut,
    ...drawnOver.map((part) => changed[part]),
  )
}

/** What presses on a card that is filled in rely on. */
const drawnOver = ['owner', 'answers', 'verdict', 'steps', 'closed', 'guide', 'responses'] as const

/** What a command asks of the cards: to have one in one's own chat, when none is there or on its way; null otherwise. */
export const chatCardWanted = (cards: Cards, personId: string, at: string): Readonly<Record<string, Card>> | null => {
  const name = chatCard(personId)
  const known = cardOf(cards, name)?.state
  if (known === 'shown' || known === 'posting' || known === 'missing') return null
  return {
    [name]: { audience: 'analyst', state: 'missing', posted: null, shownLine: -1, detail: 'asked for', since: at },
  }
}
