import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { inWords } from '../unreached.js'
import { escapeUntrusted } from '../escape.js'

/** A sentence for people in a case's thread, which mentions these by the names they have in it. */
export type Notice = { readonly text: string; readonly mentions: readonly Person[] }

/**
 * That the manager's chat does not take the question, for the manager and for who asked: a channel may reach whom
 * a chat does not, and somebody has to go on. Null once nobody waits for that answer.
 */
export const callUnreached = (state: Case, phrases: Phrases): Notice | null => {
  const asked = state.confirmation
  if (asked?.state !== 'unreached' || state.closed) return null
  const [manager, asker] = [readable(asked.manager), readable(asked.askedBy)]
  const detail = inWords(asked.detail, phrases)
  const names = { code: state.id, manager: manager.name, asker: asker.name, detail }
  return { text: say(phrases, 'unreached.call', names), mentions: [manager, asker] }
}

/** Who had a case before somebody else took it over in these newest lines of its diary; null when nobody did. */
export const formerOwner = (diary: Diary, written: readonly Event[]): Person | null => {
  if (!written.some(({ type }) => type === 'handed-over')) return null
  const before = replay(diary.slice(0, diary.length - written.length))?.owner ?? null
  return before?.id === replay(diary)?.owner?.id ? null : before
}

/** That somebody else has the case now, for who had it before; null when they have it back, or nobody has it. */
export const callTaken = ({ id, owner, closed }: Case, former: Person, phrases: Phrases): Notice | null => {
  if (!owner || owner.id === former.id || closed) return null
  const [was, is] = [readable(former), readable(owner)]
  return { text: say(phrases, 'handed-over', { former: was.name, owner: is.name, code: id }), mentions: [was] }
}

const readable = ({ id, name }: Person): Person => ({ id, name: escapeUntrusted(name, 60) })
