import type { Event } from '../../triage/event.js'
import { nextOf } from '../../triage/next-checks.js'
import { say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'
import { countOf, whatOf } from '../show/looked-up.js'
import type { Notice } from './handover.js'

/**
 * What Winnow found for the check that the owner is at, where the card they fill in does not show it before they act. The rows stand on the
 * card: a sentence in a thread is no place for text that may be an attacker's. Null when it bears on no answer that is still to be given.
 */
export const describeLookedUp = (written: readonly Event[], { state, guide, phrases }: CaseContext): Notice | null => {
  const { owner, closed, recordedVerdict, id } = state
  const next = nextOf(state, guide).next
  if (!owner || closed || recordedVerdict || !next) return null
  const found = written.flatMap((event) =>
    event.type === 'looked-up' && event.checks.includes(next.id)
      ? [`${whatOf(event, guide)}: ${countOf(event, phrases)}`]
      : [],
  )
  if (found.length === 0) return null
  const name = escapeUntrusted(owner.name, 60)
  const text = say(phrases, 'owner.looked-up', { owner: name, code: id, found: found.join('; ') })
  return { text, mentions: [{ id: owner.id, name }] }
}
