import type { Reading, Source } from '../triage/alert.js'
import type { SourceSaid } from '../triage/source-said.js'

/** A step into a payload: a key, or a position in a list. */
export type Step = string | number

/** What is wrong with one field: where, and what was expected there. */
export type Problem = { readonly path: readonly Step[]; readonly says: string }

/**
 * What a reader makes of one alert: a reading, a reason to ignore it, or all that is wrong with it. `said` is what the source tells
 * of the alert's standing on its own side, also where it is done with it and the alert is ignored.
 */
export type Outcome =
  | { readonly kind: 'reading'; readonly reading: Reading; readonly said?: Said }
  | { readonly kind: 'ignored'; readonly reason: string; readonly said?: readonly Said[] }
  | { readonly kind: 'malformed'; readonly problems: readonly Problem[] }

/** What is told of an alert, and whose id it bears: one product may speak of another's alert. */
export type Said = { readonly of: Source; readonly said: SourceSaid }

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
