import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { closeNow, listenOnLoopback, sendJson } from './loopback.js'

/** What this machine can do while a run goes on, by what a bare server beside Winnow can. */
export type Yardstick = {
  /** Ask the bare server ten times at once. Called again and again, beside what is measured. */
  sample(): Promise<void>
  /**
   * How many times as long as on the machine that bounds in milliseconds are meant for (two idle cores) half of the samples took at
   * the least; never below 1, so that a quick machine makes no bound stricter. NaN without a sample.
   */
  slowness(): number
  close(): Promise<void>
}

/** Open one, with a server of its own on loopback. */
export const openYardstick = async (): Promise<Yardstick> => {
  const server = createServer((request, response) => {
    const hash = createHash('sha256')
    request.on('data', (piece: Buffer) => hash.update(piece))
    request.on('end', () => sendJson(response, 200, { digest: hash.digest('hex'), words }))
  })
  const origin = await listenOnLoopback(server)
  const took: number[] = []
  const ask = async (): Promise<void> => {
    const from = performance.now()
    const answer = await fetch(origin, { method: 'POST', body })
    JSON.parse(await answer.text())
    took.push(performance.now() - from)
  }
  return {
    sample: async () => void (await Promise.all(Array.from({ length: 10 }, ask))),
    slowness: () => slownessOf(took),
    close: () => closeNow(server),
  }
}

/** The same of samples in milliseconds. */
export const slownessOf = (took: readonly number[]): number => {
  const median = took.toSorted((one, other) => one - other)[Math.floor(took.length / 2)] ?? NaN
  return Math.max(1, median / usualMs)
}

/** What half of ten requests at once take at the most on two idle cores. */
const usualMs = 10

const words = Array.from({ length: 300 }, (_, at) => `word ${at}`)
const body = JSON.stringify(words)
