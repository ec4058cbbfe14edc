import assert from 'node:assert/strict'
import type { Graph, GraphAnswer } from '../../../bot/graph/client.js'
import type { GraphFailure } from '../../../bot/graph/failure.js'
import { startPull } from '../../../bot/pull/pull.js'
import { memoryStore } from '../../../store/memory.js'
import { graphAlert } from '../../support/fake-graph.js'

/** A clock that goes on only when it is told to. */
const steppingClock = () => {
  let time = 0
  let asleep: { readonly ms: number; readonly wake: () => void } | null = null
  let heard = () => {}
  return {
    now: () => time,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve()
        const wake = () => {
          asleep = null
          resolve()
        }
        signal?.addEventListener('abort', wake)
        asleep = { ms, wake }
        heard()
      }),
    /** Resolves with how long it is going to sleep, once it does. */
    rests: async (): Promise<number> => {
      if (asleep === null) await new Promise<void>((resolve) => (heard = resolve))
      return asleep?.ms ?? 0
    },
    wake: (after = asleep?.ms ?? 0): void => {
      time += after
      asleep?.wake()
    },
  }
}

describe('bot/pull/pull', () => {
  const at = '2026-03-02T12:00:00.000Z'
  const page = (...value: readonly unknown[]): GraphAnswer => ({ ok: true, body: { value }, at })
  const no = (failure: GraphFailure): GraphAnswer => ({ ok: false, failure })
  const forbidden = no({ kind: 'forbidden', permission: 'SecurityAlert.Read.All' })
  const cut = no({ kind: 'unreachable', says: 'ECONNREFUSED' })

  const start = async (answers: readonly GraphAnswer[], full = () => false) => {
    const store = memoryStore()
    await store.keep('graph-pull', { until: at })
    const left = [...answers]
    const graph: Graph = { ask: async () => left.shift() ?? page() }
    const clock = steppingClock()
    const logged: string[] = []
    const log = (level: string) => (details: object, text: string) =>
      void logged.push(`${level} ${text} ${JSON.stringify(details)}`)
    let minute = 0
    const pull = startPull({
      graph,
      store,
      take: async (body) => {
        if (full()) throw new Error('the disk is full')
        const entries: readonly { readonly id: string; readonly odd?: string }[] = Object(body).value
        const one = (id: string) => ({
          caseId: id,
          source: 'graph',
          sourceAlertId: id,
          type: 'x',
          status: 'new' as const,
        })
        return {
          alerts: entries.flatMap(({ id, odd }) => (odd === undefined ? [one(id)] : [])),
          ignored: entries.flatMap(({ odd }) => (odd === undefined ? [] : [{ reason: odd, field: 'title' }])),
        }
      },
      everyMs: 60_000,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      now: () => `2026-03-02T12:${String((minute += 1)).padStart(2, '0')}:00.000Z`,
      clock,
    })
    return { pull, clock, logged, details: () => pull.health().details, problems: () => pull.health().problems }
  }
  const next = async (clock: ReturnType<typeof steppingClock>) => {
    clock.wake()
    return clock.rests()
  }

  it('pulls soon when something is said to have changed, but every five seconds at the most', async () => {
    const { pull, clock, details } = await start([page(graphAlert('a')), page(graphAlert('b')), page(graphAlert('c'))])
    await clock.rests()
    const first = details()['lastPull']
    pull.soon()
    pull.soon()
    await Promise.resolve()
    assert.equal(await clock.rests(), 5000)
    assert.equal(details()['lastPull'], first)
    assert.equal(await next(clock), 60_000)
    assert.equal(details()['pulledAlerts'], 2)
    clock.wake()
    await clock.rests()
    assert.equal(details()['pulledAlerts'], 3)
    await pull.stop()
  })

  it('pulls no sooner than Graph allows, whatever is said to have changed', async () => {
    const { pull, clock } = await start([no({ kind: 'throttled', retryAfterMs: 30_000 }), page(graphAlert('a'))])
    assert.equal(await clock.rests(), 30_000)
    pull.soon()
    await new Promise(setImmediate)
    assert.equal(pull.health().details['pulledAlerts'], 0)
    await pull.stop()
  })

  it('pulls at once, then at its interval, and tells when it did last and how much came', async () => {
    const { pull, clock, details, problems, logged } = await start([page(graphAlert('a')), page(graphAlert('b'))])
    assert.equal(await clock.rests(), 60_000)
    assert.deepEqual(details(), {
      lastPull: '2026-03-02T12:01:00.000Z',
      pullFailingSince: null,
      pullFailure: null,
      pulledAlerts: 1,
    })
    assert.equal(await next(clock), 60_000)
    assert.equal(details()['pulledAlerts'], 2)
    assert.deepEqual(problems(), [])
    assert.match(logged[0] ?? '', /^info alerts taken in .*"a new"/)
    await pull.stop()
  })

  it('tells at once that it may not, and which permission is lacking', async () => {
    const { pull, clock, details, problems, logged } = await start([forbidden, forbidden])
    await clock.rests()
    assert.match(
      problems()[0] ?? '',
      /^Alerts haven't been pulled .* since 2026-03-02T12:01:00.000Z: .*SecurityAlert\.Read\.All/,
    )
    assert.deepEqual([details()['pullFailure'], details()['lastPull']], ['forbidden', null])
    await next(clock)
    assert.equal(logged.length, 1)
    await next(clock)
    assert.deepEqual([problems(), details()['pullFailingSince']], [[], null])
    assert.match(logged[1] ?? '', /^info alerts are pulled again/)
    await pull.stop()
  })

  it('tells what may pass by itself only once it has lasted five minutes, and rests longer and longer', async () => {
    const { pull, clock, problems } = await start([cut, cut, cut, cut, cut])
    const rests = [await clock.rests()]
    assert.deepEqual(problems(), [])
    for (let times = 0; times < 2; times += 1) rests.push(await next(clock))
    assert.deepEqual(problems(), [])
    rests.push(await next(clock))
    assert.match(problems()[0] ?? '', /can't be reached \(ECONNREFUSED\)/)
    assert.deepEqual(rests, [60_000, 120_000, 240_000, 300_000])
    await pull.stop()
  })

  it('waits as long as Graph says where it limits', async () => {
    const { pull, clock, details } = await start([no({ kind: 'throttled', retryAfterMs: 900_000 })])
    assert.equal(await clock.rests(), 900_000)
    assert.equal(details()['pullFailure'], 'throttled')
    await pull.stop()
  })

  it('tells that what was read can’t be stored', async () => {
    let full = true
    const { pull, clock, problems, logged } = await start([page(graphAlert('a')), page(graphAlert('a'))], () => full)
    await clock.rests()
    assert.match(problems()[0] ?? '', /can't be stored\. Check the data folder/)
    assert.match(logged[0] ?? '', /^error pulled alerts could not be stored/)
    full = false
    await next(clock)
    assert.deepEqual(problems(), [])
    await pull.stop()
  })

  it('tells of a defective alert once, although it is read again and again', async () => {
    const odd = { id: 'x', odd: 'value[0].title: expected a title' }
    const { pull, clock, logged } = await start([page(odd), page(odd), page(odd)])
    await clock.rests()
    await next(clock)
    assert.equal(logged.length, 1)
    assert.match(logged[0] ?? '', /^warn alerts could not be read .*"count":1,"fields":\["title"\]/)
    await pull.stop()
  })

  it('takes what it has stored already only once it has changed', async () => {
    const same = graphAlert('a', { lastUpdateDateTime: '2026-03-02T11:00:00Z' })
    const changed = graphAlert('a', { lastUpdateDateTime: '2026-03-02T11:30:00Z' })
    let full = true
    const { pull, clock, details } = await start([page(same), page(same), page(same), page(changed)], () => full)
    await clock.rests()
    full = false
    const counts = []
    for (let times = 0; times < 3; times += 1) {
      await next(clock)
      counts.push(details()['pulledAlerts'])
    }
    assert.deepEqual(counts, [1, 1, 2])
    await pull.stop()
  })

  it('stops at once, also while it rests', async () => {
    const { pull, clock } = await start([])
    await clock.rests()
    await pull.stop()
  })
})
