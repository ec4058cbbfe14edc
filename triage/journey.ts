import type { Alert } from './alert.js'
import type { Case } from './case.js'
import type { Event } from './event.js'
import { peopleKeys } from './follow.js'
import type { RegisterHit } from './register.js'

/** A journey as a manager's answer tells it: for which check, to which countries, from which day to which. */
export type ToldJourney = {
  readonly check: string
  /** ISO 3166 codes, or in the words of manager or source; never empty. */
  readonly countries: readonly string[]
  /** The first and the last day, `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
  /** The manager's name. */
  readonly by: string
  readonly at: string
  readonly note: string
  readonly isRevoked: boolean
}

/** The same, with whose it is and the case it was told in. */
export type Journey = Omit<ToldJourney, 'check' | 'isRevoked'> & {
  readonly caseId: string
  /** The names its traveler is known under, lower case. */
  readonly keys: readonly string[]
  /** What the traveler is called. *untrusted* */
  readonly who: string
}

/**
 * The journey that an answer tells of; null when it is doubted, is no yes, has no last day, or no country is known. Without a first day it begins with
 * the alert; without countries it leads to the alert's own, about which the manager was asked.
 */
export const journeyTold = (
  { answer, from, to, countries = [], note, by, at, doubts = [] }: Event & { readonly type: 'manager-answered' },
  { alert, confirmation }: Pick<Case, 'alert' | 'confirmation'>,
): ToldJourney | null => {
  const where = countries.length > 0 ? countries : countriesOf(alert)
  if (doubts.length > 0) return null
  if (answer !== 'yes' || to === null || where.length === 0 || !confirmation) return null
  const began = alert.occurredAt.slice(0, 10)
  return {
    check: confirmation.check,
    countries: where,
    from: from ?? (began <= to ? began : to),
    to,
    by: by.name,
    at,
    note,
    isRevoked: false,
  }
}

/** The journey that counts for a case, of the person its manager was asked about; null when there is none, or nobody is named. */
export const journeyOf = ({ id, alert, journey }: Pick<Case, 'id' | 'alert' | 'journey'>): Journey | null => {
  const [traveler] = alert.people
  if (!journey || journey.isRevoked || !traveler) return null
  const keys = peopleKeys({ people: [traveler] })
  if (keys.length === 0) return null
  const { countries, from, to, by, at, note } = journey
  return {
    caseId: id,
    keys,
    who: traveler.name ?? traveler.upn ?? traveler.objectId ?? '',
    countries,
    from,
    to,
    by,
    at,
    note,
  }
}

/** The countries an alert names. */
export const countriesOf = ({ addresses }: Pick<Alert, 'addresses'>): readonly string[] => [
  ...new Set(addresses.flatMap(({ country }) => country ?? [])),
]

/**
 * What one person's journeys say of an alert about them, those that cover it first. An alert is covered when the journeys of that day
 * lead to every country it names: one that fits and one that does not is just what an attacker looks like. An address whose country
 * nobody knows is not covered either.
 */
export const journeyHits = (journeys: readonly Journey[], alert: Alert): readonly RegisterHit[] => {
  const day = alert.occurredAt.slice(0, 10)
  const isNow = ({ from, to }: Journey) => from <= day && day <= to
  const covered = new Set(journeys.filter(isNow).flatMap(({ countries }) => countries.map(fold)))
  const named = countriesOf(alert)
  const outside = named.filter((country) => !covered.has(fold(country)))
  const isKnown = alert.addresses.every(({ country, range }) => country !== null || range === 'private')
  const isCovered = named.length > 0 && outside.length === 0 && isKnown
  const standingOf = (journey: Journey): RegisterHit['standing'] =>
    day < journey.from ? 'not-yet' : day > journey.to ? 'expired' : isCovered ? 'current' : 'elsewhere'
  return journeys
    .map((journey): RegisterHit => {
      const { caseId, who, by, at, from, to, countries } = journey
      return {
        register: 'travel',
        entry: caseId,
        kind: null,
        owner: by,
        matched: who,
        from,
        to,
        standing: standingOf(journey),
        countries,
        asOf: at.slice(0, 10),
        told: { by, caseId, outside },
      }
    })
    .toSorted((one, other) => order.indexOf(one.standing) - order.indexOf(other.standing))
}

const order: readonly RegisterHit['standing'][] = ['current', 'elsewhere', 'not-yet', 'expired']

const fold = (country: string): string => country.trim().toLowerCase()
