import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { instrumentsOf, openMeter } from '../../../bot/watch/meter.js'
import { timedStore } from '../../../bot/watch/timed-store.js'
import { memoryStore } from '../../../store/memory.js'
import { adding } from '../../store/events.js'

const linesOf = (text: string, name: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith(name))

describe('bot/watch/meter', () => {
  it('counts what happened before it was first asked as well as what comes after', async () => {
    const meter = openMeter()
    meter.alerts('graph', 'new')
    meter.alerts('graph', 'ignored', 0)
    await meter.text()
    meter.alerts('graph', 'new', 2)
    meter.alerts('any', 'refused')
    assert.deepEqual(linesOf(await meter.text(), 'winnow_alerts_total'), [
      'winnow_alerts_total{source="graph",outcome="new"} 3',
      'winnow_alerts_total{source="any",outcome="refused"} 1',
    ])
  })

  it('counts the rest by what it is, times in seconds', async () => {
    const meter = openMeter()
    meter.chat({ what: 'post', outcome: 'transient', seconds: 0.3 })
    meter.delivered('channel', 7)
    meter.event('manager-expired')
    meter.refused('not-owner')
    const text = await meter.text()
    for (const line of [
      'winnow_teams_request_seconds_bucket{le="0.25",what="post",outcome="transient"} 0',
      'winnow_teams_request_seconds_bucket{le="0.5",what="post",outcome="transient"} 1',
      'winnow_delivery_lag_seconds_sum{audience="channel"} 7',
      'winnow_events_total{type="manager-expired"} 1',
      'winnow_actions_refused_total{reason="not-owner"} 1',
    ]) {
      assert.ok(text.includes(`${line}\n`), line)
    }
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m)
  })

  const stored = (meter: ReturnType<typeof openMeter>): void => meter.store('write', 'ok', 0.001)
  const countIn = (text: string): readonly string[] => linesOf(text, 'winnow_store_seconds_count')
  const times = (count: number): readonly string[] => [`winnow_store_seconds_count{what="write",outcome="ok"} ${count}`]

  it('does not keep notes without end while no one asks', async () => {
    const instruments = await instrumentsOf()
    const meter = openMeter(3, async () => instruments)
    for (let noted = 0; noted < 3; noted += 1) stored(meter)
    await setTimeout(50)
    assert.deepEqual(countIn(await instruments.registry.metrics()), times(3))
    stored(meter)
    assert.deepEqual(countIn(await meter.text()), times(4))
  })

  it('counts what was noted without being asked, hundreds at a time', async () => {
    const instruments = await instrumentsOf()
    const meter = openMeter(2000, async () => instruments)
    await meter.text()
    for (let noted = 0; noted < 501; noted += 1) stored(meter)
    assert.deepEqual(countIn(await instruments.registry.metrics()), times(500))
    assert.deepEqual(countIn(await meter.text()), times(501))
  })

  it('keeps the latest only, and does not try again each time, while the library cannot be loaded', async () => {
    let tries = 0
    let isWell = false
    const meter = openMeter(3, async () => {
      tries += 1
      if (!isWell) throw new Error('too many open files')
      return instrumentsOf()
    })
    for (let noted = 0; noted < 60; noted += 1) {
      stored(meter)
      await setTimeout(0)
    }
    assert.equal(tries, 20)
    isWell = true
    assert.deepEqual(countIn(await meter.text()), times(30))
  })

  it('counts all of it when the library could not be loaded at first', async () => {
    let tries = 0
    const meter = openMeter(100, async () => {
      tries += 1
      if (tries === 1) throw new Error('too many open files')
      return instrumentsOf()
    })
    meter.event('noted')
    await assert.rejects(meter.text(), /too many open files/)
    assert.deepEqual(linesOf(await meter.text(), 'winnow_events_total'), ['winnow_events_total{type="noted"} 1'])
    await meter.text()
    assert.equal(tries, 2)
  })

  it('hears how long the store takes, and whether it failed', async () => {
    const meter = openMeter()
    let now = 0
    const store = timedStore(memoryStore(), meter, () => (now += 2))
    await store.write('A', 0, adding('one'))
    await assert.rejects(store.write('A', 0, adding('two')))
    const { version, diary, cards } = await store.read('A')
    assert.equal(version, 1)
    await assert.rejects(store.replace('A', version, { diary, cards }))
    const text = await meter.text()
    assert.deepEqual(linesOf(text, 'winnow_store_seconds_sum'), [
      'winnow_store_seconds_sum{what="write",outcome="ok"} 0.002',
      'winnow_store_seconds_sum{what="write",outcome="failed"} 0.002',
      'winnow_store_seconds_sum{what="read",outcome="ok"} 0.002',
      'winnow_store_seconds_sum{what="replace",outcome="failed"} 0.002',
    ])
  })
})
