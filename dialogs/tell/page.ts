import { severities } from '../../triage/alert.js'
import { stageOf } from '../../triage/case.js'
import { say } from '../../triage/phrases.js'
import { type OnCall, isAsBad } from '../../triage/routing.js'
import type { Call } from './handover.js'
import type { Seen } from '../case-context.js'
import { visible } from '../escape.js'

/** A call, and the case it tells of. */
export type CallOnCall = Call & { readonly about: Seen }

/**
 * Call whoever is on call because of these cases: those that nobody has taken and that are bad enough. The worst is told of, of
 * equals the first, and how many more there are; null when there is none.
 */
export const callOnCall = (cases: readonly Seen[], onCall: OnCall | null): CallOnCall | null => {
  if (!onCall) return null
  const waiting = cases.filter(({ state }) => stageOf(state) === 'new' && isAsBad(state.alert.severity, onCall.atLeast))
  const [about, ...more] = waiting.toSorted((one, other) => rank(other) - rank(one))
  if (!about) return null
  const { state, playbook, phrases } = about
  const name = visible(onCall.person.name, 60)
  const severity = say(phrases, `severity.${state.alert.severity}`)
  const told = { name, severity, kind: playbook.title, code: state.id, count: String(more.length) }
  const text = say(phrases, more.length > 0 ? 'call-out.more' : 'call-out', told)
  return { text, mentions: [{ id: onCall.person.id, name }], about }
}

const rank = ({ state }: Seen): number => severities.indexOf(state.alert.severity)
