import { isIP } from 'node:net'
import type { Address } from '../triage/alert.js'
import { cut, given } from './text.js'

/** What a source says about an address, not yet cleaned. */
export type RawAddress = { readonly ip: unknown; readonly country: unknown }

/** The valid addresses, each once with the first country given for it, at most 20; 0.0.0.0 and :: are none. */
export const addresses = (raw: readonly RawAddress[]): readonly Address[] => {
  const found = new Map<string, Address>()
  for (const place of raw) {
    const ip = given(place.ip)
    if (ip === null || !isAddress(ip)) continue
    const former = found.get(ip.toLowerCase())
    if (!former && found.size === 20) continue
    found.set(ip.toLowerCase(), { ip: former?.ip ?? ip, country: former?.country ?? countryOf(place.country) })
  }
  return [...found.values()]
}

/** True for an IPv4 or IPv6 address that names a machine. */
export const isAddress = (text: string): boolean => text.length <= 64 && isIP(text) !== 0 && !/^[0.:]+$/.test(text)

const countryOf = (value: unknown): string | null => {
  const text = given(value)
  if (text === null) return null
  return /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : cut(text, 100)
}
