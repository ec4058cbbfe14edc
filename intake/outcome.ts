import type { Reading } from '../triage/alert.js'

/** A step into a payload: a key, or a position in a list. */
export type Step = string | number

/** What is wrong with one field: where, and what was expected there. */
export type Problem = { readonly path: readonly Step[]; readonly says: string }

/** What a reader makes of one alert: a reading, a reason to ignore it, or all that is wrong with it. */
export type Outcome =
  | { readonly kind: 'reading'; readonly reading: Reading }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'malformed'; readonly problems: readonly Problem[] }

/** What reads one alert of one source; `now` stands in for the time where the alert tells none. */
export type Reader = (alert: Json, now: string) => Outcome

/** An object of JSON whose keys are not known yet. */
export type Json = Readonly<Record<string, unknown>>

/** True for an object that is not a list. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value under an object's own key, else undefined: nothing inherited counts. */
export const own = (object: Json, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)

/** The value at the end of a path of own keys, else undefined. */
export const ownAt = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((found, key) => (isJson(found) ? own(found, key) : undefined), value)

/** A path as people write it: `value[2].createdDateTime`; empty for the payload itself. */
export const spell = (path: readonly Step[]): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
