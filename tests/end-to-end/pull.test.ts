import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { caseId } from '../../intake/case-id.js'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { type FakeGraph, clientOf, graphAlert, openFakeGraph } from '../support/fake-graph.js'
import { type World, keys, openWorld } from '../support/winnow.js'

const { ana } = people

describe('end-to-end/pull: Winnow fetches alerts from Microsoft Graph', () => {
  let fake: FakeGraph
  let world: World
  let teams: Actors
  beforeEach(async () => {
    fake = await openFakeGraph()
    world = await openWorld({ graph: clientOf(fake) })
    teams = actorsIn(world)
  })
  afterEach(async () => {
    await world.close()
    await fake.close()
  })

  const code = (id: string) => caseId('graph', id)
  const diaryOf = async (id: string) => (await world.app().desk.look(code(id))).diary
  const typesOf = async (id: string) => (await diaryOf(id)).map(({ type }) => type)
  const put = (id: string, but: Readonly<Record<string, unknown>> = {}) => {
    fake.pass(1000)
    fake.put(graphAlert(id, but))
  }
  const health = async () => {
    const answer = await fetch(world.url('/health'), { headers: { authorization: `Bearer ${keys.one}` } })
    const body: { readonly problems: readonly string[]; readonly details: Readonly<Record<string, unknown>> } = Object(
      await answer.json(),
    )
    return { status: answer.status, ...body }
  }
  /** Resolves once two pulls have ended: what was there at the beginning of the second is stored. */
  const pulled = async (): Promise<void> => {
    for (let times = 0; times < 2; times += 1) {
      const { lastPull } = (await health()).details
      while ((await health()).details['lastPull'] === lastPull) await sleep(10)
    }
    await world.drawn()
  }
  const again = async () => {
    await world.stop()
    await world.start()
  }

  it('and they become cases with cards, as those that are sent do; the same alert by the door is the same case', async () => {
    await world.install()
    put('a')
    await pulled()
    assert.match(wordsOf(teams.cardOf(code('a')).card), /Impossible travel activity/)
    const { body } = await world.post({ value: [graphAlert('a')] })
    assert.equal(Object(body).alerts[0].status, 'known')
    await pulled()
    assert.equal(teams.cardsOf(code('a')).length, 1)
    assert.deepEqual(await typesOf('a'), ['opened'])
    const { status, details } = await health()
    assert.deepEqual([status, details['pulledAlerts'], details['pullFailingSince']], [200, 1, null])
    assert.match(String(details['lastPull']), /^\d{4}-/)
  })

  it('and a defective one costs no other', async () => {
    put('odd', { title: null, evidence: 7 })
    put('a')
    await pulled()
    assert.deepEqual([await typesOf('odd'), await typesOf('a')], [[], ['opened']])
    assert.equal(world.logged.filter((line) => line.includes('alerts could not be read')).length, 1)
  })

  it('and one that is resolved later is noted on its case and told to its owner once, and stays open', async () => {
    await world.install()
    put('a')
    await pulled()
    await teams.press(ana, teams.cardOf(code('a')), 'Take case')
    put('a', {
      status: 'resolved',
      classification: 'truePositive',
      determination: 'compromisedAccount',
      assignedTo: 'lee@contoso.example',
    })
    await pulled()
    await pulled()
    assert.deepEqual(await typesOf('a'), ['opened', 'claimed', 'source-updated'])
    const told = teams.texts(teams.cardOf(code('a')).conversationId).filter((text) => text.includes('Microsoft Graph'))
    assert.deepEqual(told.length, 1)
    assert.match(
      told[0] ?? '',
      /Ana Analyst.*, Microsoft Graph now shows the alert of case \S+ as resolved as true positive\./,
    )
    // On a card that its owner fills in, it is shown once they ask for it or act.
    const { card } = await teams.press(ana, teams.cardOf(code('a')), 'Refresh card')
    assert.ok(card)
    const words = wordsOf(card)
    assert.match(
      words,
      /In the source\sMicrosoft Graph: resolved as true positive \(compromised account\), assigned to lee@contoso/,
    )
    assert.match(words, /Microsoft Graph now says: resolved as true positive/)
    assert.equal((await world.app().desk.look(code('a'))).state?.closed, null)
    await again()
    await pulled()
    assert.deepEqual(await typesOf('a'), ['opened', 'claimed', 'source-updated'])
  })

  it('and a new case shows from the start that somebody works on it there; one that is over there is left out', async () => {
    await world.install()
    put('busy', { status: 'inProgress', assignedTo: 'lee@contoso.example' })
    put('over', { status: 'resolved' })
    await pulled()
    assert.match(
      wordsOf(teams.cardOf(code('busy')).card),
      /In the source\sMicrosoft Graph: in progress, assigned to lee@contoso/,
    )
    assert.deepEqual(await typesOf('over'), [])
  })

  it('and nothing is lost or doubled over restarts', async () => {
    fake.pages(10)
    const ids = Array.from({ length: 80 }, (_, at) => `r${at}`)
    for (const [at, id] of ids.entries()) {
      put(id)
      if (at % 10 === 7) put(ids[at - 5] ?? '', { title: 'Changed', assignedTo: `a${at}` })
      if (at % 20 === 13) await again()
      if (at % 20 === 3) await pulled()
    }
    await pulled()
    for (const id of ids) assert.equal((await typesOf(id)).filter((type) => type === 'opened').length, 1, id)
    assert.equal(await world.app().openCases.count(), ids.length)
  })

  it('and a day in which Graph can’t be reached is caught up with, without loss; meanwhile Winnow says so', async () => {
    put('before')
    await pulled()
    const since = fake.now()
    fake.outage(true)
    while ((await health()).details['pullFailure'] !== 'unreachable') await sleep(10)
    assert.ok((await health()).details['pullFailingSince'])
    const ids = Array.from({ length: 150 }, (_, at) => `d${at}`)
    for (const [at, id] of ids.entries()) {
      fake.pass(600_000)
      put(id)
      if (at === 75) await again()
    }
    put('before', { status: 'resolved', classification: 'falsePositive' })
    assert.ok(Date.parse(fake.now()) - Date.parse(since) > 86_400_000)
    fake.pages(25)
    fake.outage(false)
    await again()
    await pulled()
    for (const id of ids) assert.deepEqual(await typesOf(id), ['opened'], id)
    assert.deepEqual(await typesOf('before'), ['opened', 'source-updated'])
    assert.equal(await world.app().openCases.count(), ids.length + 1)
    assert.deepEqual((await health()).problems, [])
  })

  it('and it says which permission is lacking', async () => {
    await pulled()
    fake.fail(...Array.from({ length: 40 }, () => ({ status: 403 })))
    while ((await health()).details['pullFailure'] !== 'forbidden') await sleep(10)
    const { status, problems } = await health()
    assert.equal(status, 503)
    assert.match(problems[0] ?? '', /lacks the permission SecurityAlert\.Read\.All\. Add it in the Entra admin center/)
    const metrics = await fetch(world.url('/metrics'), { headers: { authorization: `Bearer ${keys.one}` } })
    assert.match(await metrics.text(), /winnow_pull_failing_since_timestamp_seconds \d+[^]*pullFailure="forbidden"/)
  })
})
