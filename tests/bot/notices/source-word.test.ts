import assert from 'node:assert/strict'
import type { SourceSaid } from '../../../triage/source-said.js'
import { DeliveryFailure } from '../../../bot/chat.js'
import { memoryStore } from '../../../store/memory.js'
import { aSaid, ada, anAlert, caseId, minute } from '../../support/cast.js'
import { openRooms, textOf } from '../outbox/hand.js'

describe('bot/notices: an alert that has changed on its source’s side', () => {
  const opened = async (options: Parameters<typeof openRooms>[0] = {}) => {
    const rooms = openRooms(options)
    await rooms.open()
    await rooms.idle()
    const tells = async (but: Partial<SourceSaid> = {}) => {
      await rooms.desk.told(caseId, aSaid(but))
      await rooms.idle()
    }
    const calls = () => rooms.hand.of('post').filter(({ message }) => textOf(message).startsWith('changed:'))
    return { rooms, tells, calls }
  }
  const text = `changed: Ada Analyst ${caseId} said.as`

  it('is told once, in its thread, to who has the case', async () => {
    const { rooms, tells, calls } = await opened()
    await rooms.does(ada, { type: 'take' })
    await tells()
    const thread = (await rooms.card())?.posted?.place.conversationId
    assert.deepEqual(calls(), [{ on: 'post', to: thread, message: { text, mentions: [ada] } }])
    await tells()
    await rooms.does(ada, { type: 'note', text: 'goes on' })
    await rooms.idle()
    assert.equal(calls().length, 1)
    await tells({ status: 'in-progress', changedAt: minute(999) })
    assert.equal(calls().length, 2)
  })

  it('is told to nobody as long as nobody has the case: the card says it', async () => {
    const { rooms, tells, calls } = await opened()
    await tells()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    assert.deepEqual(calls(), [])
  })

  it('is told again until it has surely arrived', async () => {
    const { rooms, tells, calls } = await opened()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    rooms.hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 1))
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504', 1))
    await tells()
    assert.equal(calls().length, 3)
  })

  it('is told again after a start when that was shortly before, but not what came with the alert itself', async () => {
    const store = memoryStore()
    const { rooms, tells } = await opened({ store })
    await rooms.does(ada, { type: 'take' })
    await tells()
    const resumed = async (id: string) => {
      const next = openRooms({ store })
      next.notices.resume({ ...(await next.located(id)), diary: (await next.desk.look(id)).diary })
      await next.notices.idle()
      return next.hand.sent.map(({ message }) => textOf(message))
    }
    assert.deepEqual(await resumed(caseId), [text])
    const other = '1111-2222-3333'
    await rooms.desk.open(other, anAlert(), 'impossible-travel', [], {
      said: [aSaid({ status: 'in-progress' })],
    })
    await rooms.does(ada, { type: 'take' }, other)
    await rooms.idle()
    assert.deepEqual(await resumed(other), [])
  })
})
