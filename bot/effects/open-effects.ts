import type { Store } from '../../store/store.js'
import type { Person } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Taxonomies } from '../../triage/taxonomy.js'
import type { WriteBackSettings, WriteBackTarget } from '../config/write-back-settings.js'
import { type Graph, openGraph } from '../graph/client.js'
import { clouds } from '../graph/clouds.js'
import { openGraphToken } from '../graph/credential.js'
import { openCloudApps } from './cloud-apps.js'
import { openDefenderForCloud } from './defender-for-cloud.js'
import { openGraphAlerts } from './graph-alerts.js'
import { openGraphIncidents } from './graph-incidents.js'
import { openOnSince } from './on-since.js'
import { type EffectsOutbox, openEffectsOutbox } from './outbox.js'
import { openSentinel } from './sentinel.js'
import type { Target } from './target.js'
import { openWebhook } from './webhook.js'

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
  const { settings, store, graph, taxonomies, phrases, others = [], now } = parts
  const { modes, webhooks, cloudApps } = settings
  const hooks = Object.fromEntries(webhooks.map(({ name }) => [`webhook/${name}`, 'on']))
  const sinceOf = await openOnSince(store, { ...modes, ...hooks }, now)
  let azure: Graph | null = null
  const azureClient = (): Graph => (azure ??= azureOf(settings))

  const opening: Readonly<Record<WriteBackTarget, (mode: 'dry-run' | 'on') => Target | null>> = {
    graph: (mode) =>
      openGraphAlerts({ ...common('graph', mode), ...parts, graph: graph(), taxonomy: taxonomies['graph-alerts'] }),
    'graph-incidents': (mode) =>
      openGraphIncidents({
        ...common('graph-incidents', mode),
        ...parts,
        graph: graph(),
        taxonomy: taxonomies['graph-alerts'],
      }),
    'cloud-apps': (mode) =>
      cloudApps &&
      openCloudApps({ ...common('cloud-apps', mode), api: cloudAppsOf(cloudApps), taxonomy: taxonomies['cloud-apps'] }),
    'defender-for-cloud': (mode) =>
      openDefenderForCloud({
        ...common('defender-for-cloud', mode),
        azure: azureClient(),
        taxonomy: taxonomies['defender-for-cloud'],
      }),
    sentinel: (mode) =>
      openSentinel({ ...common('sentinel', mode), azure: azureClient(), taxonomy: taxonomies.sentinel }),
  }
  const common = (target: WriteBackTarget, mode: 'dry-run' | 'on') => ({ mode, since: sinceOf(target), phrases })

  const targets: readonly Target[] = [
    ...order.flatMap((target) => {
      const mode = modes[target]
      return mode === undefined ? [] : (opening[target](mode) ?? [])
    }),
    ...webhooks.map((webhook) => openWebhook({ webhook, since: sinceOf(`webhook/${webhook.name}`), phrases })),
    ...others,
  ]
  return openEffectsOutbox({ ...parts, targets })
}

const order = ['graph', 'graph-incidents', 'cloud-apps', 'defender-for-cloud', 'sentinel'] as const

const azureOf = ({ graph }: WriteBackSettings): Graph =>
  openGraph({ token: openGraphToken(graph, 30_000, 'management'), baseUrl: clouds[graph.cloud].management })

const cloudAppsOf = ({ url, token }: NonNullable<WriteBackSettings['cloudApps']>): Graph =>
  openGraph({ token: async () => ({ ok: true, token }), baseUrl: `${url}/api/v1`, scheme: 'Token' })
