import assert from 'node:assert/strict'
import type { Outcome } from '../../../bot/pacing/queue.js'
import { openLanes } from '../../../bot/pacing/queues.js'
import { fakeClock } from '../../support/fake-clock.js'

describe('bot/lanes', () => {
  const open = () => {
    const clock = fakeClock()
    const failures: string[] = []
    const order: string[] = []
    const lanes = openLanes((error, lane) => failures.push(`${lane}: ${String(error)}`), clock)
    const does = (name: string, outcome: Outcome = null) => {
      const left = [outcome]
      return async (): Promise<Outcome> => {
        order.push(`${name} ${clock.now()}`)
        return left.pop() ?? null
      }
    }
    return { clock, lanes, failures, order, does }
  }

  it('has one lane for each conversation, and it is the same whenever it is asked for', () => {
    const { lanes } = open()
    assert.equal(lanes.at('one'), lanes.at('one'))
    assert.notEqual(lanes.at('one'), lanes.at('other'))
  })

  it('lets no conversation wait for another', async () => {
    const { clock, lanes, order, does } = open()
    lanes.at('one').put('a', does('a', { againInMs: 5000, everybody: true }))
    lanes.at('one').put('b', does('b'))
    lanes.at('other').put('c', does('c'))
    await clock.run()
    assert.deepEqual(order, ['a 0', 'c 0', 'a 5000', 'b 5000'])
  })

  it('tells which conversation the work was for that threw', async () => {
    const { clock, lanes, failures } = open()
    lanes.at('other').put('a', () => Promise.reject(new Error('no')))
    await clock.run()
    assert.deepEqual(failures, ['other: Error: no'])
  })

  it('is idle only when no conversation has anything left, and not while the end of work in one begins work in another', async () => {
    const { lanes, order, does } = open()
    await lanes.idle()
    const first = lanes.at('first')
    lanes.at('last').put('a', async () => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('a')
      first.put('b', async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return does('b')()
      })
      return null
    })
    await lanes.idle()
    assert.deepEqual(order, ['a', 'b 0'])
  })

  it('stops every conversation: what has begun ends, nothing begins', async () => {
    const { lanes, order, does } = open()
    for (const name of ['one', 'other']) {
      lanes.at(name).put('a', async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return does(`${name} a`, { againInMs: 5000 })()
      })
      lanes.at(name).put('b', does(`${name} b`))
    }
    await Promise.resolve()
    await lanes.stop()
    lanes.at('one').put('c', does('c'))
    await lanes.idle()
    assert.deepEqual(order, ['one a 0', 'other a 0'])
  })
})
