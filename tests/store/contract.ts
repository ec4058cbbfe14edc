import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LowdbOptions, openLowdbStore } from '../../store/lowdb.js'
import { memoryStore, type Remembered } from '../../store/memory.js'
import type { Store } from '../../store/store.js'

/** A store to try the rules on. */
export type Opened = {
  readonly store: Store
  /** Close the store that was opened last, and open what it remembers anew. */
  readonly reopen: () => Promise<Store>
  /** Close it and remove everything. */
  readonly dispose: () => Promise<void>
}

/** A kind of store, by its name. */
export type Adapter = { readonly name: string; readonly open: () => Promise<Opened> }

async function openMemory(): Promise<Opened> {
  const remembered: Remembered = { cases: new Map(), settings: new Map() }
  return opened(
    async () => memoryStore(remembered),
    async () => undefined,
  )
}

const openLowdb =
  (limits: LowdbOptions['limits'] = {}) =>
  async (): Promise<Opened> => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-contract-'))
    return opened(
      () => openLowdbStore(folder, { limits }),
      () => rm(folder, { recursive: true, force: true }),
    )
  }

async function opened(open: () => Promise<Store>, remove: () => Promise<void>): Promise<Opened> {
  let store = await open()
  return {
    store,
    reopen: async () => {
      await store.close()
      store = await open()
      return store
    },
    dispose: async () => {
      await store.close()
      await remove()
    },
  }
}

/** Every adapter there is; a new one joins by its line. The second lowdb store writes its files after every write. */
export const adapters: readonly Adapter[] = [
  { name: 'memory', open: openMemory },
  { name: 'lowdb', open: openLowdb() },
  { name: 'lowdb, always filing', open: openLowdb({ cases: 1, bytes: 1 }) },
]
