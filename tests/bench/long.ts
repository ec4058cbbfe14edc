import { type Measured, hit, median } from './hit.js'
import { click } from './click.js'
import type { Rig } from './rig.js'
import type { Seeded } from './seed.js'

/** How long a click takes on cases of one length, with so many clients, wave by wave. */
export type Length = { readonly length: number; readonly clients: number; readonly waves: readonly Measured[] }

/**
 * Answer the first check of every such case once in each wave, now with one option and now with the other; the lengths take
 * turns. The first wave, in which a case may have to be read, is not counted.
 */
export const measureLengths = async (
  rig: Rig,
  dataFolder: string,
  seeded: ReadonlyMap<number, readonly Seeded[]>,
  waves: number,
): Promise<readonly Length[]> => {
  const winnow = rig.winnow(dataFolder)
  const origin = await winnow.up
  await winnow.openCases
  const lines = new Map([...seeded.values()].flat().map(({ id, line }) => [id, line]))
  const measured: { length: number; clients: number; waves: Measured[] }[] = []
  let count = 0
  for (const clients of [32, 1]) {
    const these = [...seeded.keys()].map((length) => ({ length, clients, waves: new Array<Measured>() }))
    measured.push(...these)
    for (let wave = -1; wave < waves; wave += 1) {
      const option = (count += 1) % 2 === 1 ? 'tester' : 'sanctioned'
      for (const one of wave % 2 === 0 ? these : these.toReversed()) {
        const ids = (seeded.get(one.length) ?? []).map(({ id }) => id)
        const clicks = ids.map((id) =>
          click(rig, origin, 'answer', id, lines.get(id) ?? 0, { check: 'address', option }),
        )
        const result = await hit(clicks, clients)
        ids.forEach((id, index) => lines.set(id, clicks[index]?.line() ?? 0))
        if (wave >= 0) one.waves.push(result)
      }
    }
  }
  await winnow.stop()
  return measured
}

/** How many times as long as on the shortest cases; the middle of the waves. */
export const timesAsLong = (one: Length, lengths: readonly Length[]): number => {
  const shortest = lengths.find(({ clients }) => clients === one.clients)
  return median(one.waves.map(({ p50 }, wave) => p50 / (shortest?.waves[wave]?.p50 ?? NaN)))
}
