import { type Alert, type Identity, type Involved, mostListed } from '../../triage/alert.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { escapeUntrusted, widthOf } from '../escape.js'
import { onceFor } from '../../triage/once-for.js'

/**
 * What happened in one line, from the facts of the alert alone: "Alex Doorn · NL → BR in 38 min", "Kim Adeyemi · 312 files". Whom
 * it is about, from where, to what, and how many, as far as they are known; "" when nothing is. It has at most about `longest`
 * characters. Untrusted: the source's words are in it.
 */
export const happened = (alert: Alert, phrases: Phrases, longest = 160): string => {
  const { whole, counted } = linesIn(alert)(phrases)
  return escapeUntrusted(widthOf(whole) <= longest ? whole : counted, longest)
}

/** The line with everything, and the one that is used where that is too long: 312 files say more than the name of the app. */
type Lines = { readonly whole: string; readonly counted: string }

const linesIn = onceFor((alert: Alert) => onceFor((phrases: Phrases) => linesOf(alert, phrases)))

const linesOf = (alert: Alert, phrases: Phrases): Lines => {
  const who = someOf([...alert.people.map(shortName), ...(alert.identities ?? []).map(identityName)], phrases)
  const what = alert.resources.length > 0 ? someOf(alert.resources.map(lastPart), phrases) : someOf(alert.apps, phrases)
  const [where, count] = [placesOf(alert, phrases), countIn(alert)]
  const whole = lineOf([who, where, what, count])
  return { whole, counted: count === '' ? whole : lineOf([who, where, count]) }
}

const lineOf = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ')

/** A name, without the address that stands beside it in the facts. */
const shortName = ({ name, upn, objectId }: Involved): string => name ?? upn ?? objectId ?? ''

const identityName = ({ name, id }: Identity): string => name ?? id ?? ''

/** The first of them, and how many more there are. */
const someOf = (values: readonly string[], phrases: Phrases): string => {
  const [first, ...others] = values.map((value) => value.trim()).filter((value) => value !== '')
  if (first === undefined) return ''
  const key = values.length < mostListed ? 'happened.more' : 'happened.many'
  const more = others.length === 0 ? '' : ` ${say(phrases, key, { count: String(others.length) })}`
  return `${escapeUntrusted(first, 50)}${more}`
}

/** Two countries as a journey where the alert tells which came first, and how long it took where it tells that. */
const placesOf = (alert: Alert, phrases: Phrases): string => {
  const countries = [...new Set(alert.addresses.flatMap(({ country }) => country ?? []))]
  const [from, to] = countries.map((country) => escapeUntrusted(country, 30))
  if (from === undefined || to === undefined || countries.length > 2)
    return someOf(countries.length > 2 ? countries : alert.addresses.map(addressOf), phrases)
  const gap = gapIn(alert, phrases)
  if (gap === null) return `${from}, ${to}`
  if (!gap.isOrdered) return say(phrases, 'happened.within', { from, to, gap: gap.text })
  const isTurned = countryOf(alert, gap.first) === countries[1]
  return say(phrases, 'happened.in', { from: isTurned ? to : from, to: isTurned ? from : to, gap: gap.text })
}

const addressOf = ({ ip, country }: Alert['addresses'][number]): string =>
  country === null ? ip : `${ip} (${country})`

const countryOf = ({ addresses }: Alert, ip: string): string | null =>
  addresses.find((one) => one.ip === ip)?.country ?? null

type Gap =
  | { readonly text: string; readonly isOrdered: true; readonly first: string }
  | { readonly text: string; readonly isOrdered: false }

/** How far apart two sign-ins were, as the description says; which was first only where one address stands before "later", one after. */
export const gapIn = ({ description, addresses }: Alert, phrases: Phrases): Gap | null => {
  const text = description.slice(0, 2000)
  const later = /\b(\d{1,4}) (second|minute|hour)s? later\b/i.exec(text)
  const [, count, unit] = later ?? /\b(?:within|in) (\d{1,4}) (second|minute|hour)s?\b/i.exec(text) ?? []
  if (count === undefined || unit === undefined) return null
  const gap = say(phrases, `time.${unit.toLowerCase()}`, { count })
  const before = later ? addresses.filter(({ ip }) => isNamed(text.slice(0, later.index), ip)) : []
  const after = later ? addresses.filter(({ ip }) => isNamed(text.slice(later.index), ip)) : []
  const [first] = before
  const isOrdered = first !== undefined && before.length === 1 && after.length === 1 && after[0]?.ip !== first.ip
  return isOrdered ? { text: gap, isOrdered, first: first.ip } : { text: gap, isOrdered: false }
}

/** An address as a whole: 10.0.0.1 is not in 10.0.0.12. */
const isNamed = (text: string, ip: string): boolean =>
  text.split(/[^0-9a-f.:]+/i).some((word) => word.replace(/[.:]+$/, '') === ip)

/** How many things it is about, where the description counts them in digits: "312 files". */
const countIn = ({ description }: Alert): string => {
  const [, count, what] =
    /\b(\d{1,3}(?:,\d{3}){1,2}|\d{1,9}) ((?:failed )?(?:files|items|emails|messages|reports|logons|sign-ins|attempts|operations|virtual machines|VMs))\b/i.exec(
      description.slice(0, 2000),
    ) ?? []
  return count === undefined || what === undefined ? '' : `${count} ${what}`
}

/** The end of a resource's id is its name. */
const lastPart = (resource: string): string => resource.split('/').findLast((part) => part.trim() !== '') ?? resource
