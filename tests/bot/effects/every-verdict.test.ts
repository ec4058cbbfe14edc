import assert from 'node:assert/strict'
import { openCloudApps } from '../../../bot/effects/cloud-apps.js'
import { openDefenderForCloud } from '../../../bot/effects/defender-for-cloud.js'
import { openGraphAlerts } from '../../../bot/effects/graph-alerts.js'
import { openGraphIncidents } from '../../../bot/effects/graph-incidents.js'
import { openSentinel } from '../../../bot/effects/sentinel.js'
import type { Target } from '../../../bot/effects/target.js'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import { caseId } from '../../../intake/case-id.js'
import type { Alert, Source } from '../../../triage/alert.js'
import type { Case } from '../../../triage/case.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import type { Guide, Verdict } from '../../../triage/guide.js'
import { winnow } from '../../../triage/person.js'
import type { Taxonomies } from '../../../triage/taxonomy.js'
import { sharedFolder } from '../../content/files.js'
import { loadGuides } from '../../content/guides.js'
import { ada, anAlert, wrote } from '../../support/cast.js'
import { fakeAlerts } from '../../support/fake-alerts.js'
import { fakeIncidents } from '../../support/fake-incidents.js'
import { clientOver } from '../../support/fake-outside.js'
import { fakeAzure, fakeCloudApps } from '../../support/fake-targets.js'
import { words as phrases } from '../../support/words.js'

describe('every verdict of every guide, told to each product', () => {
  let guides: readonly Guide[]
  let taxonomies: Taxonomies
  before(async () => {
    guides = await loadGuides()
    taxonomies = await loadTaxonomies(sharedFolder, guides)
  })

  const sub = '5f6e7d8c-1111-4ccc-9ddd-0123456789ab'
  const location = `/subscriptions/${sub}/providers/Microsoft.Security/locations/westeurope/alerts`
  const workspace = `/subscriptions/${sub}/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc-logs`

  /** The case of one verdict, recorded and closed. */
  const diaryOf = (source: Source, id: string, guide: Guide, { id: verdict, class: is, label }: Verdict) => {
    const link =
      source === 'defender-for-cloud'
        ? `https://portal.azure.com/#blade/Microsoft_Azure_Security/AlertBlade/alertId/${id}/subscriptionId/${sub}/location/westeurope`
        : `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${workspace}/providers/Microsoft.SecurityInsights/Incidents/${id}`
    const alert: Alert = anAlert({ source, sourceAlertId: id, link, incident: id.slice(9), type: guide.type })
    const opened = { type: 'opened' as const, caseId: caseId(source, id), alert, playbook: guide.type }
    const judged = {
      type: 'judged' as const,
      verdict,
      class: is,
      label,
      because: 'So it was.',
      evidence: [],
      against: null,
    }
    return [
      wrote(winnow, opened),
      wrote(ada, { type: 'claimed' }),
      wrote(ada, judged),
      wrote(ada, { type: 'closed', left: [] }),
    ]
  }

  /** Everything that a target wants to be done, done; what became of it for each verdict. */
  const tell = async (source: Source, target: Target, put: (id: string) => void) => {
    const ends: string[] = []
    const { signal } = new AbortController()
    let count = 0
    for (const guide of guides)
      for (const verdict of guide.verdicts) {
        const id = `25170000_${String((count += 1))}`
        put(id)
        const all = diaryOf(source, id, guide, verdict)
        // As it goes: each time as soon as it is written.
        for (const until of [2, 3, 4]) {
          const diary: readonly Event[] = all.slice(0, until)
          const state: Case | null = replay(diary)
          assert.ok(state)
          for (const effect of target.effects({ state, diary })) {
            const { state: end, why, detail } = await effect.send(signal)
            ends.push(end)
            assert.equal(end, 'done', `${guide.type}/${verdict.id}: ${why ?? ''} ${detail ?? ''}`)
          }
        }
      }
    return ends.length
  }

  it('Microsoft Graph takes them all', async () => {
    const fake = fakeAlerts('')
    const graph = clientOver(fake.handle, 'Bearer graph-token')
    const target = openGraphAlerts({
      graph,
      taxonomy: taxonomies['graph-alerts'],
      mode: 'on',
      since: '',
      signInNameOf: () => 'ada@contoso.example',
      phrases,
    })
    const told = await tell('graph', target, (id) => void fake.put(id))
    assert.ok(told >= 3 * guides.length)
    assert.deepEqual(fake.refusals, [])
  })

  it('Microsoft Graph takes them all for the incident of the alert', async () => {
    const fake = fakeIncidents('')
    const target = openGraphIncidents({
      graph: clientOver(fake.handle, 'Bearer graph-token'),
      taxonomy: taxonomies['graph-alerts'],
      mode: 'on',
      since: '',
      signInNameOf: () => 'ada@contoso.example',
      phrases,
    })
    const told = await tell('graph', target, (id) => void fake.put(id.slice(9), [id]))
    assert.ok(told >= 3 * guides.length)
    assert.deepEqual(fake.refusals, [])
  })

  it('Defender for Cloud Apps takes them all, and undetermined is not told', async () => {
    const fake = fakeCloudApps()
    const api = clientOver(fake.handle, 'Token cloud-apps-token')
    const target = openCloudApps({ api, taxonomy: taxonomies['cloud-apps'], mode: 'on', since: '', phrases })
    assert.ok((await tell('cloud-apps', target, (id) => void fake.put(id))) > guides.length)
    assert.deepEqual(fake.refusals, [])
  })

  it('Defender for Cloud takes them all', async () => {
    const fake = fakeAzure()
    const azure = clientOver(fake.handle, 'Bearer azure-token')
    const taxonomy = taxonomies['defender-for-cloud']
    const target = openDefenderForCloud({ azure, taxonomy, mode: 'on', since: '', phrases })
    const told = await tell('defender-for-cloud', target, (id) => void fake.putAlert(`${location}/${id}`))
    assert.ok(told >= 3 * guides.length)
    assert.deepEqual(fake.refusals, [])
  })

  it('Microsoft Sentinel takes them all', async () => {
    const fake = fakeAzure()
    const azure = clientOver(fake.handle, 'Bearer azure-token')
    const target = openSentinel({ azure, taxonomy: taxonomies.sentinel, mode: 'on', since: '', phrases })
    const put = (id: string) => fake.putIncident(`${workspace}/providers/Microsoft.SecurityInsights/Incidents/${id}`)
    assert.ok((await tell('sentinel', target, put)) >= 3 * guides.length)
    assert.deepEqual(fake.refusals, [])
  })

  it('a variant is told as the class that its guide gives it', () => {
    const classOf = new Map(
      guides.flatMap(({ type, verdicts }) =>
        verdicts.flatMap((one) => [[one.id, one.class] as const, [`${type}/${one.id}`, one.class] as const]),
      ),
    )
    for (const table of Object.values(taxonomies))
      for (const [variant, words] of Object.entries(table.variants)) {
        const is = classOf.get(variant)
        assert.ok(is, variant)
        const [first] = Object.values(words)
        assert.equal(first, Object.values(table.classes[is])[0], variant)
      }
  })
})
