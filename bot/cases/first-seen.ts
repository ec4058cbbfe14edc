import { z } from 'zod'
import type { Store } from '../../store/store.js'
import type { Alert } from '../../triage/alert.js'

/** When the first alert of each type came here: a detection that is new may still be learning. */
export type FirstSeen = {
  /** Note an alert; samples don't count. */
  readonly note: (alert: Pick<Alert, 'type' | 'occurredAt' | 'sample'>) => void
  /** When the first of that type occurred, ISO 8601; null when none is known. */
  readonly of: (type: string) => string | null
  /** Write down what is new. Never rejects. */
  readonly save: () => Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly log: { warn(details: object, text: string): void }
}

/** Take in what was written down before; what can't be read counts as nothing. */
export const openFirstSeen = async ({ store, log }: Parts): Promise<FirstSeen> => {
  const byType = new Map(Object.entries(shape.safeParse((await store.kept(name)).value).data ?? {}))
  let isNew = false
  return {
    note: ({ type, occurredAt, sample }) => {
      const known = byType.get(type)
      if (sample || (known !== undefined && known <= occurredAt) || (known === undefined && byType.size >= most)) return
      byType.set(type, occurredAt)
      isNew = true
    },
    of: (type) => byType.get(type) ?? null,
    save: async () => {
      if (!isNew) return
      isNew = false
      try {
        await store.keep(name, Object.fromEntries(byType))
      } catch (error) {
        isNew = true
        log.warn({ err: error }, 'when each type of alert first came could not be written down')
      }
    },
  }
}

const name = 'first-seen'
/** More types than there are guides can come, and an attacker can think of any number. */
const most = 1000

const shape = z.record(z.string(), z.string())
