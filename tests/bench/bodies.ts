import { performance } from 'node:perf_hooks'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { now } from '../intake/alerts.js'
import { worst } from '../intake/worst-bodies.js'
import { median } from './hit.js'

/**
 * A body, and what reading it takes in milliseconds, the middle of its goes: of the processor, whoever else is at work on the machine,
 * and by the clock, as long as nothing else could run.
 */
export type BodyCost = { readonly name: string; readonly bytes: number; readonly ms: number; readonly clockMs: number }

/** Read each of the worst bodies so many times, once the code is warm; the costliest first. */
export const measureBodies = (goes: number): readonly BodyCost[] => {
  const bodies = worst()
  for (const body of bodies.values()) timeOf(body)
  return [...bodies]
    .map(([name, body]) => {
      const times = Array.from({ length: goes }, () => timeOf(body))
      const bytes = Buffer.byteLength(body)
      return { name, bytes, ms: median(times.map(({ ms }) => ms)), clockMs: median(times.map((one) => one.clockMs)) }
    })
    .toSorted((one, other) => other.ms - one.ms)
}

/** Reading is one stretch of work: as long as it takes, the event loop stands. */
const timeOf = (body: string): Pick<BodyCost, 'ms' | 'clockMs'> => {
  const from = performance.now()
  const before = process.cpuUsage()
  try {
    read(parseJson(body), now)
  } catch {
    // Refused for what it is; that takes its time as well.
  }
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, clockMs: performance.now() - from }
}
