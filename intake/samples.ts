import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import { isCefText } from './cef.js'
import { jsonInside } from './inside.js'
import { isJson } from './outcome.js'
import { fromEpoch, timeOf } from './time.js'

/** The names of the samples in a folder, in alphabetical order. */
export const sampleNames = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted()

/**
 * A sample payload as if it happened just now: every time in it is moved so that the newest is `now` (ISO 8601), and every alert
 * id ends in `-<fresh>`, so that it opens a new case. Fault `intake/no-sample` when there is none of that name.
 */
export const sample = (folder: string, name: string, now: string, fresh: string): unknown => {
  const names = sampleNames(folder)
  if (!names.includes(name)) {
    throw new Fault(
      'intake/no-sample',
      `There is no sample ${JSON.stringify(name)}. Choose one of: ${names.join(', ')}.`,
    )
  }
  const payload: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const newest = Math.max(...timesIn(payload))
  return renewed(payload, Date.parse(now) - newest, fresh)
}

const timesIn = (value: unknown): readonly number[] => {
  const inside = typeof value === 'string' ? jsonInside(value) : null
  if (typeof inside === 'object' && inside !== null) return timesIn(inside)
  if (typeof value === 'string' && isCefText(value))
    return Array.from(value.matchAll(epochs), ([digits]) => Number(digits))
  const time = timeOf(fromEpoch(value))
  if (time !== null) return [Date.parse(time)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(timesIn) : []
}

const renewed = (value: unknown, later: number, fresh: string): unknown => {
  const inside = typeof value === 'string' ? jsonInside(value) : null
  if (typeof inside === 'object' && inside !== null) return JSON.stringify(renewed(inside, later, fresh))
  if (typeof value === 'number' && timeOf(fromEpoch(value)) !== null) return value + later
  if (typeof value === 'string' && isCefText(value)) {
    return value
      .replace(epochs, (digits) => String(Number(digits) + later))
      .replace(/externalId=\S+/g, (id) => `${id}-${fresh}`)
  }
  if (Array.isArray(value)) return value.map((one) => renewed(one, later, fresh))
  if (isJson(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inside]) => [
        key,
        ids.test(key) && typeof inside === 'string' && !Object.hasOwn(value, 'label')
          ? `${inside}-${fresh}`
          : renewed(inside, later, fresh),
      ]),
    )
  }
  const time = timeOf(value)
  return time === null ? value : new Date(Date.parse(time) + later).toISOString()
}

/** The fields that say which alert it is, in all the sources' spellings; of what has a label, `id` says which entity it is. */
const ids = /^(?:_?id|ext(?:ernal)?id|(?:provider|system|origin)?alertId|vendorOriginalId|eventDataId|correlationId)$/i

/** Milliseconds since 1970, of this quarter of the century. */
const epochs = /\b1[5-9]\d{11}\b/g
