import assert from 'node:assert/strict'
import { forCards } from '../../../bot/pacing/rate-window.js'
import { ada, ben } from '../../support/cast.js'
import { conversationLimits, earliest } from '../../support/teams-limits.js'
import { asking, home, lineOn, openRooms } from './hand.js'
import { simulatedTeams } from './simulated-teams.js'

/** A case id for each number; ids have neither 0 nor 1. */
const idOf = (n: number): string => `7K3F-9QXM-${String(n).padStart(4, '0').replaceAll('0', 'A').replaceAll('1', 'B')}`

describe('bot/outbox/deliver: a burst, in simulated time, against a Teams that keeps to its published limits', function () {
  this.timeout(120_000)

  const open = () => {
    const teams = simulatedTeams()
    const { clock, messenger } = teams
    const rooms = openRooms({ messenger, clock, limits: forCards })
    const pass = async (ms: number): Promise<void> => {
      let isTime = false
      void clock.sleep(ms).then(() => (isTime = true))
      await clock.run(() => isTime)
    }
    /** That many alerts, evenly over a minute of simulated time; when each came. */
    const storm = async (count: number): Promise<readonly number[]> => {
      const from = clock.now()
      const arrivals: number[] = []
      for (let n = 0; n < count; n += 1) {
        await pass(from + (n * 60_000) / count - clock.now())
        arrivals.push(clock.now())
        await rooms.open(idOf(n))
      }
      return arrivals
    }
    const drain = async (): Promise<void> => {
      let isIdle = false
      void rooms.idle().then(() => (isIdle = true))
      await clock.run(() => isIdle)
      assert.ok(isIdle, 'it does not end')
    }
    return { teams, clock, rooms, pass, storm, drain }
  }

  const tell = (what: string, took: number, least: number) =>
    console.log(
      `      ${what}: ${(took / 1000).toFixed(1)} s; no bot can within the limits before ${(least / 1000).toFixed(1)} s (ratio ${(took / least).toFixed(3)})`,
    )

  const keptTo = (times: readonly number[]): void => {
    for (const [most, ms] of conversationLimits)
      times.forEach((at, index) =>
        assert.ok(at - (times[index - most] ?? -Infinity) >= ms, `more than ${most} in ${ms} ms`),
      )
  }

  it('500 alerts within a minute are all on the channel, none refused for speed, hardly later than the limits allow', async () => {
    const { teams, rooms, storm, drain } = open()
    const arrivals = await storm(500)
    await drain()
    assert.equal(teams.shown.size, 500)
    for (let n = 0; n < 500; n += 1) assert.equal((await rooms.card('channel', idOf(n)))?.state, 'shown')
    assert.deepEqual(teams.limits.refused, [])
    keptTo(teams.limits.came(home.conversationId))
    const least = earliest(arrivals)
    tell('500 alerts', teams.last(), least)
    assert.ok(teams.last() / least <= 1.1)
  })

  it('2000 alerts within a minute keep to the limit of an hour as well', async () => {
    const { teams, storm, drain } = open()
    const arrivals = await storm(2000)
    await drain()
    assert.equal(teams.shown.size, 2000)
    assert.deepEqual(teams.limits.refused, [])
    const came = teams.limits.came(home.conversationId)
    keptTo(came)
    assert.ok(came.filter((at) => at < 3_600_000).length <= 1800)
    const least = earliest(arrivals)
    tell('2000 alerts', teams.last(), least)
    assert.ok(teams.last() / least <= 1.1)
  })

  it('what people work on meanwhile is drawn before all that waits, and what they are answered is never refused', async () => {
    const { teams, clock, rooms, storm, drain } = open()
    await storm(200)
    for (let n = 0; n < 12; n += 1) {
      const by = n % 2 === 0 ? ada : ben
      await rooms.does(by, { type: 'take' }, idOf(n))
      const before = teams.shown.size
      const { line } = await rooms.state(idOf(n))
      await clock.run(() => teams.shown.size > 0 && lineOn(teams.shown.get(`m-${n}`)) === line - 1)
      assert.ok(teams.shown.size - before <= 1, 'only the post that was under way already')
      const ended = rooms.rateLimiter.count({ ...home, conversationId: `${home.conversationId};messageid=m-${n}` })
      assert.equal(teams.limits.let(home.conversationId, true), null)
      ended()
    }
    await drain()
    assert.deepEqual(teams.limits.refused, [])
    for (let n = 0; n < 200; n += 1) {
      const { state, cards } = await rooms.located(idOf(n))
      assert.equal(cards['channel']?.shownLine, state.line - 1)
    }
  })

  it('sixty managers who are asked at once all get their question, and new chats are opened no faster than Teams takes them', async () => {
    const { teams, rooms, drain } = open()
    for (let n = 0; n < 60; n += 1) await rooms.open(idOf(n))
    for (let n = 0; n < 60; n += 1) await rooms.does(ada, { type: 'take' }, idOf(n))
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => rooms.does(ada, asking({ id: `manager-${n}`, name: `M ${n}` }), idOf(n))),
    )
    await drain()
    assert.deepEqual(teams.limits.refused, [])
    const opened = teams.limits.came('new chats')
    assert.equal(opened.length, 60)
    keptTo(opened)
    for (let n = 0; n < 60; n += 1) assert.equal(teams.limits.came(`chat-manager-${n}`).length, 1)
  })

  it('is refused at first where others have used the limits up, settles, and still shows everything, each card once', async () => {
    const { teams, rooms, pass, storm, drain } = open()
    for (let n = 0; n < 60; n += 1) while (teams.limits.let(home.conversationId, true) !== null) await pass(250)
    const before = teams.limits.refused.length
    await storm(100)
    await drain()
    assert.equal(teams.shown.size, 100)
    const refused = teams.limits.refused.slice(before)
    const late = refused.filter(({ at }) => at > 60_000)
    assert.ok(refused.length > 0)
    assert.deepEqual(late, [])
    for (let n = 0; n < 100; n += 1) assert.equal((await rooms.card('channel', idOf(n)))?.state, 'shown')
  })
})
