import { type Case, chatSurface } from '../../triage/case.js'
import type { Diary } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { behind } from '../../triage/settled.js'
import type { Surface } from '../../triage/card.js'
import { type Activity, incidents, people } from '../support/activities.js'
import type { FakeConnector, Stored } from '../support/fake-connector.js'
import { caseOf, lineOf } from './press.js'

/** What Teams shows, against what is true: a sentence for each card that is double, missing, old or lost without a word. */
export const wrongOnScreen = (diaries: ReadonlyMap<string, Diary>, { messages, chats }: Teams): readonly string[] => {
  const texts = messages()
    .filter(isInChannel)
    .map(({ activity: { text } }) => text)
  const told = texts.filter((text) => typeof text === 'string').join('\n')
  const states = [...diaries.values()].flatMap((diary) => replay(diary) ?? [])
  return [
    ...doubles(diaries, messages(), chats),
    ...states.flatMap((state) => wrongWith(state, messages(), told).map((what) => `case ${state.id}: ${what}`)),
  ]
}

/** How many cards are recorded as lost. */
export const lostOf = (diaries: ReadonlyMap<string, Diary>): number =>
  [...diaries.values()].filter((diary) => replay(diary)?.surfaces['channel']?.state === 'lost').length

const wrongWith = (state: Case, messages: readonly Stored[], told: string): readonly string[] => {
  const { owner, surfaces } = state
  const { channel } = surfaces
  const late = behind(state).map((name) => `the card ${name} is behind line ${state.news}`)
  const untold = channel?.state === 'lost' && state.closed === null && !told.includes(state.id)
  const chat = owner ? surfaces[chatSurface(owner.id)] : undefined
  return [
    ...late,
    ...(untold ? ['its card is lost and the channel was never told'] : []),
    ...(channel?.state === 'lost' ? [] : oldOn('channel', channel, state, messages)),
    ...(chat?.state === 'shown' ? oldOn('chat', chat, state, messages) : []),
  ]
}

const oldOn = (name: string, surface: Surface | undefined, { news }: Case, messages: readonly Stored[]) => {
  if (surface?.state !== 'shown') return [`its card in the ${name} is ${surface?.state ?? 'nowhere'}`]
  const message = messages.find(({ messageId }) => messageId === surface.posted?.messageId)
  const line = message && cardsIn(message).map(lineOf)[0]
  return line === news ? [] : [`its card in the ${name} shows line ${line}, and line ${news} is the newest`]
}

/**
 * Each card of a case is posted once: the one in the channel, one for each question to a manager. In an analyst's own chat it is
 * posted as often as it was asked for anew. Cards that have no button tell no case and are left out.
 */
const doubles = (diaries: ReadonlyMap<string, Diary>, messages: readonly Stored[], chats: Teams['chats']) => {
  const posts = new Map<string, number>()
  for (const message of messages) {
    for (const card of cardsIn(message).filter((one) => caseOf(one) !== '')) {
      const name = `${caseOf(card)} ${surfaceOf(message, card, chats)}`
      posts.set(name, (posts.get(name) ?? 0) + 1)
    }
  }
  return [...posts].flatMap(([name, times]) => {
    const [caseId = '', surface = ''] = name.split(' ')
    const anew = (diaries.get(caseId) ?? []).filter(
      (event) => event.type === 'unshown' && event.surface === surface && event.why === 'gone',
    )
    const most = surface.startsWith('analyst/') ? anew.length : anew.length + 1
    return times > most ? [`case ${caseId}: the card ${surface} was posted ${times} times, not ${most}`] : []
  })
}

const surfaceOf = (message: Stored, card: Activity, chats: Teams['chats']): string => {
  if (isInChannel(message)) return 'channel'
  const analyst = [people.ana, people.bo].find(({ id }) => chats.get(id) === message.conversationId)
  return analyst ? chatSurface(analyst.aadObjectId) : `manager/${lineOf(card)}`
}

type Teams = Pick<FakeConnector, 'messages' | 'chats'>

const isInChannel = ({ conversationId }: Stored): boolean => conversationId.startsWith(incidents)

const cardsIn = ({ activity: { attachments } }: Stored): readonly Activity[] =>
  Array.isArray(attachments) ? attachments.map(({ content }) => ({ ...content })) : []
