import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { keyedQueue } from '../../store/keyed-queue.js'

/** Work that begins and ends when it is told to, and notes both. */
const gate = () => {
  const done: string[] = []
  const open = new Map<string, () => void>()
  const work = (name: string) => async (): Promise<string> => {
    done.push(`${name} begins`)
    await new Promise<void>((go) => open.set(name, go))
    done.push(`${name} ends`)
    return name
  }
  const end = async (name: string): Promise<void> => {
    open.get(name)?.()
    await setImmediate()
  }
  return { done, work, end }
}

describe('store/keyed-queue', () => {
  it('does the work of one key in the order it was asked for, each after the other has ended', async () => {
    const { done, work, end } = gate()
    const { take } = keyedQueue(10)
    const all = ['1', '2', '3'].map((name) => take('key', work(name)))
    await setImmediate()
    assert.deepEqual(done, ['1 begins'])
    for (const name of ['1', '2', '3']) await end(name)
    assert.deepEqual(done, ['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
    assert.deepEqual(await Promise.all(all), ['1', '2', '3'])
  })

  it('does the work of different keys side by side, but only so much at a time', async () => {
    const { done, work, end } = gate()
    const { take } = keyedQueue(2)
    const all = ['a', 'b', 'c', 'd'].map((key) => take(key, work(key)))
    await setImmediate()
    assert.deepEqual(done, ['a begins', 'b begins'])
    await end('b')
    assert.deepEqual(done, ['a begins', 'b begins', 'b ends', 'c begins'])
    for (const name of ['a', 'c', 'd']) await end(name)
    assert.equal(done.length, 8)
    await Promise.all(all)
  })

  it('goes on after work that fails, and tells only who asked for it', async () => {
    const { take } = keyedQueue(1)
    const failing = take('key', async () => {
      throw new RangeError('no')
    })
    const next = take('key', async () => 'fine')
    await assert.rejects(failing, RangeError)
    assert.equal(await next, 'fine')
    assert.equal(await take('other', async () => 'as well'), 'as well')
  })

  it('is idle when all of it has ended, also what was asked for meanwhile', async () => {
    const { take, idle } = keyedQueue(4)
    let ended = 0
    const work = async (): Promise<void> => {
      await setImmediate()
      ended += 1
    }
    void take('a', async () => {
      await work()
      void take('a', work)
      void take('b', work)
    })
    await idle()
    assert.equal(ended, 3)
    await idle()
  })
})
