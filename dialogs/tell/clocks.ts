import { type Case, stageOf } from '../../triage/case.js'
import { unassignedSince } from '../../triage/deadlines.js'
import type { Event } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, languageOf, say } from '../../triage/phrases.js'
import { severities } from '../../triage/alert.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'
import { age, shortTime } from '../time.js'
import type { Notice } from './handover.js'

type Of<T extends Event['type']> = Event & { readonly type: T }

/** A page, and the case it tells of. */
export type ClockPage = Notice & { readonly about: CaseContext }

/**
 * Page these people for cases that no one has taken: the worst is told of, of equals the first, and how many more there are. Null once
 * none is unassigned.
 */
export const describePage = (
  cases: readonly CaseContext[],
  { to, why }: Pick<Of<'paged'>, 'to' | 'why'>,
  now: string,
): ClockPage | null => {
  const waiting = cases.filter(({ state }) => stageOf(state) === 'new')
  const [about, ...more] = waiting.toSorted((one, other) => rank(other) - rank(one))
  if (!about || to.length === 0) return null
  const { state, diary, guide, phrases } = about
  const people = to.map(readable)
  const told = {
    names: namesOf(people),
    code: state.id,
    severity: say(phrases, `severity.${state.alert.severity}`),
    kind: guide.title,
    age: age(unassignedSince(state, diary), now, phrases),
    count: String(more.length),
  }
  const key = why === 'unanswered' ? 'page.unanswered' : more.length > 0 ? 'page.again.more' : 'page.again'
  return { text: say(phrases, key, told), mentions: people, about }
}

/** The names of people in one text. */
export const namesOf = (people: readonly Person[]): string => people.map(({ name }) => name).join(', ')

/** To the owner: that nothing has happened in their case, and what comes of that. Null once it is not theirs any more. */
export const describeReminder = (
  event: Of<'reminded'>,
  { id, owner, closed }: Case,
  phrases: Phrases,
  zone: string,
): Notice | null => {
  if (closed || owner?.id !== event.person.id) return null
  const told = readable(owner)
  const until = event.until === null ? '' : shortTime(event.until, zone, languageOf(phrases))
  const key = event.until === null ? 'owner.reminded' : 'owner.reminded.until'
  return { text: say(phrases, key, { owner: told.name, code: id, until }), mentions: [told] }
}

/** To who had a case: that it was released, and is anyone's now. Null once someone has taken it. */
export const describeRelease = (
  event: Of<'released'>,
  { id, owner, closed }: Case,
  phrases: Phrases,
): Notice | null => {
  if (!event.from || owner || closed) return null
  const told = readable(event.from)
  return { text: say(phrases, 'owner.released', { owner: told.name, code: id }), mentions: [told] }
}

/** To the owner: that the manager was reminded of the question, and how long it stays open. */
export const describeManagerReminder = (
  event: Of<'reminded'>,
  state: Case,
  phrases: Phrases,
  zone: string,
): Notice | null => {
  const { id, owner } = state
  if (!owner || !isAsked(state, event.person)) return null
  const told = readable(owner)
  const names = { owner: told.name, manager: readable(event.person).name, code: id }
  return {
    text: say(phrases, 'owner.manager-reminded', {
      ...names,
      until: shortTime(event.until ?? event.at, zone, languageOf(phrases)),
    }),
    mentions: [told],
  }
}

/** To the manager, in their own chat: that an answer is waited for, by whom, about whom, and until when. */
export const describeToManager = (
  event: Of<'reminded'>,
  state: Case,
  phrases: Phrases,
  zone: string,
): Notice | null => {
  const { confirmation, id } = state
  if (!confirmation || !isAsked(state, event.person)) return null
  const { askedBy, about, until } = confirmation
  const told = { asker: readable(askedBy).name, about: escapeUntrusted(about, 120), code: id }
  return {
    text: say(phrases, 'manager.reminded', { ...told, until: shortTime(until, zone, languageOf(phrases)) }),
    mentions: [],
  }
}

/** To the owner: that the question has gone to someone else. */
export const describePassedOn = (
  event: Of<'confirmation-passed-on'>,
  state: Case,
  phrases: Phrases,
  zone: string,
): Notice | null => {
  const { id, owner } = state
  if (!owner || !isAsked(state, event.to)) return null
  const told = readable(owner)
  const names = { owner: told.name, manager: readable(event.from).name, other: readable(event.to).name, code: id }
  return {
    text: say(phrases, 'owner.passed-on', { ...names, until: shortTime(event.until, zone, languageOf(phrases)) }),
    mentions: [told],
  }
}

const isAsked = ({ closed, confirmation }: Case, manager: Person): boolean =>
  !closed && confirmation?.state === 'asked' && confirmation.manager.id === manager.id

const rank = ({ state }: CaseContext): number => severities.indexOf(state.alert.severity)

const readable = ({ id, name }: Person): Person => ({ id, name: escapeUntrusted(name, 60) })
