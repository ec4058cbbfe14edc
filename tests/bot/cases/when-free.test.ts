import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { whenFree } from '../../../bot/cases/when-free.js'

describe('bot/cases/when-free', () => {
  /** Keep the process busy until it is told to stop; everybody else gets a turn now and then. */
  const keepBusy = () => {
    let isOver = false
    const work = () => {
      const until = performance.now() + 5
      while (performance.now() < until);
      if (!isOver) setImmediate(work)
    }
    work()
    return () => void (isOver = true)
  }
  const msOf = async (work: () => Promise<void>): Promise<number> => {
    const from = performance.now()
    await work()
    return performance.now() - from
  }

  it('pauses, and no longer when there is nothing else to do', async () => {
    const ms = await msOf(() => whenFree(20, 60_000))
    assert.ok(ms >= 18 && ms < 30_000, `${ms} ms`)
  })

  it('waits while the process is busy', async () => {
    const stop = keepBusy()
    let isFree = false
    const waiting = whenFree(10, 60_000).then(() => (isFree = true))
    await new Promise((go) => setTimeout(go, 200))
    assert.equal(isFree, false)
    stop()
    await waiting
  })

  it('but not for ever', async () => {
    const stop = keepBusy()
    const tooLong = new Promise<number>((go) => setTimeout(go, 60_000, Infinity).unref())
    const ms = await Promise.race([msOf(() => whenFree(10)), tooLong])
    stop()
    assert.ok(ms >= 100 && ms < Infinity, `${ms} ms`)
  })
})
