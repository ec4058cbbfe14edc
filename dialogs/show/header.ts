import type { Alert, Identity } from '../../triage/alert.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { groupPart } from './group.js'
import { history } from './history.js'
import { longTime } from '../time.js'
import { relatedPart } from './related.js'
import { hostOf, isPortalLink } from './portal-link.js'
import type { Fact, Header } from './view-parts.js'
import { escapeUntrusted } from '../escape.js'
import { type Trap, trapsIn } from '../text-traps.js'

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
    facts: [...trapsOf(alert, phrases), ...factsOf(alert, phrases), ...(hasLink ? [] : linkAsText(alert, phrases))],
    link: hasLink ? link : '',
    hasLink,
    ...relatedPart(context),
    ...groupPart(context),
    history: history(context, 8),
  }
}

const says = (title: string, kind: string): boolean => title.toLowerCase().includes(kind.toLowerCase())

/** Whom it is about and from where, in a line or two. */
const subjectOf = ({ people, identities = [], addresses, resources }: Alert): string =>
  [
    people.length > 0 ? people.map(nameOf) : identities.map(({ name, id }) => name ?? id ?? ''),
    addresses.map((one) => placeOf(one)),
    resources,
  ]
    .map((values) => escapeUntrusted(few(values, 2), 90))
    .filter((part) => part !== '')
    .join(' · ')

/** When, who, where from, where: what the alert tells, and nothing it does not. */
export const factsOf = (alert: Alert, phrases: Phrases): readonly Fact[] =>
  (
    [
      ['when', noted(longTime(alert.occurredAt), alert.timeIs && say(phrases, `time.${alert.timeIs}`))],
      ['who', few(alert.people.map(nameOf))],
      ['from', few(alert.addresses.map((one) => placeOf(one, phrases)))],
      ['app', few(alert.apps)],
      ['identity', few((alert.identities ?? []).map((one) => identityOf(one, phrases)))],
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

const placeOf = ({ ip, country, range }: Alert['addresses'][number], phrases?: Phrases): string => {
  const marks = [country, range && phrases ? say(phrases, `address.${range}`) : null].filter(isText)
  return noted(ip, marks.join(', '))
}

const identityOf = ({ kind, name, id }: Identity, phrases: Phrases): string =>
  noted(name ?? id ?? '', say(phrases, `identity.${kind}`))

/** Looked for once for each alert, although every card of it asks. */
const trapsOfAlert = (alert: Alert): readonly Trap[] => {
  const known = traps.get(alert)
  if (known) return known
  const { title, description, people, identities = [], apps, resources } = alert
  const names = [...people.flatMap(({ upn, name }) => [upn, name]), ...identities.map(({ name }) => name)]
  const found = trapsIn([title, ...apps, ...names.filter(isText), ...resources, description])
  traps.set(alert, found)
  return found
}

const traps = new WeakMap<Alert, readonly Trap[]>()

/** What in the alert's own texts misleads the eye, named character by character. */
const trapsOf = (alert: Alert, phrases: Phrases): readonly Fact[] => {
  const traps = trapsOfAlert(alert)
  if (traps.length === 0) return []
  const said = traps.map((trap) => {
    if (trap.kind !== 'letters') return say(phrases, `trap.${trap.kind}`, { code: trap.code })
    const letters = trap.letters.map(({ letter, code, script }) =>
      say(phrases, 'trap.letter', { letter, code, script: say(phrases, `script.${script}`) }),
    )
    return say(phrases, 'trap.letters', { word: trap.word, letters: letters.join(', ') })
  })
  return [{ name: say(phrases, 'fact.traps'), value: escapeUntrusted(said.join('; '), 240) }]
}

const noted = (text: string, note: string | undefined): string => (note ? `${text} (${note})` : text)

const isText = (text: string | null | undefined): text is string => typeof text === 'string' && text !== ''

/** The first of them; where that is not all, how many there are. */
const few = (values: readonly string[], most = 3): string =>
  values.slice(0, most).join(', ') + (values.length > most ? ` (${most} of ${values.length})` : '')

const styles = { high: 'attention', medium: 'warning', low: 'accent', informational: 'default' } as const
