import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { openBackoff } from '../../../bot/pacing/backoff.js'
import { patiently } from '../../../bot/pacing/patiently.js'
import { openPersonalChat } from '../../../bot/pacing/personal-chat.js'
import { Fault } from '../../../triage/fault.js'

describe('bot/pacing/patiently', () => {
  const failing = (error: Error) => {
    const told: unknown[] = []
    const backoff = openBackoff(() => 1)
    const work = async (): Promise<null> => {
      throw error
    }
    return { told, go: patiently(work, 'a', 'queue', backoff, (heard, ms) => told.push([heard, ms])) }
  }

  it('answers what the work answers, and tells of nothing', async () => {
    const told: unknown[] = []
    const answers = [null, { againInMs: 7, everybody: true }]
    for (const answer of answers) {
      const go = patiently(
        async () => answer,
        'a',
        'queue',
        openBackoff(() => 1),
        (heard) => told.push(heard),
      )
      assert.equal(await go(), answer)
    }
    assert.deepEqual(told, [])
  })

  it('tries again what failed, later each time, alone, and says in how many milliseconds', async () => {
    for (const error of [new Error('odd'), new Fault('store/unwritable', 'full')]) {
      const { told, go } = failing(error)
      assert.deepEqual(await go(), { againInMs: 1000, everybody: false })
      assert.deepEqual(await go(), { againInMs: 2000, everybody: false })
      assert.deepEqual(told, [
        [error, 1000],
        [error, 2000],
      ])
    }
  })

  it('gives up what is damaged, and what comes after the end', async () => {
    for (const code of ['store/damaged', 'store/closed']) {
      const error = new Fault(code, 'no')
      const { told, go } = failing(error)
      assert.equal(await go(), null)
      assert.deepEqual(told, [[error, null]])
    }
  })
})

describe('bot/pacing/personal-chat', () => {
  const via = { serviceUrl: 'https://smba.example/', tenantId: 't-1', conversationId: 'c-1', botId: 'b-1' }
  const limiter = (turn: number | null) => {
    const asked: unknown[] = []
    const ask = (place: unknown) => {
      asked.push(place)
      return turn ?? (() => void asked.push('ended'))
    }
    return { asked, ask }
  }
  const opened = (error: Error | null, turn: number | null = null) => {
    const { asked, ask } = limiter(turn)
    const direct = async (id: string) => {
      if (error) throw error
      return { ...via, conversationId: `chat-${id}` }
    }
    return { asked, chat: openPersonalChat({ direct }, { ask, count: () => () => undefined }, 'u-1', via) }
  }

  it('is opened in its turn among all new chats of a tenant, which ends with it', async () => {
    const { asked, chat } = opened(null)
    assert.deepEqual(await chat, { ...via, conversationId: 'chat-u-1' })
    assert.deepEqual(asked, [{ tenantId: 't-1', conversationId: 'new chats' }, 'ended'])
    assert.equal(await opened(null, 500).chat, 500)
  })

  it('may be tried again when nobody knows whether it was opened; other failures stay what they are', async () => {
    for (const [kind, becomes] of [
      ['unknown', 'transient'],
      ['permanent', 'permanent'],
      ['missing', 'missing'],
    ] as const) {
      const { asked, chat } = opened(new DeliveryFailure(kind, 'HTTP 504'))
      await assert.rejects(chat, { kind: becomes, code: 'HTTP 504' })
      assert.equal(asked.at(-1), 'ended')
    }
    await assert.rejects(opened(new RangeError('odd')).chat, RangeError)
  })
})
