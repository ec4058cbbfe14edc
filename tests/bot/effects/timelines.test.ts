import assert from 'node:assert/strict'
import { openCloudApps } from '../../../bot/effects/cloud-apps.js'
import { openDefenderForCloud } from '../../../bot/effects/defender-for-cloud.js'
import { openGraphAlerts } from '../../../bot/effects/graph-alerts.js'
import { openGraphIncidents } from '../../../bot/effects/graph-incidents.js'
import { openSentinel } from '../../../bot/effects/sentinel.js'
import type { Target } from '../../../bot/effects/target.js'
import { type Graph, openGraph } from '../../../bot/graph/client.js'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Alert } from '../../../triage/alert.js'
import type { Taxonomies } from '../../../triage/taxonomy.js'
import { sharedFolder } from '../../content/files.js'
import { loadGuides } from '../../content/guides.js'
import { ada, caseId } from '../../support/cast.js'
import { effectsWorld } from '../../support/effects-world.js'
import { fakeAlerts } from '../../support/fake-alerts.js'
import { type FakeClock, fakeClock } from '../../support/fake-clock.js'
import { fakeIncidents } from '../../support/fake-incidents.js'
import { type Outside, type OutsideAnswer, type OutsideRequest, openOutside } from '../../support/fake-outside.js'
import { fakeAzure, fakeCloudApps } from '../../support/fake-targets.js'
import { words as phrases } from '../../support/words.js'

/** One product with one thing in it, and how that is told of. */
type Product = {
  readonly handle: (request: OutsideRequest) => OutsideAnswer
  readonly refusals: readonly string[]
  readonly alert: Partial<Alert>
  /** How it stands there, and how many comments it has. */
  readonly stands: () => string
  /** Someone classifies it otherwise in the portal. */
  readonly overrule: () => void
}

type Row = {
  readonly name: string
  readonly permission: string
  /** Behind the origin; and what names the token. */
  readonly base: string
  readonly scheme?: string
  readonly token: string
  /** What one verdict takes there. */
  readonly requests: number
  readonly untouched: string
  readonly asJudged: string
  readonly asOverruled: string
  readonly product: () => Product
  readonly target: (client: Graph, taxonomies: Taxonomies) => Target
}

const common = { mode: 'on', since: '', phrases } as const
const signInNameOf = () => 'ada@contoso.example'
const sub = '5f6e7d8c-1111-4ccc-9ddd-0123456789ab'
const cloudId = '2517000000000000000_6b1d7a40-9c55-4f0e-8a77-0123456789ab'
const cloudPath = `/subscriptions/${sub}/providers/Microsoft.Security/locations/centralus/alerts/${cloudId}`
const cloudLink = `https://portal.azure.com/#blade/Microsoft_Azure_Security/AlertBlade/alertId/${cloudId}/subscriptionId/${sub}/location/centralus`
const incidentPath = `/subscriptions/${sub}/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc-logs/providers/Microsoft.SecurityInsights/Incidents/5e1f0000-0000-4000-8000-00000000aa02`
const incidentLink = `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${incidentPath}`

const words = (...all: readonly unknown[]): string =>
  all
    .map((one) => (typeof one === 'string' ? one : one === null || one === undefined ? '-' : JSON.stringify(one)))
    .join(' ')

const theirs = { status: 'resolved', classification: 'truePositive', determination: 'phishing' } as const

