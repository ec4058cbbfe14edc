import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Store } from '../../store/store.js'
import { markOf } from './mark-of.js'

/** How often managers were asked within the last day; kept over restarts, with people by a checksum of their id only. */
export type ManagerLoad = {
  /** A question with a card of its own went to them, at that time (ISO 8601). */
  note(managerId: string, at: string): void
  /** True when as many did in the day before that time as a day may have; further ones share a card. */
  isFull(managerId: string, at: string): boolean
  /** Write down what is new. Never rejects. */
  save(): Promise<void>
}

/** Take in what was written down before; what can't be read counts as nothing. `daily`: so many a day; 0 for no limit. */
export const openManagerLoad = async (
  store: Pick<Store, 'keep' | 'kept'>,
  daily: number,
  log: { warn(details: object, text: string): void },
): Promise<ManagerLoad> => {
  const known = new LRUCache<string, readonly string[]>({ max: 5000 })
  for (const { manager, at } of shape.safeParse((await store.kept(name)).value).data ?? []) known.set(manager, at)
  let isNew = false
  const within = (times: readonly string[], at: string) =>
    times.filter((one) => Date.parse(at) - Date.parse(one) < dayMs && one <= at)
  return {
    note: (managerId, at) => {
      const key = markOf(managerId)
      known.set(key, [...within(known.get(key) ?? [], at).slice(-100), at])
      isNew = true
    },
    isFull: (managerId, at) => daily > 0 && within(known.peek(markOf(managerId)) ?? [], at).length >= daily,
    save: async () => {
      if (!isNew) return
      isNew = false
      try {
        await store.keep(name, [...known.entries()].map(([manager, at]) => ({ manager, at })).toReversed())
      } catch (error) {
        isNew = true
        log.warn({ err: error }, 'how often managers were asked could not be written down')
      }
    },
  }
}

const name = 'manager-questions'
const dayMs = 24 * 3_600_000

const shape = z.array(z.object({ manager: z.string(), at: z.array(z.string()) }))
