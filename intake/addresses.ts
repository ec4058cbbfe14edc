import { isIP } from 'node:net'
import type { Address } from '../triage/alert.js'
import { countryOf } from './countries.js'
import { own, type Json } from './outcome.js'
import { cut, given } from './text.js'

/** What a source says about an address, not yet cleaned. */
export type RawAddress = {
  readonly ip: unknown
  readonly country: unknown
  readonly city?: unknown
  /** The number of its autonomous system, and the name of who runs its network. */
  readonly asn?: unknown
  readonly carrier?: unknown
}

/**
 * The valid addresses, each once with the first country given for it, at most 20; 0.0.0.0 and :: are none.
 *
 * One address has one spelling, without its port: IPv4 within IPv6 as IPv4, and IPv6 in the short form.
 */
export const addresses = (raw: readonly RawAddress[]): readonly Address[] => {
  const found = new Map<string, Address>()
  for (const place of raw) {
    const text = given(place.ip)
    const ip = text === null ? null : plainAddress(text)
    if (ip === null) continue
    const former = found.get(ip)
    if (!former && found.size === 20) continue
    const country = former?.country ?? countryOf(place.country)
    const city = former?.city ?? shortText(place.city)
    const network = former?.network ?? networkOf(place)
    found.set(ip, {
      ip,
      country,
      ...(isPrivate(ip) && { range: 'private' }),
      ...(city !== null && { city }),
      ...(network !== null && { network }),
    })
  }
  return [...found.values()]
}

/** What a source tells of where an address is, as Microsoft's `location` spells it; field names begin with a small letter. */
export const locationOf = (location: Json): Omit<RawAddress, 'ip'> => ({
  country: given(own(location, 'countryCode')) ?? own(location, 'countryName'),
  city: own(location, 'city'),
  asn: own(location, 'asn'),
  carrier: own(location, 'carrier'),
})

const shortText = (value: unknown): string | null => {
  const text = given(value)
  return text === null ? null : cut(text, 80)
}

/** "AS64496 Example Hosting", or what of that is known. */
const networkOf = ({ asn, carrier }: RawAddress): string | null => {
  const digits = /^(?:AS)?(\d{1,10})$/i.exec(
    typeof asn === 'number' ? String(asn) : (given(asn) ?? '').slice(0, 20),
  )?.[1]
  const parts = [digits === undefined || digits === '0' ? null : `AS${digits}`, shortText(carrier)]
  const text = parts.filter((part) => part !== null).join(' ')
  return text === '' ? null : text
}

/** True for an IPv4 or IPv6 address that names a machine. */
export const isAddress = (text: string): boolean => text.length <= 64 && isIP(text) !== 0 && !/^[0.:]+$/.test(text)

/** The address without port, brackets, zone and prefix length, in its one spelling; null when it is none that names a machine. */
export const plainAddress = (text: string): string | null => {
  if (text.length > 80) return null
  const inside = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d{1,5}$/.exec(text)?.[1] ?? text
  const bare = inside.replace(/%[\w.-]+$/, '').replace(/\/(?:32|128)$/, '')
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(bare)?.[1]
  const address = mapped ?? (bare.includes(':') ? shortest(bare) : bare)
  return isAddress(address) ? address : null
}

/** An IPv6 address in the form all software writes: lower case, zeros left out; IPv4 within it as IPv4. */
const shortest = (text: string): string => {
  if (isIP(text) !== 6 || !URL.canParse(`http://[${text}]/`)) return text
  const short = new URL(`http://[${text}]/`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? []
  if (high === undefined || low === undefined) return short
  const [one, other] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [one >> 8, one & 255, other >> 8, other & 255].join('.')
}

/** True for addresses of a home, an office or the machine itself, and for those a provider shares out among many. */
const isPrivate = (ip: string): boolean =>
  ip.includes(':')
    ? /^(?:f[cd]|fe[89ab])|^::1$/.test(ip)
    : /^(?:10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
        ip,
      )
