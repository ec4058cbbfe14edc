import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { openOwnRedraws } from '../../../bot/outbox/own-redraws.js'
import type { Clock } from '../../../bot/pacing/clock.js'
import type { Limits } from '../../../bot/pacing/rate-window.js'
import type { Cards, MessageRef } from '../../../triage/card.js'
import type { Case } from '../../../triage/case.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import { aCard, ada, anAlert, ben, caseId, wrote } from '../../support/cast.js'
import { type FakeClock, fakeClock } from '../../support/fake-clock.js'
import { type Rooms, home, lineOn, openRooms, until } from './hand.js'

const card: MessageRef = { place: home, messageId: 'm-1' }
const oneIn10s: Limits = { conversation: [{ most: 1, withinMs: 10_000 }], tenant: [] }

describe('bot/outbox/own-redraws: what an owner’s press changes', () => {
  let clock: FakeClock
  beforeEach(() => void (clock = fakeClock()))
  /** A case that Ada has, drawn; the chat takes what the limits say. */
  const taken = async (limits?: Limits): Promise<Rooms> => {
    const rooms = openRooms({ clock, ...(limits && { limits }) })
    await rooms.open()
    await clock.run(() => rooms.hand.of('post').length === 1)
    await rooms.does(ada, { type: 'take' })
    const idle = rooms.idle()
    await clock.run()
    await idle
    return rooms
  }
  const pass = async (ms: number): Promise<void> => {
    const until = clock.now() + ms
    void clock.sleep(ms)
    await clock.run(() => clock.now() >= until)
  }
  const updates = (rooms: Rooms): number => rooms.hand.of('update').length
  const answers = (rooms: Rooms) => rooms.does(ada, { type: 'answer', check: 'address', option: 'foreign' })
  /** What becomes of the redraw; null as long as the presser is kept waiting. */
  const pressed = (rooms: Rooms, mostMs = 8000) => {
    const seen: { how: string | null } = { how: null }
    void rooms.outbox.redrawn(caseId, card, mostMs).then((how) => (seen.how = how))
    return seen
  }

  it('stands before the press is answered', async () => {
    const rooms = await taken()
    const release = rooms.hand.hold()
    await answers(rooms)
    const seen = pressed(rooms)
    await until(() => updates(rooms) === 2)
    assert.equal(seen.how, null)
    release()
    await until(() => seen.how !== null)
    assert.equal(seen.how, 'drawn')
    assert.equal((await rooms.card())?.shownLine, (await rooms.state()).line - 1)
  })

  it('keeps nobody waiting where nothing is to be drawn', async () => {
    const rooms = await taken()
    assert.equal(await rooms.outbox.redrawn(caseId, card, 8000), 'drawn')
    const release = rooms.hand.hold()
    await answers(rooms)
    assert.equal(await rooms.outbox.redrawn(caseId, { ...card, messageId: 'm-9' }, 8000), 'drawn')
    assert.equal(await rooms.outbox.redrawn(caseId, null, 8000), 'drawn')
    release()
  })

  it('waits two minutes where nothing can be drawn at once, for the owner may be typing by then', async () => {
    const rooms = await taken(oneIn10s)
    await answers(rooms)
    const seen = pressed(rooms)
    const from = clock.now()
    await clock.run(() => seen.how !== null)
    assert.equal(seen.how, 'waits')
    assert.ok(clock.now() - from <= 500)
    await clock.run(() => updates(rooms) === 2)
    assert.ok(clock.now() - from >= 120_000)
    assert.equal(lineOn(rooms.hand.of('update')[1]?.message), (await rooms.state()).line - 1)
  })

  it('waits no longer when somebody else changes what presses on the card rely on', async () => {
    const rooms = await taken(oneIn10s)
    await answers(rooms)
    const seen = pressed(rooms)
    await clock.run(() => seen.how !== null)
    await rooms.does(ben, { type: 'note', text: 'seen' })
    await pass(20_000)
    assert.equal(updates(rooms), 1)
    await rooms.does(ben, { type: 'take-over' })
    const from = clock.now()
    await clock.run(() => updates(rooms) === 2)
    assert.ok(clock.now() - from < 20_000)
  })

  it('comes before the answer of the next press when it has waited', async () => {
    const rooms = await taken(oneIn10s)
    await answers(rooms)
    const first = pressed(rooms)
    await clock.run(() => first.how !== null)
    await pass(20_000)
    assert.equal(updates(rooms), 1)
    // "Refresh card" writes nothing.
    const second = pressed(rooms)
    await clock.run(() => second.how !== null)
    assert.deepEqual([second.how, updates(rooms)], ['drawn', 2])
  })

  it('waits when the chat does not take it', async () => {
    const rooms = await taken()
    rooms.hand.fail('update', new DeliveryFailure('transient', 'ServiceUnavailable'))
    await answers(rooms)
    const seen = pressed(rooms)
    const from = clock.now()
    await clock.run(() => seen.how !== null)
    assert.equal(seen.how, 'waits')
    await clock.run(() => updates(rooms) === 3)
    assert.ok(clock.now() - from >= 120_000)
  })

  it('is late when the chat takes longer than the presser can wait', async () => {
    const rooms = await taken()
    const release = rooms.hand.hold()
    await answers(rooms)
    await until(() => updates(rooms) === 2)
    const seen = pressed(rooms)
    const from = clock.now()
    await clock.run(() => seen.how !== null)
    assert.deepEqual([seen.how, clock.now() - from], ['late', 8000])
    release()
  })

  describe('several of them', () => {
    const opened = wrote(winnow, { type: 'opened', caseId, alert: anAlert(), playbook: 'other' })
    const stands = { channel: aCard('channel', { state: 'shown' }) }
    const behind = async () => ({ state: replay([opened]), cards: stands })
    const shutForMs = 10_000
    /** What is drawn after waiting, with the time; how often something slept. It sleeps no more than ten times. */
    const open = () => {
      const drawn: string[] = []
      const seen = { sleeps: 0 }
      const counting: Clock = {
        ...clock,
        sleep: (...how) => ((seen.sleeps += 1) > 10 ? new Promise(() => {}) : clock.sleep(...how)),
      }
      const redraws = openOwnRedraws(counting, async (key) => void drawn.push(`${key} ${clock.now()}`))
      const press = (key: string) => redraws.pressed(key, 'channel', behind, shutForMs, 8000)
      return { redraws, drawn, seen, press }
    }

    it('wait behind one timer, each its own two minutes', async () => {
      const { drawn, seen, press } = open()
      assert.equal(await press('a'), 'waits')
      await pass(20_000)
      assert.equal(await press('b'), 'waits')
      assert.equal(seen.sleeps, 1)
      await clock.run()
      assert.deepEqual(drawn, ['a 120000', 'b 140000'])
      assert.equal(seen.sleeps, 2)
    })

    it('wait again after none has waited for a while', async () => {
      const { drawn, press } = open()
      await press('a')
      await clock.run()
      await pass(60_000)
      await press('a')
      await clock.run()
      assert.deepEqual(drawn, ['a 120000', 'a 300000'])
    })

    it('are not drawn after a stop, and nothing goes on waiting', async () => {
      const { redraws, drawn, seen, press } = open()
      await press('a')
      redraws.stop()
      await pass(200_000)
      assert.deepEqual([drawn, seen.sleeps], [[], 1])
    })

    it('wait also when the case is gone by the time its turn is over', async () => {
      const { redraws, drawn } = open()
      let known: { readonly state: Case | null; readonly cards: Cards } = await behind()
      const look = async () => known
      const draw = redraws.around('a', 'channel', look, async () => {
        known = { state: null, cards: {} }
        return { againInMs: 1000 }
      })
      const seen = redraws.pressed('a', 'channel', look, 0, 8000)
      await new Promise((resolve) => setImmediate(resolve))
      await draw()
      assert.equal(await seen, 'waits')
      await clock.run()
      assert.deepEqual(drawn, ['a 120000'])
    })
  })
})
