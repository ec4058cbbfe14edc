import { severities } from '../../triage/alert.js'
import { stageOf } from '../../triage/case.js'
import { say } from '../../triage/phrases.js'
import { type OnCall, isAsBad } from '../../triage/routing.js'
import type { Notice } from './handover.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'

/** A notice to whoever is on call, the case it tells of, and the codes of all it stands for. */
export type Page = Notice & { readonly about: CaseContext; readonly codes: readonly string[] }

/**
 * Page whoever is on call for these cases: those that nobody has taken and that are bad enough. The worst is told of, of
 * equals the first, and how many more there are; null when there is none.
 */
export const pageOnCall = (cases: readonly CaseContext[], onCall: OnCall | null): Page | null => {
  if (!onCall) return null
  const waiting = cases.filter(({ state }) => stageOf(state) === 'new' && isAsBad(state.alert.severity, onCall.atLeast))
  const [about, ...more] = waiting.toSorted((one, other) => rank(other) - rank(one))
  if (!about) return null
  const { state, guide, phrases } = about
  const name = escapeUntrusted(onCall.person.name, 60)
  const severity = say(phrases, `severity.${state.alert.severity}`)
  const told = { name, severity, kind: guide.title, code: state.id, count: String(more.length) }
  const text = say(phrases, more.length > 0 ? 'page.more' : 'page', told)
  return { text, mentions: [{ id: onCall.person.id, name }], about, codes: waiting.map((one) => one.state.id) }
}

const rank = ({ state }: CaseContext): number => severities.indexOf(state.alert.severity)
