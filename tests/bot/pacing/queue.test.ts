import assert from 'node:assert/strict'
import { type Retry, openQueue } from '../../../bot/pacing/queue.js'
import { fakeClock } from '../../support/fake-clock.js'

const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('bot/pacing/queue', () => {
  const open = () => {
    const failures: unknown[] = []
    return { failures, deliveryQueue: openQueue((error) => failures.push(error)) }
  }

  it('does one thing at a time, in the order they came', async () => {
    const { deliveryQueue } = open()
    const done: string[] = []
    let going = 0
    const work = (name: string) => async (): Promise<Retry> => {
      assert.equal((going += 1), 1)
      await soon()
      going -= 1
      done.push(name)
      return null
    }
    for (const name of ['a', 'b', 'c']) deliveryQueue.put(name, work(name))
    await deliveryQueue.idle()
    assert.deepEqual(done, ['a', 'b', 'c'])
  })

  it('does what is asked for twice before it has begun once, and once more when it has', async () => {
    const { deliveryQueue } = open()
    let count = 0
    const work = async (): Promise<Retry> => {
      count += 1
      if (count === 1) for (let more = 0; more < 5; more += 1) deliveryQueue.put('a', work)
      await soon()
      return null
    }
    for (let more = 0; more < 5; more += 1) deliveryQueue.put('a', work)
    await deliveryQueue.idle()
    assert.equal(count, 2)
  })

  describe('in simulated time', () => {
    const simulated = () => {
      const clock = fakeClock()
      const deliveryQueue = openQueue((error) => assert.fail(String(error)), clock)
      const order: string[] = []
      const does = (name: string, ...outcomes: readonly Retry[]) => {
        let times = 0
        return async (): Promise<Retry> => {
          order.push(`${name} ${clock.now()}`)
          return outcomes[(times += 1) - 1] ?? null
        }
      }
      return { clock, deliveryQueue, order, does }
    }

    it('tries again what asks for it until it is done, and meanwhile does the others', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 1 }, { againInMs: 2 }))
      deliveryQueue.put('b', does('b'))
      await clock.run()
      assert.deepEqual(order, ['a 0', 'b 0', 'a 1', 'a 3'])
    })

    it('lets nobody wait for one that is tried again', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 5000 }, { againInMs: 5000 }))
      deliveryQueue.put('b', does('b'))
      await clock.run(() => clock.now() === 5000)
      deliveryQueue.put('c', does('c'))
      await clock.run()
      assert.deepEqual(order, ['a 0', 'b 0', 'a 5000', 'c 5000', 'a 10000'])
    })

    it('lets everybody wait when the conversation is told to', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 5000, everybody: true }))
      deliveryQueue.put('b', does('b'))
      await clock.run(() => order.length === 1)
      deliveryQueue.put('c', does('c'))
      await clock.run()
      assert.deepEqual(order, ['a 0', 'a 5000', 'b 5000', 'c 5000'])
    })

    it('rests on while everybody has to wait, whatever comes meanwhile', async () => {
      const clock = fakeClock()
      let rests = 0
      const counting = {
        ...clock,
        sleep: (...how: Parameters<typeof clock.sleep>) => ((rests += 1), clock.sleep(...how)),
      }
      const deliveryQueue = openQueue((error) => assert.fail(String(error)), counting)
      const outcomes: Retry[] = [{ againInMs: 5000, everybody: true }]
      deliveryQueue.put('a', async () => outcomes.shift() ?? null)
      await clock.run(() => rests === 1)
      for (const name of ['b', 'c', 'd']) deliveryQueue.put(name, async () => null)
      await clock.run()
      assert.deepEqual([rests, deliveryQueue.length(), clock.now()], [1, 0, 5000])
    })

    it('does the lowest rank first, and lets what has lost its rank wait again', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      const priority = new Map([
        ['a', 1],
        ['b', 1],
        ['c', 0],
        ['d', -1],
      ])
      for (const name of ['a', 'b', 'c', 'd']) deliveryQueue.put(name, does(name), () => priority.get(name) ?? 2)
      priority.set('d', 3)
      await clock.run()
      assert.deepEqual(order, ['c 0', 'a 0', 'b 0', 'd 0'])
    })

    it('does what is asked for again in its new rank, once', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      for (const name of ['a', 'b', 'c']) deliveryQueue.put(name, does(name), () => 1)
      deliveryQueue.put('c', does('newer c'), () => 0)
      deliveryQueue.put('b', does('newer b'), () => 2)
      await clock.run()
      assert.deepEqual(order, ['newer c 0', 'a 0', 'newer b 0'])
    })

    it('does what waits only for the conversation before what waits for longer', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 60_000 }))
      deliveryQueue.put('b', does('b', { againInMs: 5000, everybody: true }))
      deliveryQueue.put('c', does('c'))
      await clock.run()
      assert.deepEqual(order, ['a 0', 'b 0', 'b 5000', 'c 5000', 'a 60000'])
    })

    it('lets what has a higher rank for a moment only keep its turn', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      for (const name of ['a', 'b']) deliveryQueue.put(name, does(name), () => 1)
      let rank = 2
      deliveryQueue.put('a', does('newer a'), () => rank)
      rank = 1
      await clock.run()
      assert.deepEqual(order, ['newer a 0', 'b 0'])
    })

    it('keeps the turn of what was asked for again while it ran, when it is to be tried again', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', async () => {
        order.push(`a ${clock.now()}`)
        for (const name of ['b', 'a']) deliveryQueue.put(name, does(`newer ${name}`))
        return { againInMs: 0 }
      })
      await clock.run()
      assert.deepEqual(order, ['a 0', 'newer a 0', 'newer b 0'])
    })

    it('ranks what is tried again as it was asked for last', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put(
        'a',
        async () => {
          order.push(`a ${clock.now()}`)
          deliveryQueue.put('b', does('b'), () => 1)
          deliveryQueue.put('a', does('newer a'), () => 0)
          return { againInMs: 0 }
        },
        () => 2,
      )
      await clock.run()
      assert.deepEqual(order, ['a 0', 'newer a 0', 'b 0'])
    })

    it('tells for how long nothing begins because everybody has to wait', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      assert.equal(deliveryQueue.shutForMs(), 0)
      deliveryQueue.put('a', does('a', { againInMs: 5000, everybody: true }, { againInMs: 5000 }))
      await clock.run(() => order.length === 1)
      assert.equal(deliveryQueue.shutForMs(), 5000)
      void clock.sleep(2000)
      await clock.run(() => clock.now() === 2000)
      assert.equal(deliveryQueue.shutForMs(), 3000)
      await clock.run(() => order.length === 2)
      assert.equal(deliveryQueue.shutForMs(), 0)
      // Only this one waits now.
      void clock.sleep(2000)
      await clock.run(() => clock.now() === 7000)
      assert.equal(deliveryQueue.shutForMs(), 0)
    })

    it('is quick although thousands wait', async () => {
      const { clock, deliveryQueue, does } = simulated()
      let asked = 0
      const rank = (): number => {
        asked += 1
        return asked % 3
      }
      for (let at = 0; at < 2000; at += 1) deliveryQueue.put(`${at}`, does(`${at}`), rank)
      await clock.run()
      assert.equal(asked < 10 * 2000, true, `the rank was asked for ${asked} times`)
    })

    it('lets what is asked for again wait as long as it has to, and then does what was asked for last', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 5000 }))
      await clock.run(() => order.length === 1)
      deliveryQueue.put('a', does('newer a'))
      await clock.run()
      assert.deepEqual(order, ['a 0', 'newer a 5000'])
    })

    it('lets what was asked for while it ran wait as well when it is to be tried again', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', async () => {
        order.push(`a ${clock.now()}`)
        deliveryQueue.put('a', does('newer a'))
        return { againInMs: 5000 }
      })
      await clock.run()
      assert.deepEqual(order, ['a 0', 'newer a 5000'])
    })

    it('keeps the turn of what is asked for again', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      for (const name of ['a', 'b']) deliveryQueue.put(name, does(name))
      deliveryQueue.put('a', does('newer a'))
      await clock.run()
      assert.deepEqual(order, ['newer a 0', 'b 0'])
    })

    it('waits no longer than for the first whose time comes', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 5000 }))
      deliveryQueue.put('b', does('b', { againInMs: 1000 }))
      await clock.run()
      assert.deepEqual(order, ['a 0', 'b 0', 'b 1000', 'a 5000'])
    })

    it('does what is tried again after a lower rank that came later, and before an equal one', async () => {
      for (const [rank, then] of [
        [0, ['a 0', 'b 0', 'a 0']],
        [1, ['a 0', 'a 0', 'b 0']],
      ] as const) {
        const { clock, deliveryQueue, order, does } = simulated()
        let times = 0
        deliveryQueue.put(
          'a',
          async () => {
            order.push(`a ${clock.now()}`)
            if ((times += 1) > 1) return null
            deliveryQueue.put('b', does('b'), () => rank)
            return { againInMs: 0 }
          },
          () => 1,
        )
        await clock.run()
        assert.deepEqual(order, then)
      }
    })

    it('ranks what names no rank as 0', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a'), () => 1)
      deliveryQueue.put('b', does('b'))
      deliveryQueue.put('c', does('c'), () => -1)
      await clock.run()
      assert.deepEqual(order, ['c 0', 'b 0', 'a 0'])
    })

    it('wakes from a long wait for something new', async () => {
      const { clock, deliveryQueue, order, does } = simulated()
      deliveryQueue.put('a', does('a', { againInMs: 60_000 }))
      await clock.run(() => order.length === 1)
      deliveryQueue.put('b', does('b'))
      await clock.run(() => order.length === 2)
      assert.deepEqual(order, ['a 0', 'b 0'])
      await clock.run()
      assert.deepEqual(order, ['a 0', 'b 0', 'a 60000'])
    })
  })

  it('tells of work that threw, does not repeat it and goes on', async () => {
    const { deliveryQueue, failures } = open()
    let done = 0
    deliveryQueue.put('a', () => Promise.reject(new Error('no')))
    deliveryQueue.put('b', async () => {
      done += 1
      return null
    })
    await deliveryQueue.idle()
    assert.deepEqual([done, failures.map(String)], [1, ['Error: no']])
  })

  it('is idle when it was never used, and says whether there was something to wait for', async () => {
    const { deliveryQueue } = open()
    assert.equal(await deliveryQueue.idle(), false)
    deliveryQueue.put('a', async () => null)
    assert.equal(await deliveryQueue.idle(), true)
    assert.equal(await deliveryQueue.idle(), false)
  })

  it('stops: what has begun ends, what has not is forgotten, waiting for a retry is cut short', async () => {
    const { deliveryQueue } = open()
    const done: string[] = []
    deliveryQueue.put('a', async () => {
      await soon()
      done.push('a')
      return { againInMs: 3_600_000 }
    })
    deliveryQueue.put('b', async () => {
      done.push('b')
      return null
    })
    await soon()
    await deliveryQueue.stop()
    deliveryQueue.put('c', async () => {
      done.push('c')
      return null
    })
    await deliveryQueue.idle()
    assert.deepEqual(done, ['a'])
  })

  it('stops also in the middle of a long wait', async () => {
    const { deliveryQueue } = open()
    let count = 0
    deliveryQueue.put('a', async () => {
      count += 1
      return { againInMs: 3_600_000 }
    })
    await soon()
    await soon()
    await deliveryQueue.stop()
    assert.equal(count, 1)
  })
})
