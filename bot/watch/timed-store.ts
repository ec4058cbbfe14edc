import type { Store } from '../../store/store.js'
import type { Meter } from './meter.js'

/** The same store, and the meter hears how long reading and writing cases takes. `now` in milliseconds that never go back. */
export const timedStore = (store: Store, meter: Pick<Meter, 'store'>, now: () => number): Store => {
  const timed = async <T>(what: 'read' | 'write' | 'replace', work: () => Promise<T>): Promise<T> => {
    const begun = now()
    let outcome: 'ok' | 'failed' = 'failed'
    try {
      const result = await work()
      outcome = 'ok'
      return result
    } finally {
      meter.store(what, outcome, (now() - begun) / 1000)
    }
  }
  return {
    ...store,
    read: (...of) => timed('read', () => store.read(...of)),
    write: (...of) => timed('write', () => store.write(...of)),
    replace: (...of) => timed('replace', () => store.replace(...of)),
  }
}
