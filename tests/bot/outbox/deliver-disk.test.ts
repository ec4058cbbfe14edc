import assert from 'node:assert/strict'
import { memoryStore } from '../../../store/memory.js'
import type { Change, Store } from '../../../store/store.js'
import { DeliveryFailure } from '../../../bot/chat.js'
import { managerCard } from '../../../triage/card.js'
import { Fault } from '../../../triage/fault.js'
import { fakeClock } from '../../support/fake-clock.js'
import type { OnCall } from '../../../triage/routing.js'
import { ada, ben, caseId, mia } from '../../support/cast.js'
import { asking, handMessenger, home, lineOn, openRooms, textOf } from './hand.js'

describe('bot/outbox: the disk takes nothing for a while', () => {
  /** Rooms in simulated time over a store that fails where the test says so; what it does not write may be written all the same. */
  const open = (onCall?: OnCall) => {
    const memory = memoryStore()
    let fails: ((change: Change) => boolean) | null = null
    let isWritten = false
    let failures = 0
    const store: Store = {
      ...memory,
      write: async (id, version, change, options) => {
        if (!fails?.(change)) return memory.write(id, version, change, options)
        failures += 1
        if (isWritten) await memory.write(id, version, change, options)
        throw new Fault('store/unwritable', 'as the test wants it')
      },
    }
    const clock = fakeClock()
    const hand = handMessenger()
    const rooms = openRooms({ store, clock, hand, ...(onCall && { onCall }) })
    const pass = async (ms: number): Promise<void> => {
      let isTime = false
      void clock.sleep(ms).then(() => (isTime = true))
      await clock.run(() => isTime)
    }
    const idle = async (): Promise<void> => {
      let isIdle = false
      void rooms.idle().then(() => (isIdle = true))
      await clock.run(() => isIdle)
    }
    return {
      ...rooms,
      pass,
      idle,
      failures: () => failures,
      /** Writes of cards in that state fail from now on, or of anything; with `written`, though they reach the disk. */
      full: (state: string | null = null, written = false) => {
        isWritten = written
        fails = ({ cards }) =>
          state === null || Object.values(cards ?? {}).some((card) => (card?.state ?? 'none') === state)
      },
      well: () => (fails = null),
    }
  }

  it('a first post whose begin can’t be kept is not posted, and is as soon as it can', async () => {
    const rooms = open()
    rooms.full('posting')
    await rooms.open()
    await rooms.pass(300_000)
    assert.deepEqual(rooms.hand.sent, [])
    assert.ok(rooms.failures() >= 5 && rooms.failures() <= 20, `tried ${rooms.failures()} times in five minutes`)
    assert.equal(rooms.outbox.owed().count, 1)
    rooms.well()
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, 1)
    assert.equal((await rooms.card())?.state, 'shown')
    assert.equal(rooms.outbox.owed().count, 0)
  })

  it('a begin that was kept though the disk said no does not pass for a post that was begun', async () => {
    const rooms = open()
    rooms.full('posting', true)
    await rooms.open()
    await rooms.pass(1000)
    rooms.well()
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, 1)
    assert.equal((await rooms.card())?.state, 'shown')
  })

  it('a card that was posted while it can’t be kept is remembered, kept later, and never posted twice', async () => {
    const rooms = open()
    rooms.full('shown')
    await rooms.open()
    await rooms.pass(300_000)
    assert.equal(rooms.hand.of('post').length, 1)
    assert.equal((await rooms.card())?.state, 'posting')
    rooms.well()
    await rooms.idle()
    assert.deepEqual([rooms.hand.of('post').length, (await rooms.card())?.posted?.messageId], [1, 'm-1'])
    assert.equal(rooms.outbox.owed().count, 0)
  })

  it('and what was written meanwhile is drawn on it then: no card offers what was taken long ago', async () => {
    const rooms = open()
    rooms.full('shown')
    await rooms.open()
    await rooms.pass(10_000)
    await rooms.does(ada, { type: 'take' })
    await rooms.pass(10_000)
    rooms.well()
    await rooms.idle()
    const last = rooms.hand.sent.at(-1)
    assert.deepEqual([last?.on, last?.to, lineOn(last?.message)], ['update', 'm-1', 1])
    assert.equal((await rooms.card())?.shownLine, 1)
  })

  it('and it is not asked for again meanwhile, for it stands there', async () => {
    const rooms = open()
    rooms.full('shown')
    await rooms.open()
    await rooms.pass(10_000)
    assert.equal(await rooms.outbox.repost(caseId), false)
    rooms.well()
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, 1)
  })

  it('and a stop in between writes it down before the end', async () => {
    const rooms = open()
    rooms.full('shown')
    await rooms.open()
    await rooms.pass(10_000)
    rooms.well()
    await rooms.stop()
    assert.deepEqual([(await rooms.card())?.state, (await rooms.card())?.posted?.messageId], ['shown', 'm-1'])
  })

  it('and whoever is on call is paged meanwhile, in the channel', async () => {
    const rooms = open({ person: ben, atLeast: 'low' })
    rooms.full('shown')
    await rooms.open()
    await rooms.pass(10_000)
    assert.deepEqual(
      rooms.hand.of('post').map(({ to, message }) => `${to} ${textOf(message)}`.trim()),
      [home.conversationId, `${home.conversationId} out: Ben Analyst ${caseId}`],
    )
    rooms.well()
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, 2)
  })

  it('an update that can’t be kept is kept later, and is not sent again', async () => {
    const rooms = open()
    await rooms.open()
    await rooms.idle()
    rooms.full('shown')
    await rooms.does(ada, { type: 'take' })
    await rooms.pass(60_000)
    rooms.well()
    await rooms.idle()
    assert.equal(rooms.hand.of('update').length, 1)
    assert.equal((await rooms.card())?.shownLine, 1)
  })

  it('that a post surely did not arrive is kept later, and then it is posted', async () => {
    const rooms = open()
    rooms.hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 1000))
    rooms.full('none')
    await rooms.open()
    await rooms.pass(60_000)
    assert.equal(rooms.hand.of('post').length, 1)
    rooms.well()
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, 2)
    assert.equal((await rooms.card())?.state, 'shown')
  })

  it('that a card may be lost is kept later, and told then', async () => {
    const rooms = open()
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    rooms.full('lost')
    await rooms.open()
    await rooms.pass(60_000)
    assert.equal((await rooms.card())?.state, 'posting')
    rooms.well()
    await rooms.idle()
    assert.equal((await rooms.card())?.state, 'lost')
    assert.deepEqual(
      rooms.hand.of('post').map(({ message }) => textOf(message)),
      ['', `lost: ${caseId} (1)`],
    )
  })

  it('but not over a click that found the card meanwhile', async () => {
    const rooms = open()
    rooms.outbox.onCard(({ outcome }) => assert.notEqual(outcome, 'lost'))
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    rooms.full('lost')
    await rooms.open()
    await rooms.pass(10_000)
    await rooms.outbox.found(caseId, { place: home, messageId: 'm-9' })
    rooms.well()
    await rooms.idle()
    assert.deepEqual([(await rooms.card())?.state, (await rooms.card())?.posted?.messageId], ['shown', 'm-9'])
    assert.deepEqual(
      rooms.hand.sent.map(({ message }) => textOf(message)),
      ['', ''],
    )
  })

  it('that a manager can’t be reached is written in the diary later', async () => {
    const rooms = open()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    rooms.hand.fail('direct', new DeliveryFailure('permanent', 'ConversationBlockedByUser'))
    const { state } = await rooms.does(ada, asking(mia))
    rooms.full('refused')
    await rooms.pass(60_000)
    rooms.well()
    await rooms.idle()
    assert.equal((await rooms.card(managerCard(state?.confirmation?.line ?? 0)))?.state, 'refused')
    assert.equal((await rooms.state()).confirmation?.state, 'unreached')
  })

  it('a notice whose case can’t be read is told as soon as it can', async () => {
    const rooms = open()
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    const look = rooms.desk.look.bind(rooms.desk)
    let isUnread = false
    Object.assign(rooms.desk, { look: (id: string) => (isUnread ? Promise.reject(new Error('EIO')) : look(id)) })
    rooms.outbox.onCard(() => (isUnread = true))
    await rooms.open()
    await rooms.pass(60_000)
    assert.equal(rooms.hand.of('post').length, 1)
    isUnread = false
    await rooms.idle()
    assert.equal(textOf(rooms.hand.of('post').at(-1)?.message), `lost: ${caseId} (1)`)
  })

  it('a card whose case can’t be read is tried again, unless it is damaged', async () => {
    for (const [error, posts] of [
      [new Error('EIO'), 1],
      [new Fault('store/damaged', 'as the test wants it'), 0],
    ] as const) {
      const rooms = open()
      const look = rooms.desk.look.bind(rooms.desk)
      let isUnread = true
      Object.assign(rooms.desk, { look: (id: string) => (isUnread ? Promise.reject(error) : look(id)) })
      await rooms.open()
      await rooms.pass(60_000)
      isUnread = false
      await rooms.idle()
      assert.equal(rooms.hand.of('post').length, posts)
    }
  })
})
