import assert from 'node:assert/strict'
import type { Retry } from '../../../bot/pacing/queue.js'
import { openQueues } from '../../../bot/pacing/queues.js'
import { fakeClock } from '../../support/fake-clock.js'

describe('bot/pacing/queues', () => {
  const open = () => {
    const clock = fakeClock()
    const failures: string[] = []
    const order: string[] = []
    const queues = openQueues((error, queue) => failures.push(`${queue}: ${String(error)}`), clock)
    const does = (name: string, outcome: Retry = null) => {
      const left = [outcome]
      return async (): Promise<Retry> => {
        order.push(`${name} ${clock.now()}`)
        return left.pop() ?? null
      }
    }
    return { clock, queues, failures, order, does }
  }

  it('has one queue for each conversation, and it is the same whenever it is asked for', () => {
    const { queues } = open()
    assert.equal(queues.at('one'), queues.at('one'))
    assert.notEqual(queues.at('one'), queues.at('other'))
  })

  it('lets no conversation wait for another', async () => {
    const { clock, queues, order, does } = open()
    queues.at('one').put('a', does('a', { againInMs: 5000, everybody: true }))
    queues.at('one').put('b', does('b'))
    queues.at('other').put('c', does('c'))
    await clock.run()
    assert.deepEqual(order, ['a 0', 'c 0', 'a 5000', 'b 5000'])
  })

  it('tells which conversation the work was for that threw', async () => {
    const { clock, queues, failures } = open()
    queues.at('other').put('a', () => Promise.reject(new Error('no')))
    await clock.run()
    assert.deepEqual(failures, ['other: Error: no'])
  })

  it('is idle only when no conversation has anything left, and not while the end of work in one begins work in another', async () => {
    const { queues, order, does } = open()
    await queues.idle()
    const first = queues.at('first')
    queues.at('last').put('a', async () => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('a')
      first.put('b', async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return does('b')()
      })
      return null
    })
    await queues.idle()
    assert.deepEqual(order, ['a', 'b 0'])
  })

  it('says whether any conversation had something to wait for', async () => {
    const { queues, does } = open()
    assert.equal(await queues.idle(), false)
    queues.at('one')
    queues.at('other').put('a', does('a'))
    assert.equal(await queues.idle(), true)
    assert.equal(await queues.idle(), false)
  })

  it('counts what has not begun in all conversations together', async () => {
    const { clock, queues, order, does } = open()
    assert.equal(queues.length(), 0)
    queues.at('one').put('a', does('a', { againInMs: 5000, everybody: true }))
    queues.at('one').put('b', does('b'))
    queues.at('other').put('c', does('c'))
    assert.equal(queues.length(), 3)
    await clock.run(() => order.length === 2)
    assert.equal(queues.length(), 2)
    await clock.run()
    assert.equal(queues.length(), 0)
  })

  it('stops every conversation: what has begun ends, nothing begins', async () => {
    const { queues, order, does } = open()
    for (const name of ['one', 'other']) {
      queues.at(name).put('a', async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return does(`${name} a`, { againInMs: 5000 })()
      })
      queues.at(name).put('b', does(`${name} b`))
    }
    await Promise.resolve()
    await queues.stop()
    queues.at('one').put('c', does('c'))
    await queues.idle()
    assert.deepEqual(order, ['one a 0', 'other a 0'])
  })
})
