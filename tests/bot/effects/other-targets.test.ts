import assert from 'node:assert/strict'
import { openCloudApps } from '../../../bot/effects/cloud-apps.js'
import { openDefenderForCloud, resourceOf } from '../../../bot/effects/defender-for-cloud.js'
import { incidentOf, openSentinel } from '../../../bot/effects/sentinel.js'
import type { Target } from '../../../bot/effects/target.js'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import type { Taxonomies } from '../../../triage/taxonomy.js'
import { sharedFolder } from '../../content/files.js'
import { loadGuides } from '../../content/guides.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { effectsWorld } from '../../support/effects-world.js'
import { clientOver } from '../../support/fake-outside.js'
import { fakeAzure, fakeCloudApps } from '../../support/fake-targets.js'
import { words as phrases } from '../../support/words.js'

const common = { mode: 'on', since: '', phrases } as const
let taxonomies: Taxonomies
before(async () => {
  taxonomies = await loadTaxonomies(sharedFolder, await loadGuides())
})

const take = { type: 'take' } as const
const tp = { type: 'record-verdict', verdict: 'tp', reason: 'Kim says so.' } as const
const close = { type: 'close', reason: 'Contained elsewhere.' } as const

const endsOf = async (rooms: ReturnType<typeof effectsWorld>) =>
  (await rooms.standings()).map((one) => one.split(' | ')[1])

describe('bot/effects/cloud-apps', () => {
  const opened = async (id = 'mcas-1') => {
    const fake = fakeCloudApps()
    const alert = fake.put('mcas-1')
    const api = clientOver(fake.handle, 'Token cloud-apps-token')
    const rooms = effectsWorld([openCloudApps({ ...common, api, taxonomy: taxonomies['cloud-apps'] })])
    await rooms.open({ source: 'cloud-apps', sourceAlertId: id })
    return { rooms, alert, fake }
  }

  it('closes an alert as what it was, with the because, and only when it is over', async () => {
    const { rooms, alert } = await opened()
    await rooms.press(ada, take, tp)
    await rooms.settle()
    assert.deepEqual([alert.resolutionStatusValue, await endsOf(rooms)], [0, []])
    await rooms.press(ada, close)
    await rooms.settle()
    assert.deepEqual([alert.resolutionStatusValue, alert.reasonId, await endsOf(rooms)], [5, undefined, ['done']])
    assert.match(alert.comment, /Kim says so/)
  })

  it('closes it as confirmed with the end user once the manager has confirmed', async () => {
    const { rooms, alert } = await opened()
    const until = '2026-03-03T10:00:00.000Z'
    const yes = { type: 'answer-confirmation', asked: null, answer: 'yes', from: null, to: null, note: '' } as const
    await rooms.press(ada, take, { type: 'ask-manager', manager: mia, about: 'Kim', until })
    await rooms.press(mia, yes)
    await rooms.press(
      ada,
      { type: 'answer', check: 'journey', option: 'yes' },
      { type: 'record-verdict', verdict: 'btp-travel', reason: '' },
    )
    await rooms.settle()
    assert.deepEqual([alert.resolutionStatusValue, alert.reasonId], [4, 5])
  })

  it('says that it is not known there, although the answer looks like any other', async () => {
    const { rooms } = await opened('gone')
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual(await endsOf(rooms), ['refused'])
  })

  it('leaves alone what someone closed otherwise', async () => {
    const { rooms, alert } = await opened()
    alert.resolutionStatusValue = 5
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([alert.resolutionStatusValue, await endsOf(rooms)], [5, ['kept']])
  })
})

const sub = '5f6e7d8c-1111-4ccc-9ddd-0123456789ab'

