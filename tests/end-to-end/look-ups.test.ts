import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { type FakeGraph, type Trouble, clientOf, openFakeGraph } from '../support/fake-graph.js'
import { aFinding } from '../support/looked-up.js'
import { until } from '../support/until.js'
import { type World, keys, openWorld } from '../support/winnow.js'
import { winnow } from '../../triage/person.js'

const { ana } = people
const hunting = '/security/runHuntingQuery'
const forbidden: Trouble = { status: 403 }

describe('end-to-end/look-ups: Winnow looks up with Graph what checks name', () => {
  let fake: FakeGraph
  let world: World
  let teams: Actors

  const start = async (timeoutMs?: number) => {
    fake = await openFakeGraph()
    const lookUps = {
      graph: clientOf(fake, { tries: 1, ...(timeoutMs !== undefined && { timeoutMs }) }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    }
    world = await openWorld({ lookUps })
    teams = actorsIn(world)
    await world.install()
  }
  afterEach(async () => {
    await world.close()
    await fake.close()
  })

  const rows = (count: number) => ({
    schema: [{ name: 'Timestamp' }, { name: 'Application' }, { name: 'IPAddress' }, { name: 'ErrorCode' }],
    results: Array.from({ length: count }, (_, at) => ({
      Timestamp: `2026-03-02T${String(at % 24).padStart(2, '0')}:04:05.123Z`,
      Application: 'Office',
      IPAddress: '192.0.2.10',
      ErrorCode: at === 0 ? 50126 : 0,
    })),
  })
  const travel = (but: object = {}) => ({
    severity: 'medium',
    people: [{ upn: 'kim@contoso.example', objectId: '00000000-0000-4000-8000-00000000000b', name: 'Kim' }],
    addresses: [{ ip: '192.0.2.10', country: 'NO' }],
    ...but,
  })
  const diaryOf = async (code: string) => (await world.app().desk.look(code)).diary
  const lookUpsOf = async (code: string) => (await diaryOf(code)).filter(({ type }) => type.startsWith('look'))
  /** Resolves once there are so many lines of look-ups, and every card shows them. */
  const lookedUp = async (code: string, least = 1): Promise<void> => {
    await until(async () => (await lookUpsOf(code)).length >= least)
    await world.drawn()
  }
  const card = (code: string) => wordsOf(teams.cardOf(code).card)
  const asked = () => fake.asked.filter(({ url }) => url.pathname.endsWith(hunting))
  const health = async (): Promise<{ problems: readonly string[]; details: Readonly<Record<string, unknown>> }> =>
    Object(await (await fetch(world.url('/health'), { headers: { authorization: `Bearer ${keys.one}` } })).json())

  it('when a case is taken: the count and the first row stand above the options, five rows in the record', async () => {
    await start()
    fake.answers(hunting, rows(14))
    const code = await teams.alert(travel())
    await sleep(50)
    assert.equal(asked().length, 0)
    await teams.press(ana, teams.cardOf(code), 'Take case')
    await lookedUp(code)
    assert.match(
      card(code),
      /Sign-ins from the IP address, .* 14 rows\. First: 2026-03-02 00:04Z, Office, 192\.0\.2\.10, ErrorCode 50126/,
    )
    const [found] = await lookUpsOf(code)
    assert.ok(found?.type === 'looked-up')
    const { lookUp, checks, source, count, rows: kept, by } = found
    assert.deepEqual(
      [lookUp, checks, source, count, kept.length, by.name],
      ['sign-ins-by-address', ['address'], 'advanced-hunting', 14, 5, 'Winnow'],
    )
    const [first] = asked()
    assert.match(first?.body ?? '', /let addresses = dynamic\(\[\\"192\.0\.2\.10\\"\]\);.*take 201/)
    assert.equal(first?.headers.authorization, 'Bearer graph-token')
  })

  it('at once for a severe alert, so that its new card has the evidence; nothing is answered by it', async () => {
    await start()
    fake.answers(hunting, rows(1))
    const code = await teams.alert(travel({ severity: 'high' }))
    await lookedUp(code)
    assert.match(card(code), /Unassigned[\s\S]*Sign-ins from the IP address, .*: 2026-03-02 00:04Z, Office/)
    const { state } = await world.app().desk.look(code)
    assert.deepEqual(state?.answers, [])
  })

  it('and a slow Graph keeps no click waiting', async () => {
    await start(600_000)
    for (let times = 0; times < 20; times += 1) fake.fail('silence')
    const code = await teams.alert(travel())
    await teams.press(ana, teams.cardOf(code), 'Take case')
    await until(() => asked().length > 0)
    await teams.press(ana, teams.cardOf(code), 'Answer', { option: 'other' })
    assert.equal((await world.app().desk.look(code)).state?.answers.length, 1)
    assert.equal((await lookUpsOf(code)).length, 0)
  })

  it('and what is not answered in time says so on the card', async () => {
    await start(300)
    for (let times = 0; times < 20; times += 1) fake.fail('silence')
    const code = await teams.alert(travel())
    await teams.press(ana, teams.cardOf(code), 'Take case')
    await lookedUp(code)
    assert.match(card(code), /Sign-ins from the IP address: not looked up\. Microsoft Graph didn't answer in time\./)
    // The rest is not asked for: it would only take as long again.
    assert.ok(asked().length <= 2)
  })

  it('and what is forbidden names the permission that is lacking, on the card and in /health, and is not asked for again', async () => {
    await start()
    fake.fail(forbidden, forbidden, forbidden)
    const code = await teams.alert(travel({ severity: 'high' }))
    await lookedUp(code)
    const told = /Sign-ins from the IP address: not looked up\. Winnow lacks the permission ThreatHunting\.Read\.All\./
    assert.match(card(code), told)
    const before = asked().length
    const other = await teams.alert(travel({ severity: 'high', addresses: [{ ip: '192.0.2.99', country: 'NO' }] }))
    await lookedUp(other)
    assert.match(card(other), told)
    assert.equal(asked().length, before)
    const { problems, details } = await health()
    assert.match(problems.join(), /Look-ups with Microsoft Graph have failed since .* ThreatHunting\.Read\.All/)
    assert.equal(details['lookUpFailure'], 'forbidden')
  })

  it('and an answer that is none is said to be none', async () => {
    await start()
    fake.answers(hunting, { results: 'none' })
    const code = await teams.alert(travel({ severity: 'high' }))
    await lookedUp(code)
    assert.match(card(code), /not looked up\. Microsoft Graph and Winnow don't understand each other/)
  })

  it('and what Graph limits is asked once more', async () => {
    await start()
    fake.answers(hunting, rows(2))
    fake.fail({ status: 429, headers: { 'retry-after': '0' } })
    const code = await teams.alert(travel({ severity: 'high' }))
    await lookedUp(code)
    assert.match(card(code), /2 rows/)
  })

  it('and what comes later is told to the owner in the thread, and redraws no card that they fill in', async () => {
    await start()
    fake.answers(hunting, rows(2))
    const code = await teams.alert(travel())
    await teams.press(ana, teams.cardOf(code), 'Take case')
    // Each look-up is written down when it comes.
    for (let lines = -1; lines !== (await diaryOf(code)).length; await sleep(500)) lines = (await diaryOf(code)).length
    await lookedUp(code)
    const before = teams.cardOf(code)
    const found = [aFinding({ lookUp: 'late', what: 'Late sign-ins', checks: ['address'], count: 7 })]
    const at = new Date(Date.now() + 10_000).toISOString()
    const command = { type: 'note-look-ups', found, failed: [], caseId: code, line: null, at, by: winnow } as const
    await world.app().desk.settle(code, [command])
    await world.drawn()
    assert.deepEqual(teams.cardOf(code).card, before.card)
    assert.match(
      teams.texts(before.conversationId).join('\n'),
      /Winnow looked this up for case .* Late sign-ins: 7 rows/,
    )
  })

  it('and a start goes on with what was interrupted, and asks for nothing that is on record', async () => {
    await start(60_000)
    fake.answers(hunting, rows(3))
    fake.fail('silence')
    const code = await teams.alert(travel({ severity: 'high' }))
    while (asked().length === 0) await sleep(10)
    await world.stop()
    assert.equal(asked().length, 1)
    await world.start()
    await lookedUp(code, 3)
    const [done, count] = [(await lookUpsOf(code)).length, asked().length]
    await world.stop()
    await world.start()
    await sleep(100)
    assert.deepEqual([(await lookUpsOf(code)).length, asked().length], [done, count])
  })
})