const table: readonly Row[] = [
  {
    name: 'alerts of Microsoft Defender',
    permission: 'SecurityAlert.ReadWrite.All',
    base: '/v1.0',
    token: 'graph-token',
    requests: 3,
    untouched: 'new - - 0',
    asJudged: 'resolved falsePositive notMalicious 1',
    asOverruled: 'resolved truePositive phishing 0',
    product: () => {
      const { put, change, ...fake } = fakeAlerts()
      const kept = put('a-1')
      return {
        ...fake,
        alert: { source: 'graph', sourceAlertId: 'a-1' },
        stands: () => words(kept.status, kept.classification, kept.determination, kept.comments.length),
        overrule: () => change(kept, theirs),
      }
    },
    target: (graph, taxonomies) =>
      openGraphAlerts({ ...common, graph, taxonomy: taxonomies['graph-alerts'], signInNameOf }),
  },
  {
    name: 'incidents of Microsoft Defender',
    permission: 'SecurityIncident.ReadWrite.All',
    base: '/v1.0',
    token: 'graph-token',
    requests: 3,
    untouched: 'active - - 0',
    asJudged: 'resolved falsePositive notMalicious 1',
    asOverruled: 'resolved truePositive phishing 0',
    product: () => {
      const { put, change, ...fake } = fakeIncidents()
      const kept = put('924565', ['a-1'])
      return {
        ...fake,
        alert: { source: 'graph', sourceAlertId: 'a-1', incident: '924565' },
        stands: () => words(kept.status, kept.classification, kept.determination, kept.comments.length),
        overrule: () => change(kept, theirs),
      }
    },
    target: (graph, taxonomies) =>
      openGraphIncidents({ ...common, graph, taxonomy: taxonomies['graph-alerts'], signInNameOf }),
  },
  {
    name: 'alerts of Defender for Cloud Apps',
    permission: 'to manage alerts (its API token)',
    base: '/api/v1',
    scheme: 'Token',
    token: 'cloud-apps-token',
    requests: 2,
    untouched: '0 - ',
    asJudged: '3 3 VPN',
    asOverruled: '5 - ',
    product: () => {
      const { put, ...fake } = fakeCloudApps()
      const kept = put('mcas-1')
      return {
        ...fake,
        alert: { source: 'cloud-apps', sourceAlertId: 'mcas-1' },
        stands: () => words(kept.resolutionStatusValue, kept.reasonId, /VPN/.exec(kept.comment)?.[0] ?? ''),
        overrule: () => void (kept.resolutionStatusValue = 5),
      }
    },
    target: (api, taxonomies) => openCloudApps({ ...common, api, taxonomy: taxonomies['cloud-apps'] }),
  },
  {
    name: 'alerts of Defender for Cloud',
    permission: 'the role Security Admin',
    base: '',
    token: 'azure-token',
    requests: 2,
    untouched: 'Active',
    asJudged: 'Dismissed',
    asOverruled: 'Resolved',
    product: () => {
      const { putAlert, ...fake } = fakeAzure()
      const kept = putAlert(cloudPath)
      return {
        ...fake,
        alert: { source: 'defender-for-cloud', sourceAlertId: cloudId, link: cloudLink },
        stands: () => kept.status,
        overrule: () => void (kept.status = 'Resolved'),
      }
    },
    target: (azure, taxonomies) =>
      openDefenderForCloud({ ...common, azure, taxonomy: taxonomies['defender-for-cloud'] }),
  },
  {
    name: 'incidents of Microsoft Sentinel',
    permission: 'the role Microsoft Sentinel Responder',
    base: '',
    token: 'azure-token',
    requests: 3,
    untouched: 'New - - 0',
    asJudged: 'Closed FalsePositive IncorrectAlertLogic 1',
    asOverruled: 'Closed TruePositive SuspiciousActivity 0',
    product: () => {
      const { putIncident, ...fake } = fakeAzure()
      const kept = putIncident(incidentPath)
      return {
        ...fake,
        alert: { source: 'sentinel', sourceAlertId: 's-1', link: incidentLink },
        stands: () => {
          const { status, classification, classificationReason } = kept.properties
          return words(status, classification, classificationReason, kept.comments.size)
        },
        overrule: () => {
          kept.etag = '"theirs"'
          const said = { status: 'Closed', classification: 'TruePositive', classificationReason: 'SuspiciousActivity' }
          kept.properties = { ...kept.properties, ...said }
        },
      }
    },
    target: (azure, taxonomies) => openSentinel({ ...common, azure, taxonomy: taxonomies.sentinel }),
  },
]

let taxonomies: Taxonomies
before(async () => {
  taxonomies = await loadTaxonomies(sharedFolder, await loadGuides())
})

