import type { Case } from '../../triage/case.js'
import type { Diary } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { behind } from '../../triage/settled.js'
import { type Activity, incidents } from '../support/activities.js'
import type { Stored } from '../support/fake-connector.js'
import { caseOf, lineOf } from './press.js'

/** What Teams shows, against what is true: a sentence for each card that is double, missing, old or lost without a word. */
export const wrongOnScreen = (diaries: ReadonlyMap<string, Diary>, messages: readonly Stored[]): readonly string[] => {
  const channel = messages.filter(isInChannel)
  const told = channel.map(({ activity: { text } }) => (typeof text === 'string' ? text : '')).join('\n')
  const states = [...diaries.values()].flatMap((diary) => replay(diary) ?? [])
  return [
    ...doubles(messages),
    ...states.flatMap((state) => wrongWith(state, channel, told).map((what) => `case ${state.id}: ${what}`)),
  ]
}

/** How many cards are recorded as lost. */
export const lostOf = (diaries: ReadonlyMap<string, Diary>): number =>
  [...diaries.values()].filter((diary) => replay(diary)?.surfaces['channel']?.state === 'lost').length

const wrongWith = (state: Case, channel: readonly Stored[], told: string): readonly string[] => {
  const { channel: surface } = state.surfaces
  const late = behind(state).map((name) => `the card ${name} is behind line ${state.news}`)
  if (surface?.state === 'lost') {
    const isOpen = state.closed === null
    return isOpen && !told.includes(state.id) ? [...late, 'its card is lost and the channel was never told'] : late
  }
  if (surface?.state !== 'shown') return [...late, `its card is ${surface?.state ?? 'nowhere'}`]
  const message = channel.find(({ messageId }) => messageId === surface.posted?.messageId)
  const line = message && cardsIn(message).map(lineOf)[0]
  return line === state.news ? late : [...late, `its card shows line ${line} and line ${state.news} is the newest`]
}

/** A case has one card in the channel, and each question to a manager one in the chat. Some have no button that tells the case. */
const doubles = (messages: readonly Stored[]): readonly string[] => {
  const names = messages
    .flatMap((message) => cardsIn(message).map((card) => ({ card, inChannel: isInChannel(message) })))
    .filter(({ card }) => caseOf(card) !== '')
    .map(({ card, inChannel }) => `case ${caseOf(card)}${inChannel ? '' : `, question ${lineOf(card)}`}`)
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size).map((name) => `${name}: its card was posted twice`)
}

const isInChannel = ({ conversationId }: Stored): boolean => conversationId.startsWith(incidents)

const cardsIn = ({ activity: { attachments } }: Stored): readonly Activity[] =>
  Array.isArray(attachments) ? attachments.map(({ content }) => ({ ...content })) : []
