import type { Check } from '../../triage/guide.js'
import { countriesOf } from '../../triage/journey.js'
import { type ThingKind, kindsOf, thingsOf } from '../../triage/memory.js'
import { say, languageOf } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { countryNames } from '../countries.js'
import { escapeUntrusted } from '../escape.js'
import { dayAndMonth, utc } from '../time.js'
import { gapIn } from './happened.js'

/**
 * What is known of the things a check is about without asking anybody, in one line; '' for nothing. The alert and our own cases tell it:
 * the same network or different ones, the countries and the time between them, a first time, the learning period. *untrusted*
 */
export const knownFacts = (context: CaseContext, check: Check): string => {
  const kinds = kindsOf(check, context.lookUpKinds ?? new Map())
  if (kinds.length === 0) return ''
  const isAboutPlace = kinds.includes('address')
  const isAboutTravel = check.registers.travel !== undefined
  return [
    ...(isAboutPlace ? [networks(context)] : []),
    ...(isAboutTravel ? [countries(context)] : []),
    firstTime(context, kinds),
    learning(context),
  ]
    .filter((text) => text !== '')
    .join(' ')
}

/** Only where the source tells whose network every public address is in. */
const networks = ({ state, phrases }: CaseContext): string => {
  const outside = state.alert.addresses.filter(({ range }) => range !== 'private')
  const known = outside.flatMap(({ network = '' }) => (network.trim() === '' ? [] : [network.trim()]))
  if (outside.length < 2 || known.length < outside.length) return ''
  const different = [...new Map(known.map((one) => [numberIn(one), one])).values()]
  const key = different.length === 1 ? 'known.same-network' : 'known.networks'
  const shown = different.slice(0, 3).map((one) => escapeUntrusted(one, 40))
  return say(phrases, key, { networks: shown.join(', ') })
}

/** The number of an autonomous system names it whatever its owner is called at the moment. */
const numberIn = (network: string): string => /\bAS\s?(\d{1,10})\b/i.exec(network)?.[1] ?? network.toLowerCase()

const countries = ({ state: { alert }, phrases }: CaseContext): string => {
  const all = countriesOf(alert)
  const gap = gapIn(alert, phrases)
  // Without the time between them the header says as much.
  if (all.length < 2 || gap === null) return ''
  return say(phrases, 'known.countries', {
    countries: escapeUntrusted(countryNames(all.slice(0, 4), languageOf(phrases)), 80),
    gap: gap.text,
  })
}

/** That none of our own cases was about them before, as far back as is remembered. */
const firstTime = ({ state, related, past = [], phrases }: CaseContext, kinds: readonly ThingKind[]): string => {
  // Of more than ten only the newest are listed: then nobody can say that there was none.
  if (!related || related.length >= 10) return ''
  const things = thingsOf(state.alert)
  const isFirst = (kind: 'person' | 'address'): boolean =>
    kinds.includes(kind) &&
    things.some((one) => one.kind === kind) &&
    // A later one as well: the card tells of it, and nobody should have to think about which came first.
    !related.some(({ shares }) => shares.includes(kind)) &&
    !past.some((one) =>
      one.things.some(
        (thing) => thing.kind === kind && things.some((own) => own.kind === kind && own.name === thing.name),
      ),
    )
  const first = (['person', 'address'] as const).filter(isFirst).map((kind) => say(phrases, `memory.${kind}`))
  return first.length === 0 ? '' : say(phrases, 'known.first', { things: oneOf(first, languageOf(phrases)) })
}

/** "person or IP address", as that language joins them. */
const oneOf = (things: readonly string[], language: string): string => {
  const known = joiners.get(language) ?? new Intl.ListFormat(language, { type: 'disjunction' })
  joiners.set(language, known)
  return known.format(things)
}

/** There are no more languages than Winnow has words in. */
const joiners = new Map<string, Intl.ListFormat>()

const learning = ({ state, guide, firstOf, phrases }: CaseContext): string => {
  const since = firstOf?.(state.alert.type) ?? null
  // One that is quiet while it learns has raised an alert, so it no longer learns.
  if (!guide.learning || guide.learning.effect === 'quiet' || since === null) return ''
  const { to } = guide.learning.days
  const days = (Date.parse(state.alert.occurredAt) - Date.parse(since)) / 86_400_000
  return days >= 0 && days <= to
    ? say(phrases, 'known.learning', { day: dayAndMonth(since, utc, languageOf(phrases)), days: String(to) })
    : ''
}
