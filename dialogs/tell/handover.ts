import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { dates, verdictName } from '../show/history.js'
import { inWords } from '../unreached.js'
import { escapeUntrusted } from '../escape.js'

/** A sentence for people in a case's thread, which mentions these by the names they have in it. */
export type Notice = { readonly text: string; readonly mentions: readonly Person[] }

/**
 * That the manager's chat does not take the question, for the manager and for who asked: a channel may reach whom
 * a chat does not, and somebody has to go on. Null once nobody waits for that answer.
 */
export const describeUnreached = (state: Case, phrases: Phrases): Notice | null => {
  const asked = state.confirmation
  if (asked?.state !== 'unreached' || state.closed) return null
  const [manager, asker] = [readable(asked.manager), readable(asked.askedBy)]
  const detail = inWords(asked.detail, phrases)
  const names = { code: state.id, manager: manager.name, asker: asker.name, detail }
  const advice = `unreached.todo.${asked.detail}`
  const todo = Object.hasOwn(phrases, advice) ? ` ${say(phrases, advice)}` : ''
  return { text: say(phrases, 'unreached.call', names) + todo, mentions: [manager, asker] }
}

/**
 * What the manager answered, or that the time for it ran out, for who has the case. Null once it is another answer than the one given
 * then (`answeredAt`, null for none), nobody has the case, or it is closed. An owner who answered as the manager is told as well: the
 * card that they fill in waits. What the manager wrote beside it stands on the card, for a sentence in a thread is no place for text
 * that may be an attacker's.
 */
export const describeManagersWord = (state: Case, answeredAt: string | null, phrases: Phrases): Notice | null => {
  const { confirmation, owner, closed } = state
  if (!confirmation || !owner || closed || confirmation.answeredAt !== answeredAt) return null
  const { answer, manager, from, to } = confirmation
  if (confirmation.state !== (answeredAt === null ? 'expired' : 'answered')) return null
  const [told, asked] = [readable(owner), readable(manager)]
  const names = { owner: told.name, manager: asked.name, code: state.id }
  const text =
    answer === null
      ? say(phrases, 'owner.expired', names)
      : say(phrases, 'owner.answered', {
          ...names,
          answer: say(phrases, `manager.${answer}`),
          dates: dates(from, to, phrases),
        })
  const doubts = (confirmation.doubts ?? []).flatMap((one) =>
    one.kind === 'subject' ? ` ${say(phrases, 'manager.doubted', { code: one.caseId })}` : [],
  )
  return { text: text + doubts.join(''), mentions: [told] }
}

/**
 * That the manager corrected an answer after the case was closed, for who had it or for a lead. Null once it is another answer than the
 * one given then, and while the case is open: then it is told as any answer is.
 */
export const describeCorrection = (
  state: Case,
  answeredAt: string,
  phrases: Phrases,
  to: 'owner' | 'lead',
): Notice | null => {
  const { confirmation, owner, closed, recordedVerdict } = state
  if (!closed || confirmation?.answeredAt !== answeredAt || confirmation.answer === null) return null
  const [had, manager] = [readable(owner ?? closed.by), readable(confirmation.manager)]
  const text = say(phrases, `${to}.corrected`, {
    owner: had.name,
    manager: manager.name,
    answer: say(phrases, `manager.${confirmation.answer}`),
    dates: dates(confirmation.from, confirmation.to, phrases),
    code: state.id,
    verdict: recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : '',
  })
  return { text, mentions: to === 'owner' ? [had] : [] }
}

/**
 * That somebody else wrote a note, or another alert about the same person came, for who has the case: on a card that they fill in
 * neither shows before they act. Null for what they know: their own note, one that was written in the thread, and once the case is closed.
 * The words of the note stand on the card: see `describeManagersWord`.
 */
export const describeUnseen = (event: Event, { id, owner, closed }: Case, phrases: Phrases): Notice | null => {
  if (!owner || closed) return null
  const told = readable(owner)
  const names = { owner: told.name, code: id }
  if (event.type === 'related-opened')
    return { text: say(phrases, 'owner.related', { ...names, other: event.other.caseId }), mentions: [told] }
  const isInThread = event.via?.message !== undefined && !event.via.message.startsWith('form:')
  if (event.type !== 'noted' || event.by.id === owner.id || isInThread) return null
  return { text: say(phrases, 'owner.noted', { ...names, by: readable(event.by).name }), mentions: [told] }
}

/** That a lead allowed to ask a manager who was refused, for who has the case; null for who allowed it, and once it does not matter any more. */
export const describeAllowed = (
  { by, manager }: Extract<Event, { readonly type: 'verifier-allowed' }>,
  { id, owner, closed, doubted }: Case,
  phrases: Phrases,
): Notice | null => {
  if (!owner || closed || owner.id === by.id || doubted?.manager.id !== manager.id) return null
  const told = readable(owner)
  const names = { owner: told.name, by: readable(by).name, manager: readable(manager).name, code: id }
  return { text: say(phrases, 'owner.allowed', names), mentions: [told] }
}

/** Who had a case before somebody else took it over in these newest lines of its diary; null when nobody did. */
export const formerOwner = (diary: Diary, written: readonly Event[]): Person | null => {
  if (!written.some(({ type }) => type === 'handed-over')) return null
  const before = replay(diary.slice(0, diary.length - written.length))?.owner ?? null
  return before?.id === replay(diary)?.owner?.id ? null : before
}

/** That somebody else has the case now, for who had it before; null when they have it back, or nobody has it. */
export const describeHandover = ({ id, owner, closed }: Case, former: Person, phrases: Phrases): Notice | null => {
  if (!owner || owner.id === former.id || closed) return null
  const [was, is] = [readable(former), readable(owner)]
  return { text: say(phrases, 'handed-over', { former: was.name, owner: is.name, code: id }), mentions: [was] }
}

const readable = ({ id, name }: Person): Person => ({ id, name: escapeUntrusted(name, 60) })
