import type { StoredCase } from '../../store/store.js'
import { type Card, audienceOf, channelCard, chatCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import { replay } from '../../triage/evolve.js'
import { staleCards } from '../../triage/stale-cards.js'
import { type Activity, incidents, people } from '../support/activities.js'
import type { FakeConnector, Stored } from '../support/fake-connector.js'
import { caseOf, lineOf } from './press.js'

/** What Teams shows, against what is true: a sentence for each card that is double, missing, old or lost without a word. */
export const wrongOnScreen = (
  cases: ReadonlyMap<string, StoredCase>,
  { messages, chats }: Teams,
): readonly string[] => {
  const texts = messages()
    .filter(isInChannel)
    .map(({ activity: { text } }) => text)
  const told = texts.filter((text) => typeof text === 'string').join('\n')
  return [
    ...doubles(messages(), chats),
    ...[...cases].flatMap(([id, stored]) => wrongWith(stored, messages(), told).map((what) => `case ${id}: ${what}`)),
  ]
}

/** How many cards are recorded as lost. */
export const lostOf = (cases: ReadonlyMap<string, StoredCase>): number =>
  [...cases.values()].filter(({ cards }) => cards[channelCard]?.state === 'lost').length

const wrongWith = ({ diary, cards }: StoredCase, messages: readonly Stored[], told: string): readonly string[] => {
  const state = replay(diary)
  if (!state) return ['it has no first line']
  const channel = cards[channelCard]
  const late = staleCards(state, cards).map((name) => `the card ${name} is behind line ${state.line - 1}`)
  const untold = channel?.state === 'lost' && state.closed === null && !told.includes(state.id)
  const chat = state.owner ? cards[chatCard(state.owner.id)] : undefined
  return [
    ...late,
    ...(untold ? ['its card is lost and the channel was never told'] : []),
    ...(channel?.state === 'lost' ? [] : oldOn('channel', channel, state, messages)),
    ...(chat?.state === 'shown' ? oldOn('chat', chat, state, messages) : []),
  ]
}

const oldOn = (name: string, card: Card | undefined, { line }: Case, messages: readonly Stored[]) => {
  if (card?.state !== 'shown') return [`its card in the ${name} is ${card?.state ?? 'nowhere'}`]
  const message = messages.find(({ messageId }) => messageId === card.posted?.messageId)
  const shows = message && cardsIn(message).map(lineOf)[0]
  // A card that its owner fills in waits with news of others: then it shows what is kept of it, and nothing that it must show is missing.
  const right = card.holds ? card.shownLine : line - 1
  return shows === right ? [] : [`its card in the ${name} shows line ${shows}, and line ${right} is the newest`]
}

/**
 * Each card of a case is posted once: the one in the channel, one for each question to a manager. In an analyst's own chat it is
 * posted anew whenever somebody asks for it, so those are not counted. Cards that have no button tell no case and are left out.
 */
const doubles = (messages: readonly Stored[], chats: Teams['chats']) => {
  const posts = new Map<string, number>()
  for (const message of messages) {
    for (const card of cardsIn(message).filter((one) => caseOf(one) !== '')) {
      const name = nameOf(message, card, chats)
      if (audienceOf(name) === 'analyst') continue
      const key = `${caseOf(card)} ${name}`
      posts.set(key, (posts.get(key) ?? 0) + 1)
    }
  }
  return [...posts].flatMap(([key, times]) => (times > 1 ? [`case ${key}: this card was posted ${times} times`] : []))
}

const nameOf = (message: Stored, card: Activity, chats: Teams['chats']): string => {
  if (isInChannel(message)) return channelCard
  const analyst = [people.ana, people.bo].find(({ id }) => chats.get(id) === message.conversationId)
  return analyst ? chatCard(analyst.aadObjectId) : `manager/${lineOf(card)}`
}

type Teams = Pick<FakeConnector, 'messages' | 'chats'>

const isInChannel = ({ conversationId }: Stored): boolean => conversationId.startsWith(incidents)

const cardsIn = ({ activity: { attachments } }: Stored): readonly Activity[] =>
  Array.isArray(attachments) ? attachments.map(({ content }) => ({ ...content })) : []
