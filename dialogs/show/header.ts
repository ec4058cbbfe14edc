import type { Alert } from '../../triage/alert.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { Seen } from '../case-context.js'
import { story } from './history.js'
import { longTime } from '../time.js'
import type { Fact, Head } from './view-parts.js'
import { visible } from '../escape.js'

/** What all cards of the channel share. */
export const head = (seen: Seen, notice: string): Head => {
  const { state, playbook, phrases } = seen
  const { alert } = state
  return {
    caseId: state.id,
    line: state.news,
    notice: visible(notice, 400),
    hasNotice: notice !== '',
    title: visible(alert.title, 200),
    kind: playbook.title,
    severity: say(phrases, `severity.${alert.severity}`),
    style: styles[alert.severity],
    isSample: alert.sample,
    isPreview: playbook.preview,
    owner: state.owner ? visible(state.owner.name, 60) : '',
    subject: subjectOf(alert, playbook.title),
    facts: factsOf(alert, phrases),
    link: alert.link ?? '',
    hasLink: alert.link !== null,
    history: story(seen, 8),
  }
}

/** Whom it is about and from where, in a line or two; what the source calls it as well, where the guide calls it otherwise. */
const subjectOf = ({ title, people, addresses, resources }: Alert, kind: string): string =>
  [
    title.toLowerCase().includes(kind.toLowerCase()) ? '' : visible(title, 120),
    ...[people.map(nameOf), addresses.map(placeOf), resources].map((values) => visible(few(values, 2), 90)),
  ]
    .filter((part) => part !== '')
    .join(' · ')

/** When, who, where from, where: what the alert tells, and nothing it does not. */
export const factsOf = (alert: Alert, phrases: Phrases): readonly Fact[] =>
  (
    [
      ['when', longTime(alert.occurredAt)],
      ['who', few(alert.people.map(nameOf))],
      ['from', few(alert.addresses.map(placeOf))],
      ['app', few(alert.apps)],
      ['resource', few(alert.resources)],
      ['tactic', few(alert.tactics.map((tactic) => tactic.replaceAll('-', ' ')))],
    ] as const
  )
    .map(([name, value]) => ({ name: say(phrases, `fact.${name}`), value: visible(value, 240) }))
    .filter(({ value }) => value !== '')

/** How a person of an alert is called. */
export const nameOf = ({ upn, objectId, name }: Alert['people'][number]): string =>
  upn !== null && name !== null ? `${name} (${upn})` : (upn ?? name ?? objectId ?? '')

const placeOf = ({ ip, country }: Alert['addresses'][number]): string => (country === null ? ip : `${ip} (${country})`)

const few = (values: readonly string[], most = 3): string =>
  values.slice(0, most).join(', ') + (values.length > most ? ` +${values.length - most}` : '')

const styles = { high: 'attention', medium: 'warning', low: 'accent', informational: 'default' } as const
