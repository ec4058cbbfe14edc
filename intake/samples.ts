import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import { isJson } from './outcome.js'
import { timeOf } from './time.js'

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
  const time = timeOf(value)
  if (time !== null) return [Date.parse(time)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(timesIn) : []
}

const renewed = (value: unknown, later: number, fresh: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => renewed(one, later, fresh))
  if (isJson(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inside]) => [
        key,
        ids.test(key) && typeof inside === 'string' ? `${inside}-${fresh}` : renewed(inside, later, fresh),
      ]),
    )
  }
  const time = timeOf(value)
  return time === null ? value : new Date(Date.parse(time) + later).toISOString()
}

/** The fields that say which alert it is, in all the sources' spellings. */
const ids = /^(?:id|providerAlertId|systemAlertId)$/i
