import assert from 'node:assert/strict'
import { eachOf } from '../../../bot/pacing/each-of.js'

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `name-${index}`)
const soon = () => new Promise((resolve) => setImmediate(resolve))
const fail = (error: unknown): never => assert.fail(String(error))

describe('bot/pacing/each-of', () => {
  it('works on everything once, and is done when the last work is', async () => {
    const done: string[] = []
    await eachOf(names(40), fail, async (one) => {
      await soon()
      done.push(one)
    })
    assert.deepEqual(done.toSorted(), [...names(40)].toSorted())
  })

  it('works on sixteen at once, and on fewer when there are no more', async () => {
    for (const [count, most] of [
      [40, 16],
      [3, 3],
    ] as const) {
      let going = 0
      let seen = 0
      await eachOf(names(count), fail, async () => {
        seen = Math.max(seen, (going += 1))
        await soon()
        going -= 1
      })
      assert.equal(seen, most)
    }
  })

  it('tells what fails, by name, and goes on with the others', async () => {
    const failures: string[] = []
    let done = 0
    await eachOf(
      names(20),
      (error, one) => failures.push(`${one}: ${String(error)}`),
      async (one) => {
        await soon()
        if (one === 'name-7') throw new Error('no')
        done += 1
      },
    )
    assert.deepEqual([done, failures], [19, ['name-7: Error: no']])
  })

  it('does nothing with an empty list', async () => {
    await eachOf([], fail, fail)
  })
})
