import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Store } from '../../store/store.js'
import type { Relation } from '../../triage/verifier.js'
import { markOf } from './mark-of.js'

/**
 * Who was whose manager when a directory was last asked, to notice that it is somebody else now. Kept over restarts; people are in it
 * by a checksum of their id only.
 */
export type RelationMemory = {
  /** That is what the directory says now (`at`, ISO 8601). */
  note(relation: Pick<Relation, 'source' | 'of'>, managerId: string, at: string): void
  /** Since when it is another manager than before, ISO 8601; null where none other is remembered. */
  changedAt(relation: Pick<Relation, 'source' | 'of'>): string | null
  /** Write down what is new. Never rejects. */
  save(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly log: { warn(details: object, text: string): void }
  /** Of how many people it is remembered; who was asked about longest ago is forgotten first. */
  readonly most?: number
}

/** Take in what was written down before; what can't be read counts as nothing. What is seen first is no change. */
export const openRelationMemory = async ({ store, log, most = 20_000 }: Parts): Promise<RelationMemory> => {
  const kept = shape.safeParse((await store.kept(name)).value).data ?? []
  const known = new LRUCache<string, Known>({ max: most })
  for (const { of, ...one } of kept) known.set(of, one)
  let isNew = false
  const keyOf = ({ source, of }: Pick<Relation, 'source' | 'of'>) => markOf(`${source} ${of.toLowerCase()}`)
  return {
    note: (relation, managerId, at) => {
      if (relation.of === '' || relation.source === 'everyone') return
      const key = keyOf(relation)
      const manager = markOf(managerId.toLowerCase())
      const before = known.get(key)
      if (before?.manager === manager) return
      known.set(key, { manager, changedAt: before ? at : null })
      isNew = true
    },
    changedAt: (relation) => known.peek(keyOf(relation))?.changedAt ?? null,
    save: async () => {
      if (!isNew) return
      isNew = false
      try {
        await store.keep(name, [...known.entries()].map(([of, one]) => ({ of, ...one })).toReversed())
      } catch (error) {
        isNew = true
        log.warn({ err: error }, 'who is whose manager could not be written down')
      }
    },
  }
}

type Known = { readonly manager: string; readonly changedAt: string | null }

const name = 'relations'

const shape = z.array(z.object({ of: z.string(), manager: z.string(), changedAt: z.string().nullable() }))
