import type { Alert } from '../../triage/alert.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { history } from './history.js'
import { longTime } from '../time.js'
import { relatedPart } from './related.js'
import { hostOf, isPortalLink } from './portal-link.js'
import type { Fact, Header } from './view-parts.js'
import { escapeUntrusted } from '../escape.js'

/** What all cards of the channel share. */
export const header = (context: CaseContext, notice: string): Header => {
  const { state, guide, phrases } = context
  const { alert } = state
  const link = alert.link ?? ''
  const hasLink = isPortalLink(link, context.portals ?? [])
  // A closed case is never reworded.
  const description = escapeUntrusted(alert.description, 500)
  const kind = (state.closed ? state.guideTitle : null) ?? guide.title
  return {
    caseId: state.id,
    line: state.line - 1,
    notice: escapeUntrusted(notice, 400),
    hasNotice: notice !== '',
    title: escapeUntrusted(alert.title, 200),
    kind,
    isKindShown: !says(alert.title, kind),
    description,
    hasDescription: description !== '',
    severity: say(phrases, `severity.${alert.severity}`),
    style: styles[alert.severity],
    isSample: alert.sample,
    isPreview: guide.preview,
    owner: state.owner ? escapeUntrusted(state.owner.name, 60) : '',
    subject: subjectOf(alert),
    facts: [...factsOf(alert, phrases), ...(hasLink ? [] : linkAsText(alert, phrases))],
    link: hasLink ? link : '',
    hasLink,
    ...relatedPart(context),
    history: history(context, 8),
  }
}

const says = (title: string, kind: string): boolean => title.toLowerCase().includes(kind.toLowerCase())

/** Whom it is about and from where, in a line or two. */
const subjectOf = ({ people, addresses, resources }: Alert): string =>
  [...[people.map(nameOf), addresses.map(placeOf), resources].map((values) => escapeUntrusted(few(values, 2), 90))]
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
    .map(([name, value]) => ({ name: say(phrases, `fact.${name}`), value: escapeUntrusted(value, 240) }))
    .filter(({ value }) => value !== '')

/** A link to a host that is no known portal: where it would lead, for who wants to look, and nothing to press. */
const linkAsText = ({ link }: Alert, phrases: Phrases): readonly Fact[] =>
  link === null || hostOf(link) === ''
    ? []
    : [{ name: say(phrases, 'fact.link'), value: escapeUntrusted(hostOf(link), 240) }]

/** How a person of an alert is called. */
export const nameOf = ({ upn, objectId, name }: Alert['people'][number]): string =>
  upn !== null && name !== null ? `${name} (${upn})` : (upn ?? name ?? objectId ?? '')

const placeOf = ({ ip, country }: Alert['addresses'][number]): string => (country === null ? ip : `${ip} (${country})`)

/** The first of them; where that is not all, how many there are. */
const few = (values: readonly string[], most = 3): string =>
  values.slice(0, most).join(', ') + (values.length > most ? ` (${most} of ${values.length})` : '')

const styles = { high: 'attention', medium: 'warning', low: 'accent', informational: 'default' } as const
