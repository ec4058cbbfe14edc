import { performance } from 'node:perf_hooks'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { now } from '../intake/alerts.js'
import { worst } from '../intake/worst-bodies.js'
import { median } from './hit.js'

/** A body, and for how many milliseconds nothing else could run while it was read: the middle of its goes, and the longest. */
export type BodyCost = { readonly name: string; readonly bytes: number; readonly ms: number; readonly longest: number }

/** Read each of the worst bodies so many times, once the code is warm; the costliest first. */
export const measureBodies = (goes: number): readonly BodyCost[] => {
  const bodies = worst()
  for (const body of bodies.values()) timeOf(body)
  return [...bodies]
    .map(([name, body]) => {
      const times = Array.from({ length: goes }, () => timeOf(body))
      return { name, bytes: Buffer.byteLength(body), ms: median(times), longest: Math.max(...times) }
    })
    .toSorted((one, other) => other.ms - one.ms)
}

/** Reading is one stretch of work: as long as it takes, the event loop stands. */
const timeOf = (body: string): number => {
  const from = performance.now()
  try {
    read(parseJson(body), now)
  } catch {
    // Refused for what it is; that takes its time as well.
  }
  return performance.now() - from
}
