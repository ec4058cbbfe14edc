import { type LowdbOptions, openLowdbStore } from './lowdb.js'
import { memoryStore } from './memory.js'
import type { Damage, Store } from './store.js'

/** Which store, as the configuration says it. */
export type StoreSpec = { readonly kind: 'memory' } | { readonly kind: 'lowdb'; readonly folder: string }

/**
 * Open the store of that kind; `onDamaged` hears of each damage as it is found. `lowdb` is for that kind alone. The faults are those
 * of the kind.
 */
export async function openStore(
  spec: StoreSpec,
  onDamaged: (damage: Damage) => void = () => undefined,
  lowdb: LowdbOptions = {},
): Promise<Store> {
  return spec.kind === 'memory' ? memoryStore() : openLowdbStore(spec.folder, { ...lowdb, onDamaged })
}
