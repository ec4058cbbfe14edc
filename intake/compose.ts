import {
  severities,
  type Family,
  type Identity,
  type Involved,
  type Address,
  type Severity,
  type Source,
} from '../triage/alert.js'
import { spell, type Outcome, type Problem } from './outcome.js'
import { kindOf } from './shape.js'
import type { Told } from './source-said.js'
import { techniquesIn } from './tactics.js'
import { cut, cutDescription, given, httpsLink, longest, quote, shortList } from './text.js'
import { occurred, type Field, type Occurred } from './time.js'

/** The fields no alert can do without, and where they stand. */
export type Basics = {
  readonly id: Field
  readonly title: Field
  /** Where the time may stand, the best first. */
  readonly times: readonly Field[]
}

/** What else a reader found in one alert, nothing bounded yet but people, addresses and tactics. */
export type Details = {
  readonly source: Source
  readonly family: Family | null
  readonly key: string | null
  readonly description: unknown
  readonly severity: unknown
  readonly people: readonly Involved[]
  readonly identities?: readonly Identity[]
  readonly addresses: readonly Address[]
  readonly apps: readonly unknown[]
  readonly resources: readonly unknown[]
  readonly tactics: readonly string[]
  /** A list of techniques, or a text that names them. */
  readonly techniques?: unknown
  readonly operations?: readonly unknown[]
  readonly link: unknown
  readonly sample: boolean
  /** What the alert tells of its standing on its source's side; left out where the form tells nothing. */
  readonly told?: Told
  /** Under which ids other sources know the same alert. */
  readonly otherIds?: readonly unknown[]
  /** The id of the incident it is in. */
  readonly incident?: unknown
}

/** The reading of what was found, every text in it bounded; or all that is wrong with id, title and time. */
export const compose = (basics: Basics, details: Details, now: string): Outcome => {
  const checked = check(basics, now)
  if ('problems' in checked) return { kind: 'malformed', problems: checked.problems }
  const title = checked.title.replace(sampleTitle, '').trim()
  const description = given(details.description) ?? ''
  const techniques = techniquesIn(details.techniques)
  const operations = shortList(details.operations ?? [])
  const otherIds = idsBeside(checked.id, details.otherIds ?? [])
  const incident = idsBeside('', [details.incident])[0]
  return {
    kind: 'reading',
    reading: {
      source: details.source,
      sourceAlertId: checked.id,
      family: details.family,
      key: details.key,
      title: cut(title, 300),
      description: cutDescription(description.replace(sampleDescription, '')),
      severity: severityOf(details.severity),
      occurredAt: checked.at,
      ...(checked.is !== null && { timeIs: checked.is }),
      people: details.people,
      ...(details.identities !== undefined && details.identities.length > 0 && { identities: details.identities }),
      addresses: details.addresses,
      apps: shortList(details.apps),
      resources: shortList(details.resources),
      tactics: details.tactics,
      ...(techniques.length > 0 && { techniques }),
      ...(operations.length > 0 && { operations }),
      link: httpsLink(details.link),
      sample: details.sample || title !== checked.title || sampleDescription.test(description),
      ...(otherIds.length > 0 && { otherIds }),
      ...(incident !== undefined && { incident }),
    },
    ...(details.told !== undefined &&
      details.told.status !== null && {
        said: {
          of: details.source,
          said: { source: details.source, sourceAlertId: checked.id, ...details.told },
        },
      }),
  }
}

/** An alert whose shape is wrong: those problems, and what else is wrong with id, title and time. */
export const malformed = (basics: Basics, problems: readonly Problem[], now: string): Outcome => {
  const checked = check(basics, now)
  const known = new Set(problems.map(({ path }) => spell(path)))
  const more = 'problems' in checked ? checked.problems.filter(({ path }) => !known.has(spell(path))) : []
  return { kind: 'malformed', problems: [...problems, ...more] }
}

type Checked = Occurred & { readonly id: string; readonly title: string }

const check = (basics: Basics, now: string): Checked | { readonly problems: readonly Problem[] } => {
  const id = given(basics.id.value)
  const title = given(basics.title.value)
  const time = occurred(basics.times, now)
  const problems: Problem[] = []
  const wrong = id === null ? `${expectedId}, not ${kindOf(basics.id.value)}` : idProblem(String(basics.id.value))
  if (wrong !== null) problems.push({ path: basics.id.path, says: wrong })
  if (title === null || title.replace(sampleTitle, '').trim() === '') {
    problems.push({ path: basics.title.path, says: 'expected a title that is not empty' })
  }
  if ('problem' in time) problems.push(time.problem)
  return id === null || title === null || 'problem' in time || problems.length > 0
    ? { problems }
    : { id, title, ...time }
}

/** What is wrong with an id, or null. Half a surrogate pair would not survive being written down. */
const idProblem = (id: string): string | null => {
  if (id.length > longest) return `${expectedId}, not ${id.length}`
  return !isPlain(id) && /[\p{Cc}\p{Cs}]/u.test(id) ? `${expectedId}, not ${quote(id)}` : null
}

/** Nearly every id is, and this is known at a fraction of the cost. */
const isPlain = (id: string): boolean => /^[\x20-\x7e]*$/.test(id)

/** What may be ids beside the alert's own, a few of them; others are no loss. */
const idsBeside = (own: string, values: readonly unknown[]): readonly string[] =>
  shortList(values.map((value) => (typeof value === 'number' ? String(value) : value)))
    .filter((id) => id.toLowerCase() !== own.toLowerCase() && idProblem(id) === null)
    .slice(0, 6)

const expectedId = `expected 1 to ${longest} characters without control characters`

/** What the products put before title and description of alerts made on request. */
const sampleTitle = /^\[(?:SAMPLE|TEST) ALERT\]/i
const sampleDescription = /^(?:THIS IS A SAMPLE ALERT:|This is a test alert\b(?: \n)?)\s*/i

/** Words the source may add later count as not given: the guide's severity is used. What is critical is high. */
const severityOf = (value: unknown): Severity | null => {
  const said = given(value)?.toLowerCase()
  return said === 'critical' ? 'high' : (severities.find((severity) => severity === said) ?? null)
}
