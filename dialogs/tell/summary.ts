import { generic } from '../../triage/match.js'
import { say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'
import { happened } from '../show/happened.js'

/**
 * What a notification says of a case: how bad it is, what it is, who and from where, and the code. Teams cuts notifications after some
 * 150 characters, less on a locked phone, so what tells one alert from another comes first. Untrusted: the source's words are in it.
 */
export const summaryOf = ({ state, guide, phrases }: CaseContext): string => {
  const { alert, id } = state
  const details = {
    severity: say(phrases, `severity.${alert.severity}`),
    // The guide for everything else calls no alert by a name that helps.
    kind: guide.type === generic ? escapeUntrusted(alert.title, 60) : guide.title,
    code: id,
  }
  const short = say(phrases, 'summary.channel', details)
  const what = happened(alert, phrases, Math.max(20, longest - short.length))
  return what === '' ? short : say(phrases, 'summary.happened', { ...details, happened: what })
}

const longest = 145
