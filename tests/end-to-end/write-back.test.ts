import assert from 'node:assert/strict'
import { winnow } from '../../triage/person.js'
import { people } from '../support/activities.js'
import { type Actors, actorsIn, codesIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { type FakeAlerts, type KeptAlert, openFakeAlerts } from '../support/fake-alerts.js'
import { clientOf, graphAlert } from '../support/fake-graph.js'
import { fakeIncidents } from '../support/fake-incidents.js'
import { clientOver } from '../support/fake-outside.js'
import { until } from '../support/until.js'
import { type World, keys, openWorld } from '../support/winnow.js'

const { ana } = people

describe('end-to-end/write-back: a verdict recorded in Winnow is in Microsoft Defender', () => {
  let defender: FakeAlerts
  let alert: KeptAlert
  let world: World
  let teams: Actors
  let code: string
  const begin = async (mode: 'dry-run' | 'on') => {
    world = await openWorld({ graph: clientOf(defender), writeBack: { graph: mode } })
    teams = actorsIn(world)
    await world.install()
    const { body } = await world.post({ value: [graphAlert('a-1')] })
    ;[code = ''] = codesIn(body)
    await world.drawn()
  }
  beforeEach(async () => {
    defender = await openFakeAlerts()
    alert = defender.put('a-1')
  })
  afterEach(async () => {
    await world.close()
    await defender.close()
  })

  const judge = async () => {
    await teams.press(ana, teams.cardOf(code), 'Take case')
    const by = (await world.app().desk.look(code)).state?.owner ?? winnow
    const stamp = { caseId: code, line: null, at: new Date().toISOString(), by }
    const { refusal } = await world
      .app()
      .desk.settle(code, [
        { ...stamp, type: 'record-verdict', verdict: 'fp-untagged-vpn', reason: 'Ours since today.' },
      ])
    assert.equal(refusal, null)
    await world.drawn()
  }
  /** The card as it is read: what its owner fills in is not drawn over, so they look again. */
  const cardWords = async () => {
    const { card } = await teams.press(ana, teams.cardOf(code), 'Refresh card')
    return wordsOf(card ?? teams.cardOf(code).card)
  }

  it('with the person, the reason, and the step that is done with it; and its card and history say so', async () => {
    await begin('on')
    await judge()
    const { status, classification, determination, assignedTo, comments } = alert
    assert.deepEqual([status, classification, determination], ['resolved', 'falsePositive', 'notMalicious'])
    assert.match(assignedTo ?? '', /^ana.*@/i)
    assert.match(comments[0]?.comment ?? '', /^FP: .* recorded by Ana Analyst .*Ours since today/)
    assert.match(await cardWords(), /Sent by Winnow\sMicrosoft Defender: closed as FP, /)
    assert.match(await cardWords(), /Sent to Microsoft Defender: closed as FP/)
    assert.match(await cardWords(), /Winnow did: Close the alert/)
    assert.deepEqual(defender.refusals, [])
  })

  it('and what Defender then tells of it is no news to anyone', async () => {
    await begin('on')
    await judge()
    const { diary } = await world.app().desk.look(code)
    const { status, classification, determination, assignedTo } = alert
    await world.post({
      value: [
        graphAlert('a-1', {
          status,
          classification,
          determination,
          assignedTo,
          lastUpdateDateTime: new Date().toISOString(),
        }),
      ],
    })
    await world.drawn()
    assert.equal((await world.app().desk.look(code)).diary.length, diary.length)
  })

  it('but a newer word there stays, and the owner is told', async () => {
    await begin('on')
    await teams.press(ana, teams.cardOf(code), 'Take case')
    defender.change(alert, { status: 'resolved', classification: 'truePositive', determination: 'malware' })
    const by = (await world.app().desk.look(code)).state?.owner ?? winnow
    const stamp = { caseId: code, line: null, at: new Date().toISOString(), by }
    await world
      .app()
      .desk.settle(code, [
        { ...stamp, type: 'record-verdict', verdict: 'fp-untagged-vpn', reason: 'Ours since today.' },
      ])
    await world.drawn()
    assert.equal(alert.classification, 'truePositive')
    assert.match(await cardWords(), /Microsoft Defender: left as someone set it there \(closed as FP\)/)
    const told = teams.texts(teams.cardOf(code).conversationId).join('\n')
    assert.match(told, /Microsoft Graph now shows the alert .* as resolved as true positive/)
  })

  it('also when Defender was out of reach until after the case was closed and Winnow was started anew', async () => {
    await begin('on')
    defender.outage(true)
    await judge()
    const by = (await world.app().desk.look(code)).state?.owner ?? winnow
    const stamp = { caseId: code, line: null, at: new Date().toISOString(), by }
    await world.app().desk.settle(code, [{ ...stamp, type: 'close', reason: 'Done by hand.' }])
    await world.drawn()
    assert.equal(defender.changes().length, 0)
    await world.stop()
    defender.outage(false)
    await world.start()
    await until(() => alert.comments.length > 0)
    await world.drawn()
    assert.deepEqual([alert.status, alert.classification, alert.comments.length], ['resolved', 'falsePositive', 1])
    assert.match(wordsOf(teams.cardOf(code).card), /Microsoft Defender: closed as FP, /)
  })

  it('and health tells what waits', async () => {
    await begin('on')
    defender.fail({ status: 403, body: { error: { code: 'Forbidden' } } })
    await teams.press(ana, teams.cardOf(code), 'Take case')
    assert.match(
      await cardWords(),
      /Microsoft Defender: waiting to be sent: in progress \(403: the app lacks SecurityAlert\.ReadWrite\.All, or the tenant is not onboarded\), since /,
    )
    const told = teams.texts(teams.cardOf(code).conversationId).join('\n')
    assert.match(
      told,
      /Ana Analyst<\/at>, case .*: Microsoft Defender: waiting to be sent: in progress .*403: the app lacks/,
    )
    const answer = await fetch(world.url('/health'), { headers: { authorization: `Bearer ${keys.one}` } })
    assert.equal(Object(await answer.json()).details.waitingEffects, 1)
  })

  it('and on a dry run nothing is sent, and the card says what would have been', async () => {
    await begin('dry-run')
    await judge()
    assert.equal(defender.asked.length, 0)
    assert.match(await cardWords(), /Microsoft Defender: dry run, nothing sent \(closed as FP\)/)
  })
})

describe('end-to-end/write-back: a verdict recorded in Winnow is in the incident of its alert', () => {
  it('as the incident that it came with, with the analyst and the reason, and the card says so', async () => {
    const fake = fakeIncidents('')
    const incident = fake.put('924565', ['a-1'])
    const shared = fake.put('924566', ['a-2', 'a-3'])
    const graph = clientOver(fake.handle, 'Bearer graph-token')
    const world = await openWorld({ graph, writeBack: { 'graph-incidents': 'on' } })
    try {
      const teams = actorsIn(world)
      await world.install()
      for (const [id, incidentId] of [
        ['a-1', '924565'],
        ['a-2', '924566'],
      ] as const) {
        const { body } = await world.post({ value: [graphAlert(id, { incidentId })] })
        const [code = ''] = codesIn(body)
        await world.drawn()
        await teams.press(ana, teams.cardOf(code), 'Take case')
        const by = (await world.app().desk.look(code)).state?.owner ?? winnow
        const stamp = { caseId: code, line: null, at: new Date().toISOString(), by }
        const verdict = {
          ...stamp,
          type: 'record-verdict',
          verdict: 'fp-untagged-vpn',
          reason: 'Ours since today.',
        } as const
        const { refusal } = await world.app().desk.settle(code, [verdict])
        assert.equal(refusal, null)
        await world.drawn()
        const { card } = await teams.press(ana, teams.cardOf(code), 'Refresh card')
        const does = id === 'a-1' ? 'closed as FP' : 'comment added'
        assert.match(wordsOf(card ?? teams.cardOf(code).card), new RegExp(`Microsoft Defender incident: ${does}, `))
      }
      assert.deepEqual([incident.status, incident.classification], ['resolved', 'falsePositive'])
      assert.match(incident.assignedTo ?? '', /^ana.*@/i)
      assert.match(incident.comments[0]?.comment ?? '', /^FP: .* recorded by Ana Analyst .*Ours since today/)
      assert.deepEqual([shared.status, shared.classification, shared.comments.length], ['active', null, 1])
      assert.deepEqual(fake.refusals, [])
    } finally {
      await world.close()
    }
  })
})

describe('end-to-end/write-back: an alert that came without the link that says where it is', () => {
  it('is said on its card and in its history not to be sent, once, and no one is called', async () => {
    const world = await openWorld({ writeBack: { sentinel: 'on' } })
    try {
      const teams = actorsIn(world)
      await world.install()
      const properties = {
        title: 'Impossible travel activity',
        severity: 'Medium',
        status: 'New',
        incidentNumber: 51,
        createdTimeUtc: '2026-03-02T11:00:00Z',
      }
      const name = '5e1f0000-0000-4000-8000-00000000aa02'
      const { body } = await world.post({ name, type: 'Microsoft.SecurityInsights/Incidents', properties })
      const [code = ''] = codesIn(body)
      await world.drawn()
      await teams.press(ana, teams.cardOf(code), 'Take case')
      await world.drawn()
      const { card } = await teams.press(ana, teams.cardOf(code), 'Refresh card')
      const words = wordsOf(card ?? teams.cardOf(code).card)
      assert.match(
        words,
        /Microsoft Sentinel: not sent \(in progress; the alert came without a link to it in the portal\)/,
      )
      assert.match(words, /Not sent to Microsoft Sentinel: in progress/)
      assert.doesNotMatch(teams.texts(teams.cardOf(code).conversationId).join('\n'), /Check the alert in its portal/)
    } finally {
      await world.close()
    }
  })
})
