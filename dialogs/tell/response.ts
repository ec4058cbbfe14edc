import type { Case } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { responseAt } from '../../triage/response-action.js'
import { escapeUntrusted } from '../escape.js'
import { shortTime } from '../time.js'
import type { Notice } from './handover.js'

/**
 * That a second person is needed, for everyone in the thread. Null once it is approved, declined or expired, or the case is closed. What
 * is to be done, and to whom, stands on the card: names in the directory may be an attacker's words.
 */
export const describeAsked = (
  { id, closed, ...state }: Case,
  line: number,
  phrases: Phrases,
  zone?: string,
): Notice | null => {
  const asked = responseAt(state, line)
  if (asked?.state !== 'asked' || closed) return null
  const by = { id: asked.askedBy.id, name: escapeUntrusted(asked.askedBy.name, 60) }
  const details = { by: by.name, code: id, until: shortTime(asked.until, zone) }
  return { text: say(phrases, 'response.tell.asked', details), mentions: [by] }
}

/** What came of a response action, for who has the case; null when nobody has it, or it has not ended. */
export const describeEnded = ({ id, owner, ...state }: Case, line: number, phrases: Phrases): Notice | null => {
  const action = responseAt(state, line)
  if (!owner || !action || action.state === 'asked' || action.state === 'approved') return null
  const told = { id: owner.id, name: escapeUntrusted(owner.name, 60) }
  const how = say(phrases, `response.how.${action.state}`)
  return { text: say(phrases, 'response.tell.ended', { owner: told.name, code: id, how }), mentions: [told] }
}

/** The line of the response action that an event is the end of, or that it asks a second person about; null for any other event. */
export const tellsOf = (event: Event, line: number): { readonly line: number; readonly isAsked: boolean } | null => {
  switch (event.type) {
    case 'action-asked':
      return event.needs === 'approval' ? { line, isAsked: true } : null
    case 'action-declined':
    case 'action-expired':
    case 'action-carried-out':
    case 'action-rehearsed':
    case 'action-failed':
    case 'action-undone':
      return { line: event.asked, isAsked: false }
    default:
      return null
  }
}
