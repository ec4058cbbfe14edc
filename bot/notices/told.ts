import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Store } from '../../store/store.js'

/** Which notices have arrived, so that a start does not tell them again. Kept over restarts. */
export type Told = {
  note(name: string): void
  has(name: string): boolean
  /** Write down what is new. Never rejects: what is missing is told once more after a start, which does no harm. */
  save(): Promise<void>
}

/** Remembers nothing over a restart. */
export const forgetful = (): Told => {
  const names = new LRUCache<string, true>({ max: most })
  return { note: (one) => void names.set(one, true), has: (one) => names.has(one), save: async () => {} }
}

/** Take in what was written down before; what can't be read counts as nothing. */
export const openTold = async (
  store: Pick<Store, 'keep' | 'kept'>,
  log: { warn(details: object, text: string): void },
): Promise<Told> => {
  const names = new LRUCache<string, true>({ max: most })
  const kept = z.array(z.string()).safeParse((await store.kept(name)).value).data ?? []
  for (const one of kept) names.set(one, true)
  let isNew = false
  return {
    note: (one) => {
      names.set(one, true)
      isNew = true
    },
    has: (one) => names.has(one),
    save: async () => {
      if (!isNew) return
      isNew = false
      try {
        await store.keep(name, [...names.keys()].toReversed())
      } catch (error) {
        isNew = true
        log.warn({ err: error }, 'which notices were told could not be written down')
      }
    },
  }
}

const name = 'told'
/** A start looks back an hour; more is not told in that time. */
const most = 1000
