import type { Store } from '../../store/store.js'
import type { Person } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Taxonomies } from '../../triage/taxonomy.js'
import type { WriteBackSettings } from '../config/write-back-settings.js'
import type { Graph } from '../graph/client.js'
import { openGraphAlerts } from './graph-alerts.js'
import { openOnSince } from './on-since.js'
import { type EffectsOutbox, openEffectsOutbox } from './outbox.js'
import type { Target } from './target.js'

type Parts = Pick<Parameters<typeof openEffectsOutbox>[0], 'desk' | 'log' | 'now'> & {
  readonly settings: WriteBackSettings
  readonly store: Pick<Store, 'keep' | 'kept'>
  /** Asked for only when something needs it. */
  readonly graph: () => Graph
  readonly taxonomies: Taxonomies
  readonly signInNameOf: (person: Person) => string | null
  readonly phrases: Phrases
  /** Whatever else is told outside. */
  readonly others?: readonly Target[]
}

/** Everything that is switched on, wired to the desk. */
export const openEffects = async (parts: Parts): Promise<EffectsOutbox> => {
  const { settings, store, graph, taxonomies, others = [], now } = parts
  const { graph: graphMode } = settings
  const sinceOf = await openOnSince(store, { ...(graphMode && { graph: graphMode }) }, now)
  const targets: readonly Target[] = [
    ...(graphMode
      ? [
          openGraphAlerts({
            ...parts,
            graph: graph(),
            taxonomy: taxonomies['graph-alerts'],
            mode: graphMode,
            since: sinceOf('graph'),
          }),
        ]
      : []),
    ...others,
  ]
  return openEffectsOutbox({ ...parts, targets })
}