describe('bot/effects/defender-for-cloud', () => {
  const id = '2517000000000000000_6b1d7a40-9c55-4f0e-8a77-0123456789ab'
  const link = `https://portal.azure.com/#blade/Microsoft_Azure_Security/AlertBlade/alertId/${id}/subscriptionId/${sub}/resourceGroup/soc/referencedFrom/alertDeepLink/location/centralus`
  const path = `/subscriptions/${sub}/resourceGroups/soc/providers/Microsoft.Security/locations/centralus/alerts/${id}`
  const opened = async () => {
    const fake = fakeAzure()
    const alert = fake.putAlert(path)
    const azure = clientOver(fake.handle, 'Bearer azure-token')
    const rooms = effectsWorld([openDefenderForCloud({ ...common, azure, taxonomy: taxonomies['defender-for-cloud'] })])
    await rooms.open({ source: 'defender-for-cloud', sourceAlertId: id, link })
    return { rooms, alert }
  }

  it('follows a case: in progress, dismissed, in progress again', async () => {
    const { rooms, alert } = await opened()
    await rooms.press(ada, take)
    await rooms.settle()
    assert.equal(alert.status, 'InProgress')
    await rooms.press(ada, { type: 'answer', check: 'address', option: 'ours' })
    await rooms.press(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
    await rooms.settle()
    assert.equal(alert.status, 'Dismissed')
    await rooms.press(ada, { type: 'withdraw-verdict' })
    await rooms.settle()
    assert.equal(alert.status, 'InProgress')
  })

  it('leaves alone what someone resolved there', async () => {
    const { rooms, alert } = await opened()
    alert.status = 'Resolved'
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([alert.status, await endsOf(rooms)], ['Resolved', ['kept']])
  })

  it('reads from its link where an alert is, also without a resource group, and believes no link that leads elsewhere', () => {
    assert.equal(resourceOf({ link, sourceAlertId: id }), path)
    assert.equal(
      resourceOf({ link: link.replace('/resourceGroup/soc', ''), sourceAlertId: id }),
      path.replace('/resourceGroups/soc', ''),
    )
    for (const wrong of [
      link.replace(id, `${id}0`),
      link.replace(sub, '..'),
      link.replace('centralus', 'x%2F..'),
      link.replace('soc', 'a%2Fb'),
      'https://evil.example/',
      null,
    ])
      assert.equal(resourceOf({ link: wrong, sourceAlertId: id }), null, String(wrong))
  })
})

describe('bot/effects/sentinel', () => {
  const path = `/subscriptions/${sub}/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc-logs/providers/Microsoft.SecurityInsights/Incidents/5e1f0000-0000-4000-8000-00000000aa02`
  const link = `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${path}`
  const opened = async (alertsCount = 1) => {
    const fake = fakeAzure()
    const incident = fake.putIncident(path, alertsCount)
    const azure = clientOver(fake.handle, 'Bearer azure-token')
    const rooms = effectsWorld([openSentinel({ ...common, azure, taxonomy: taxonomies.sentinel })])
    await rooms.open({ source: 'sentinel', sourceAlertId: 's-1', link })
    return { rooms, incident }
  }

  it('closes an incident with classification, reason, and a comment that is there once', async () => {
    const { rooms, incident } = await opened()
    await rooms.judge()
    await rooms.settle()
    const { status, classification, classificationReason } = incident.properties
    assert.deepEqual(
      [status, classification, classificationReason, incident.comments.size],
      ['Closed', 'FalsePositive', 'IncorrectAlertLogic', 1],
    )
    await rooms.press(ada, close)
    await rooms.settle()
    assert.equal(incident.comments.size, 1)
    await rooms.press(ada, { type: 'reopen', reason: 'It goes on.' })
    await rooms.settle()
    assert.deepEqual([incident.properties['status'], incident.comments.size], ['Active', 2])
  })

  it('only comments on an incident of several alerts, which one case does not decide', async () => {
    const { rooms, incident } = await opened(3)
    await rooms.press(ada, take)
    await rooms.settle()
    assert.match((await rooms.standings())[0] ?? '', /done \| effect\.does\.nothing/)
    await rooms.press(ada, { type: 'answer', check: 'address', option: 'ours' })
    await rooms.press(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
    await rooms.settle()
    assert.deepEqual([incident.properties['status'], incident.comments.size], ['New', 1])
    assert.match((await rooms.standings())[1] ?? '', /done \| effect\.does\.commented/)
    const { state } = await rooms.desk.look(caseId)
    assert.equal(state?.stepStates['action/close-alert'], undefined)
  })

  const someone = (one: string) => ({ id: `${one.repeat(8)}-1111-4111-8111-111111111111`, name: one })
  const [anna, benno, carl] = [someone('a'), someone('b'), someone('c')]
  const stands = ({ properties }: { readonly properties: Readonly<Record<string, unknown>> }) => [
    properties['status'],
    Object(properties['owner']).objectId ?? null,
  ]

  it('gives an incident to who takes the case or takes it over, and to no one when it is released', async () => {
    const { rooms, incident } = await opened()
    await rooms.press(anna, take)
    await rooms.settle()
    assert.deepEqual(stands(incident), ['Active', anna.id])
    await rooms.press(benno, { type: 'take-over' })
    await rooms.settle()
    assert.deepEqual(stands(incident), ['Active', benno.id])
    await rooms.press(benno, { type: 'release' })
    await rooms.settle()
    assert.deepEqual(stands(incident), ['Active', null])
    await rooms.press(anna, take)
    await rooms.settle()
    incident.properties = { ...incident.properties, owner: { objectId: carl.id } }
    await rooms.press(benno, { type: 'take-over' })
    await rooms.settle()
    assert.deepEqual(stands(incident), ['Active', carl.id])
    await rooms.press(benno, { type: 'release' })
    await rooms.settle()
    assert.deepEqual(stands(incident), ['Active', carl.id])
    assert.deepEqual(new Set(await endsOf(rooms)), new Set(['done']))
  })

  it('leaves an incident closed that someone closed there, whoever releases the case', async () => {
    const { rooms, incident } = await opened()
    await rooms.press(anna, take)
    await rooms.settle()
    incident.properties = { ...incident.properties, status: 'Closed', classification: 'TruePositive' }
    await rooms.press(anna, { type: 'release' })
    await rooms.settle()
    assert.deepEqual([...stands(incident), await endsOf(rooms)], ['Closed', anna.id, ['done', 'kept']])
  })

  it('leaves alone what someone closed there', async () => {
    const { rooms, incident } = await opened()
    incident.properties = { ...incident.properties, status: 'Closed', classification: 'TruePositive' }
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([incident.properties['classification'], await endsOf(rooms)], ['TruePositive', ['kept']])
  })

  it('finds the incident in the link, and nothing in another', () => {
    assert.equal(incidentOf({ link }), path)
    for (const wrong of [`${link}/comments/x`, link.replace('soc-logs', 'a%2Fb'), link.replace(sub, '..'), null])
      assert.equal(incidentOf({ link: wrong }), null, String(wrong))
  })
})

describe('bot/effects: an alert that came without the link that says where it is', () => {
  for (const source of ['defender-for-cloud', 'sentinel'] as const)
    it(`is not written to ${source}, and that is said once`, async () => {
      const azure = clientOver(fakeAzure().handle, 'Bearer azure-token')
      const rooms = effectsWorld([
        openDefenderForCloud({ ...common, azure, taxonomy: taxonomies['defender-for-cloud'] }),
        openSentinel({ ...common, azure, taxonomy: taxonomies.sentinel }),
      ])
      await rooms.open({ source, sourceAlertId: 'x-1', link: 'https://security.microsoft.com/alerts/x-1' })
      await rooms.press(ada, take)
      await rooms.settle()
      await rooms.press(ada, tp, close, { type: 'reopen', reason: 'It goes on.' })
      await rooms.settle()
      assert.deepEqual(await rooms.standings(), [`${source}/no-link | not-sent | effect.does.taken() | no-link`])
      const { diary } = await rooms.desk.look(caseId)
      assert.equal(diary.filter(({ type }) => type === 'effect-noted').length, 1)
    })
})

describe('bot/effects: every target on a dry run', () => {
  it('asks nothing, and writes down what it would send', async () => {
    const asked: string[] = []
    const silent = clientOver(({ url }) => {
      asked.push(url.pathname)
      return { status: 500 }
    }, '')
    const dry = { ...common, mode: 'dry-run' } as const
    const targets: readonly Target[] = [
      openCloudApps({ ...dry, api: silent, taxonomy: taxonomies['cloud-apps'] }),
      openDefenderForCloud({ ...dry, azure: silent, taxonomy: taxonomies['defender-for-cloud'] }),
      openSentinel({ ...dry, azure: silent, taxonomy: taxonomies.sentinel }),
    ]
    const rooms = effectsWorld(targets)
    await rooms.open({ source: 'cloud-apps', sourceAlertId: 'mcas-1' })
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([asked, await endsOf(rooms)], [[], ['dry-run']])
    const { state } = await rooms.desk.look(caseId)
    assert.match(state?.effects[0]?.sent ?? '', /close_false_positive.*"reasonId":3/)
  })
})
