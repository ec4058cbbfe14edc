import { type Alert, type Identity, mostListed } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { groupPart } from './group.js'
import { history } from './history.js'
import { age, longTime } from '../time.js'
import { happened } from './happened.js'
import { relatedPart } from './related.js'
import { responsePart } from './response.js'
import { sourcesSay } from './source-standing.js'
import { toldOutside } from './told-outside.js'
import { hostOf, isPortalLink } from './portal-link.js'
import type { Fact, Header } from './view-parts.js'
import { cutToWidth, escapeUntrusted } from '../escape.js'
import { type Trap, trapsIn } from '../text-traps.js'
import { onceFor } from '../../triage/once-for.js'

/** What all cards of the channel share. */
export const header = (context: CaseContext, notice: string): Header => {
  const { state, guide, phrases, zone } = context
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
    title: cutToWidth(alert.title, longestTitle),
    kind,
    isKindShown: !says(alert.title, kind),
    description,
    hasDescription: description !== '',
    severity: say(phrases, `severity.${alert.severity}`),
    severityBadge: badges[alert.severity],
    style: styles[alert.severity],
    isSample: alert.sample,
    // Nobody weighs the vendor's tuning where there is nothing to investigate.
    isPreview: guide.preview && !alert.sample,
    owner: state.owner ? escapeUntrusted(state.owner.name, 40) : '',
    subject: happened(alert, phrases, 68),
    facts: [
      ...saidOf(state, phrases),
      ...toldOf(state, phrases, zone),
      ...trapsOf(alert, phrases),
      ...wholeTitle(alert, phrases),
      ...factsOf(alert, { phrases, zone, arrivedAt: state.openedAt }),
      ...(hasLink ? [] : linkAsText(alert, phrases)),
    ],
    link: hasLink ? link : '',
    hasLink,
    ...relatedPart(context),
    ...groupPart(context),
    ...responsePart(context),
    history: history(context, 8),
  }
}

/** So much of a title stands in the headline; the whole of a longer one is among the facts. */
const longestTitle = 80

const wholeTitle = ({ title }: Alert, phrases: Phrases): readonly Fact[] =>
  cutToWidth(title, longestTitle) !== escapeUntrusted(title, 500)
    ? [{ name: say(phrases, 'fact.title'), value: escapeUntrusted(title, 500) }]
    : []

/**
 * The first facts, each cut short, as many as a phone shows beside the first check; and a line that says how many more there are. All
 * of them, as long as they are, stand among the details.
 */
export const firstFacts = (facts: readonly Fact[], phrases: Phrases): readonly Fact[] => {
  // What the headline begins with is not said again.
  const short = facts
    .filter(({ name }) => name !== say(phrases, 'fact.title'))
    .map(({ name, value }) => ({ name, value: escapeUntrusted(value, longestFact) }))
  let lines = 0
  const shown = short.filter(({ value }, at) => {
    lines += Math.ceil(value.length / factLine)
    return at === 0 || lines <= mostFactLines
  })
  const isCut = short.length < facts.length || shown.some(({ value }) => !facts.some((fact) => fact.value === value))
  const more = short.length - shown.length
  if (more === 0 && !isCut) return shown
  const key = more === 0 ? 'fact.whole' : 'fact.more'
  return [...shown, { name: '…', value: say(phrases, key, { count: String(more) }) }]
}

const longestFact = 100
/** So many letters fit beside the name of a fact on a phone. */
const factLine = 22
const mostFactLines = 8

const says = (title: string, kind: string): boolean => title.toLowerCase().includes(kind.toLowerCase())

/** Everything the record holds of an alert, nothing of it cut but what no one could read: for who looks a case up outside the chat. */
export const allFactsOf = (alert: Alert, phrases: Phrases): readonly Fact[] => {
  const { people, addresses, identities = [], apps, resources, operations = [], tactics, techniques = [] } = alert
  const each: readonly (readonly [string, readonly string[]])[] = [
    ['when', [whenOf(alert, { phrases })]],
    ['who', people.map(nameOf)],
    ['from', addresses.map((one) => placeOf(one, phrases))],
    ['app', apps],
    ['identity', identities.map((one) => identityOf(one, phrases))],
    ['resource', resources],
    ['operation', operations],
    ['tactic', tactics],
    ['technique', techniques],
    ['link', [alert.link ?? '']],
    ['description', [alert.description]],
  ]
  return each.flatMap(([name, values]) =>
    values
      .map((value) => ({ name: say(phrases, `fact.${name}`), value: escapeUntrusted(value, 8_000) }))
      .filter(({ value }) => value !== ''),
  )
}

/** What the facts of an alert are told in: whose words, whose time zone, and when it arrived, where that is of interest. */
export type Telling = { readonly phrases: Phrases; readonly zone?: string | undefined; readonly arrivedAt?: string }

