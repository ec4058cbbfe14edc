import { performance } from 'node:perf_hooks'
import { median } from './hit.js'
import type { Rig } from './rig.js'

/** How a start went: milliseconds from the start of the process, and bytes of resident memory once the board is complete. */
export type Start = { readonly health: number; readonly board: number; readonly rss: number }

/** Start the service so many times on a folder of seeded cases; the middle of each measure. */
export const startups = async (rig: Rig, dataFolder: string, times: number): Promise<Start> => {
  const starts: Start[] = []
  for (let time = 0; time < times; time += 1) starts.push(await oneStart(rig, dataFolder))
  return {
    health: median(starts.map(({ health }) => health)),
    board: median(starts.map(({ board }) => board)),
    rss: median(starts.map(({ rss }) => rss)),
  }
}

const oneStart = async (rig: Rig, dataFolder: string): Promise<Start> => {
  const from = performance.now()
  const winnow = rig.winnow(dataFolder)
  const origin = await winnow.up
  const answered = fetch(`${origin}/health`).then(async (response) => {
    if (response.status !== 200) throw new Error(`not well after the start: ${await response.text()}`)
    return performance.now() - from
  })
  const complete = winnow.openCases.then(() => performance.now() - from)
  const [health, board] = await Promise.all([answered, complete])
  const rss = await winnow.memory()
  await winnow.stop()
  return { health, board, rss }
}
