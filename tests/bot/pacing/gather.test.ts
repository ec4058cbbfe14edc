import assert from 'node:assert/strict'
import { type Gather, inStep, openGather } from '../../../bot/pacing/gather.js'

describe('those who come together', () => {
  /** Go through two steps and note each. */
  const go = async (gather: Gather, name: string, noted: string[], size = 1): Promise<void> => {
    noted.push(`${name} has come`)
    await gather(size)
    noted.push(`${name} goes on`)
    await inStep()
    noted.push(`${name} is done`)
  }

  it('go on together, in their order, and take each step together', async () => {
    const noted: string[] = []
    const gather = openGather(10)
    const first = go(gather, 'one', noted)
    // What arrives meanwhile, such as another request, is still of the party.
    await Promise.resolve()
    await Promise.all([first, go(gather, 'two', noted)])
    assert.deepEqual(noted, [
      'one has come',
      'two has come',
      'one goes on',
      'two goes on',
      'one is done',
      'two is done',
    ])
  })

  it('wait for nobody who comes later', async () => {
    const noted: string[] = []
    const gather = openGather(10)
    await go(gather, 'one', noted)
    await go(gather, 'two', noted)
    assert.deepEqual(noted.slice(0, 4), ['one has come', 'one goes on', 'one is done', 'two has come'])
  })

  it('are no more in one turn than may be, and everything else has its turn in between', async () => {
    const noted: string[] = []
    const gather = openGather(10)
    const all = [go(gather, 'one', noted, 4), go(gather, 'two', noted, 6), go(gather, 'three', noted, 1)]
    let turns = 0
    const count = (): void => {
      turns += 1
      noted.push(`turn ${turns}`)
      if (turns < 3) setImmediate(count)
    }
    setImmediate(count)
    await Promise.all(all)
    assert.deepEqual(noted.slice(3), [
      'one goes on',
      'two goes on',
      'one is done',
      'two is done',
      'turn 1',
      'three goes on',
      'three is done',
    ])
  })

  it('go on alone where one is more than may be', async () => {
    const noted: string[] = []
    const gather = openGather(10)
    await Promise.all([go(gather, 'large', noted, 99), go(gather, 'small', noted), go(gather, 'next', noted)])
    assert.deepEqual(noted.slice(3), [
      'large goes on',
      'large is done',
      'small goes on',
      'next goes on',
      'small is done',
      'next is done',
    ])
  })

  it('go on one and all where one of them fails at it', async () => {
    const gather = openGather(10)
    const failing = gather(1).then(() => assert.fail('cannot go on'))
    await Promise.all([assert.rejects(failing), gather(1)])
  })
})
