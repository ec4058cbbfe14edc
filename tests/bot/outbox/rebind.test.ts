import assert from 'node:assert/strict'
import { openAtHand } from '../../../bot/cases/case-cache.js'
import { openBinding } from '../../../bot/outbox/channels.js'
import { openBoard } from '../../../bot/cases/open-cases.js'
import { openMoves } from '../../../bot/outbox/rebind.js'
import type { Settled } from '../../../bot/cases/desk.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { openRooms, until } from './hand.js'

describe('bot/moves', () => {
  /** A case that Ada works on. What is read next is read at once and told only when `tell` is called. */
  const open = async () => {
    const memory = memoryStore()
    let slow: Promise<void> | null = null
    const store: Store = {
      ...memory,
      read: async (id) => {
        const diary = await memory.read(id)
        const told = slow
        slow = null
        await told
        return diary
      },
    }
    const rooms = openRooms({ store })
    const [atHand, board] = [openAtHand(), openBoard()]
    const note = (settled: Settled) => {
      atHand.note(settled)
      if (settled.state) board.note(settled.state)
    }
    rooms.desk.onWritten(note)
    await rooms.open()
    await rooms.does(ada, { type: 'claim' })
    await rooms.deliver.idle()
    const parts = { desk: rooms.desk, deliver: rooms.deliver, log: rooms.log, bound: () => {}, isLocal: false }
    const moves = openMoves({ ...parts, store, binding: await openBinding(store), note })
    const hold = (): (() => void) => {
      let tell = (): void => {}
      slow = new Promise((resolve) => (tell = resolve))
      return () => tell()
    }
    return { rooms, moves, atHand, board, hold, isReading: () => slow === null }
  }

  it('takes cases up while people go on with them: what was read before never hides what was written since', async () => {
    const { rooms, moves, atHand, board, hold, isReading } = await open()
    const tell = hold()
    const resumed = moves.resume('rebound')
    await until(isReading)
    const taken = rooms.does(ben, { type: 'take-over' })
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    tell()
    await Promise.all([resumed, taken])
    await rooms.deliver.idle()
    assert.equal(atHand.of(caseId)?.settled.state?.owner?.id, ben.id)
    assert.equal(board.rows()[0]?.owner?.id, ben.id)
  })
})
