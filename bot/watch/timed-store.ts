import type { Store } from '../../store/store.js'
import type { Meter } from './meter.js'

/** The same store, and the meter hears how long reading and writing cases takes. `now` in milliseconds that never go back. */
export const timedStore = (store: Store, meter: Pick<Meter, 'store'>, now: () => number): Store => {
  /** Whoever waits for the work does not wait for the meter. */
  const timed = <T>(what: 'read' | 'write' | 'replace', begun: number, work: Promise<T>): Promise<T> => {
    const over = (outcome: 'ok' | 'failed') => () => meter.store(what, outcome, (now() - begun) / 1000)
    void work.then(over('ok'), over('failed'))
    return work
  }
  return {
    ...store,
    read: (caseId) => timed('read', now(), store.read(caseId)),
    write: (caseId, version, change, options) => timed('write', now(), store.write(caseId, version, change, options)),
    replace: (caseId, version, record) => timed('replace', now(), store.replace(caseId, version, record)),
  }
}