/** When, who, where from, where: what the alert tells, and nothing it does not. */
export const factsOf = (alert: Alert, telling: Telling): readonly Fact[] => {
  const { phrases } = telling
  const fact = (name: string, value: string): Fact => ({ name: say(phrases, `fact.${name}`), value })
  return [
    fact('when', escapeUntrusted(whenOf(alert, telling), 240)),
    fact('who', few(alert.people.map(nameOf))),
    fact('from', few(alert.addresses.map((one) => placeOf(one, phrases)))),
    fact('app', few(alert.apps)),
    fact('identity', few((alert.identities ?? []).map((one) => identityOf(one, phrases)))),
    ...rows(alert.resources).map((value) => fact('resource', value)),
    fact('operation', few(alert.operations ?? [])),
    fact('tactic', few(alert.tactics.map((tactic) => tactic.replaceAll('-', ' ')))),
    fact('technique', few(alert.techniques ?? [])),
  ].filter(({ value }) => value !== '')
}

/**
 * When it happened; and how long before it arrived here, for a card stands for hours: "5 min ago" would be wrong as soon as it is
 * read. Lists, drawn for somebody now, tell ages instead.
 */
const whenOf = (alert: Alert, { phrases, zone, arrivedAt }: Telling): string => {
  const told = noted(
    longTime(alert.occurredAt, zone, languageOf(phrases)),
    alert.timeIs && say(phrases, `time.${alert.timeIs}`),
  )
  if (arrivedAt === undefined || alert.timeIs === 'arrival') return told
  const isLate = Date.parse(arrivedAt) - Date.parse(alert.occurredAt) >= 60_000
  return isLate ? `${told}, ${say(phrases, 'time.before', { age: age(alert.occurredAt, arrivedAt, phrases) })}` : told
}

/** Where the alert stands on its source's side, first of all: whoever works on it for nothing should see it at once. */
const saidOf = ({ sourceSaid }: Case, phrases: Phrases): readonly Fact[] =>
  sourceSaid.length === 0
    ? []
    : [{ name: say(phrases, 'fact.source-said'), value: escapeUntrusted(sourcesSay(sourceSaid, phrases), 240) }]

/** What of the case was told outside, or waits to be. */
const toldOf = ({ effects }: Case, phrases: Phrases, zone: string | undefined): readonly Fact[] => {
  const told = effects.length === 0 ? '' : toldOutside(effects, phrases, zone)
  return told === '' ? [] : [{ name: say(phrases, 'fact.told'), value: escapeUntrusted(told, 240) }]
}

/** A link to a host that is no known portal: where it would lead, for who wants to look, and nothing to press. */
const linkAsText = ({ link }: Alert, phrases: Phrases): readonly Fact[] =>
  link === null || hostOf(link) === ''
    ? []
    : [{ name: say(phrases, 'fact.link'), value: escapeUntrusted(hostOf(link), 240) }]

/** How a person of an alert is called. */
export const nameOf = ({ upn, objectId, name }: Alert['people'][number]): string =>
  upn !== null && name !== null ? `${name} (${upn})` : (upn ?? name ?? objectId ?? '')

const placeOf = ({ ip, city, country, network, range }: Alert['addresses'][number], phrases: Phrases): string => {
  const marks = [city, country, network, range && say(phrases, `address.${range}`)].filter(isText)
  return noted(ip, marks.join(', '))
}

const identityOf = ({ kind, name, id }: Identity, phrases: Phrases): string =>
  noted(name ?? id ?? '', say(phrases, `identity.${kind}`))

const trapsOfAlert = onceFor((alert: Alert): readonly Trap[] => {
  const { title, description, people, identities = [], apps, resources } = alert
  const names = [...people.flatMap(({ upn, name }) => [upn, name]), ...identities.map(({ name }) => name)]
  return trapsIn([title, ...apps, ...names.filter(isText), ...resources, description])
})

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
  values
    .slice(0, most)
    .map((value) => escapeUntrusted(value, 120))
    .filter((value) => value !== '')
    .join(', ') + counted(values, most)

/** The same, each in a row of its own: what is as long as an id in Azure must not be cut for the others. */
const rows = (values: readonly string[], most = 3): readonly string[] =>
  values.slice(0, most).map((value, at, shown) => {
    const isLast = at === shown.length - 1
    return `${escapeUntrusted(value, 512)}${isLast ? counted(values, most) : ''}`
  })

const counted = ({ length }: readonly string[], most: number): string =>
  length <= most ? '' : ` (${most} of ${length}${length < mostListed ? '' : ' or more'})`

/** The word stands in the badge, so nothing is told by its color alone; where a client knows no badges, the word stands as text. */
const badges = { high: 'Attention', medium: 'Warning', low: 'Accent', informational: 'Informative' } as const

const styles = { high: 'attention', medium: 'warning', low: 'accent', informational: 'default' } as const