for (const row of table)
  describe(`bot/effects: a verdict on its way to ${row.name}`, () => {
    let product: Product
    let outside: Outside
    beforeEach(async () => {
      product = row.product()
      outside = await openOutside((request) => product.handle(request))
    })
    afterEach(() => outside.close())

    const clientOf = (clock: FakeClock): Graph =>
      openGraph({
        token: async () => ({ ok: true, token: row.token }),
        baseUrl: `${outside.origin}${row.base}`,
        clock: { now: clock.now, sleep: async () => {} },
        random: () => 0.5,
        ...(row.scheme !== undefined && { scheme: row.scheme }),
      })
    const world = (store: Store = memoryStore()) => {
      const clock = fakeClock()
      return effectsWorld([row.target(clientOf(clock), taxonomies)], store, undefined, clock)
    }
    const opened = async () => {
      const rooms = world()
      await rooms.open(product.alert)
      return rooms
    }
    const ends = async (rooms: ReturnType<typeof world>) =>
      (await rooms.standings()).map((one) => one.split(' | ')[1] ?? '')
    const arrives = async (rooms: ReturnType<typeof world>) => {
      await rooms.settle()
      assert.equal(product.stands(), row.asJudged)
      assert.equal((await ends(rooms)).at(-1), 'done')
      assert.deepEqual(product.refusals, [])
    }
    const writes = () => outside.changes().filter(({ url }) => !url.pathname.includes('/comments'))

    it(`takes ${row.requests} requests`, async () => {
      const rooms = await opened()
      await rooms.judge()
      await arrives(rooms)
      assert.equal(outside.asked.length, row.requests)
    })

    it('waits through an outage, and then tells the newest only', async () => {
      const rooms = await opened()
      outside.outage(true)
      await rooms.press(ada, { type: 'take' })
      await rooms.outbox.idle()
      await rooms.press(ada, { type: 'answer', check: 'address', option: 'ours' })
      await rooms.press(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
      for (let tries = 0; tries < 4; tries += 1) {
        await rooms.clock.run(() => false)
        await rooms.outbox.idle()
      }
      assert.deepEqual(
        (await rooms.standings()).map((one) => one.replace(/^.*? \| (\w+) .* /, '$1 ')),
        ['waiting unreachable'],
      )
      assert.equal(product.stands(), row.untouched)
      outside.outage(false)
      await arrives(rooms)
      assert.equal(writes().length, 1)
    })

    it('says which permission is missing, and goes on by itself once it is granted', async () => {
      const rooms = await opened()
      outside.fail({ status: 403, body: { error: { code: 'Forbidden' } } })
      await rooms.judge()
      await rooms.outbox.idle()
      const { state } = await rooms.desk.look(caseId)
      assert.deepEqual(
        state?.effects.map(({ state: one, why, detail }) => [one, why, detail]),
        [['waiting', 'forbidden', row.permission]],
      )
      assert.equal(product.stands(), row.untouched)
      await arrives(rooms)
    })

    for (const [what, trouble] of [
      ['too many requests', { status: 429, headers: { 'retry-after': '120' } }],
      ['a conflict (409)', { status: 409, body: { error: { code: 'Conflict' } } }],
      ['a conflict (412)', { status: 412, body: { error: { code: 'PreconditionFailed' } } }],
      ['a server that fails', { status: 500 }],
      ['a cut connection', 'cut'],
      ['a connection that is cut after it was done', 'done-and-cut'],
    ] as const)
      it(`gets over ${what}, at whichever request`, async () => {
        for (let at = 0; at < row.requests; at += 1) {
          product = row.product()
          const rooms = await opened()
          let count = -1
          outside.beforeEach(() => {
            count += 1
            if (count === at) outside.fail(trouble)
          })
          await rooms.judge()
          await arrives(rooms)
          assert.ok(count >= row.requests, `request ${at + 1}`)
        }
      })

    for (const status of [409, 412])
      it(`leaves alone what someone changed while it was about to write (${status}): it reads again`, async () => {
        const rooms = await opened()
        let isChanged = false
        outside.beforeEach(({ method }) => {
          if (method === 'GET' || isChanged) return
          isChanged = true
          product.overrule()
          outside.fail({ status, body: { error: { code: 'Conflict' } } })
        })
        await rooms.judge()
        await rooms.settle()
        assert.equal(product.stands(), row.asOverruled)
        assert.deepEqual(await ends(rooms), ['kept'])
      })

    it('tells everything once when it is killed, at whichever request, done or not', async () => {
      for (let at = 0; at < row.requests; at += 1)
        for (const isDone of [false, true]) {
          product = row.product()
          const first = await opened()
          let count = -1
          let killed = (): void => {}
          const kill = new Promise<void>((resolve) => (killed = resolve))
          outside.beforeEach(() => {
            count += 1
            if (count !== at) return
            outside.fail(isDone ? 'done-and-cut' : 'cut')
            // Whatever the process does after this moment is not there.
            outside.beforeEach(() => {})
            first.desk.settle = () => new Promise(() => {})
            void first.outbox.stop()
            killed()
          })
          await first.judge()
          await kill
          await first.outbox.stop()
          const second = world(first.store)
          await second.resume()
          await arrives(second)
        }
    })
  })
