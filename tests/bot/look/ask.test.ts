import assert from 'node:assert/strict'
import type { GraphAnswer, GraphRequest } from '../../../bot/graph/client.js'
import type { GraphFailure } from '../../../bot/graph/failure.js'
import { openAsk } from '../../../bot/look/ask.js'

const request: GraphRequest = { method: 'GET', path: '/a', permission: 'A.Read' }
const yes: GraphAnswer = { ok: true, body: {}, at: null }
const no = (failure: GraphFailure): GraphAnswer => ({ ok: false, failure })
const forbidden = no({ kind: 'forbidden', permission: 'A.Read' })

/** A Graph that gives these answers, and a clock on which waiting takes no time. */
const opened = (
  answers: readonly (GraphAnswer | 'silence')[],
  but: { perMinute?: number; timeoutMs?: number } = {},
) => {
  const left = [...answers]
  const times: number[] = []
  let time = 0
  const stopping = new AbortController()
  const ask = openAsk({
    graph: {
      ask: async () => {
        times.push(time)
        const answer = left.shift() ?? yes
        return answer === 'silence' ? new Promise<never>(() => {}) : answer
      },
    },
    perMinute: but.perMinute ?? 45,
    timeoutMs: but.timeoutMs ?? 1000,
    clock: { now: () => time, sleep: async (ms) => void (time += ms) },
    signal: stopping.signal,
  })
  return { ask, times, pass: (ms: number) => void (time += ms), stop: () => stopping.abort() }
}

describe('bot/look/ask', () => {
  it('asks so often in a minute, and lets the rest wait', async () => {
    const { ask, times } = opened([], { perMinute: 2 })
    for (let count = 0; count < 5; count += 1) await ask(request)
    assert.deepEqual(times, [0, 0, 60_000, 60_000, 120_000])
  })

  it('does not ask for an hour for what is forbidden, and goes on with what another permission allows', async () => {
    const { ask, times, pass } = opened([forbidden])
    assert.deepEqual(await ask(request), forbidden)
    assert.deepEqual(await ask(request), forbidden)
    assert.deepEqual(await ask({ ...request, permission: 'B.Read' }), yes)
    assert.equal(times.length, 2)
    pass(3_600_001)
    assert.deepEqual(await ask(request), yes)
  })

  it('asks nothing for five minutes where there is no token', async () => {
    const { ask, times, pass } = opened([no({ kind: 'signed-out', says: 'AADSTS7000215' })])
    await ask(request)
    assert.equal((await ask({ ...request, permission: 'B.Read' })).ok, false)
    assert.equal(times.length, 1)
    pass(300_001)
    assert.equal((await ask(request)).ok, true)
  })

  it('asks once more for what is limited, after the time that Graph tells, unless that is too long', async () => {
    const limited = (retryAfterMs: number) => no({ kind: 'throttled', retryAfterMs })
    const short = opened([limited(7000), yes])
    assert.deepEqual([await short.ask(request), short.times], [yes, [0, 7000]])
    const twice = opened([limited(7000), limited(8000), yes])
    assert.deepEqual([await twice.ask(request), twice.times.length], [limited(8000), 2])
    const long = opened([limited(900_000), yes])
    assert.deepEqual([await long.ask(request), long.times.length], [limited(900_000), 1])
  })

  it('waits no longer than its time for a Graph that says nothing, whatever its client does', async () => {
    const { ask } = opened(['silence'], { timeoutMs: 20 })
    assert.deepEqual(await ask(request), no({ kind: 'unreachable', says: 'no answer in time' }))
  })

  it('ends at once when Winnow stops', async () => {
    const { ask, stop } = opened(['silence'], { timeoutMs: 60_000 })
    const asking = ask(request)
    stop()
    assert.deepEqual(await asking, no({ kind: 'unreachable', says: 'stopped' }))
  })
})
