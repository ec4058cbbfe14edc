import assert from 'node:assert/strict'
import { inStep, openGather } from '../../../bot/pacing/gather.js'

describe('those who come together', () => {
  /** Go through two steps and note each. */
  const go = async (gather: () => Promise<void>, name: string, noted: string[]): Promise<void> => {
    noted.push(`${name} has come`)
    await gather()
    noted.push(`${name} goes on`)
    await inStep()
    noted.push(`${name} is done`)
  }

  it('go on together, in their order, and take each step together', async () => {
    const noted: string[] = []
    const gather = openGather()
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
    const gather = openGather()
    await go(gather, 'one', noted)
    await go(gather, 'two', noted)
    assert.deepEqual(noted.slice(0, 4), ['one has come', 'one goes on', 'one is done', 'two has come'])
  })

  it('go on one and all where one of them fails at it', async () => {
    const gather = openGather()
    const failing = gather().then(() => assert.fail('cannot go on'))
    await Promise.all([assert.rejects(failing), gather()])
  })
})
