import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  type Limit,
  forCards,
  openRateWindow,
  perMinute,
  published,
  unlimited,
} from '../../../bot/pacing/rate-window.js'

/** The first stretch that holds more requests than it may, if any. */
const broken = (times: readonly number[], limits: readonly Limit[]): string | undefined => {
  const sorted = times.toSorted((one, other) => one - other)
  return limits.flatMap(({ most, withinMs }) =>
    sorted.flatMap((at, index) => {
      const first = sorted[index - most]
      return first !== undefined && at - first < withinMs ? [`more than ${most} in ${withinMs} ms at ${at}`] : []
    }),
  )[0]
}

describe('bot/pacing/rate-window', () => {
  it('lets the first few go at once, and the next when the window allows', () => {
    const pace = openRateWindow([{ most: 2, withinMs: 1000 }])
    for (const at of [0, 300]) {
      assert.equal(pace.wait(at), 0)
      pace.begin(at)
      pace.end(at)
    }
    assert.deepEqual([pace.wait(300), pace.wait(999), pace.wait(1000)], [700, 1, 0])
  })

  it('counts a request as long as it is under way, and from its end', () => {
    const pace = openRateWindow([{ most: 1, withinMs: 1000 }])
    pace.begin(0)
    assert.ok(pace.wait(5000) > 0)
    pace.end(5000)
    assert.deepEqual([pace.wait(5000), pace.wait(6000)], [1000, 0])
  })

  it('guesses how long to wait for requests under way: the part of the window that is one request’s', () => {
    const pace = openRateWindow([{ most: 4, withinMs: 1000 }])
    for (let count = 0; count < 4; count += 1) pace.begin(0)
    assert.equal(pace.wait(0), 250)
  })

  it('keeps to the strictest of its limits, however many requests ago', () => {
    const pace = openRateWindow([
      { most: 3, withinMs: 1000 },
      { most: 5, withinMs: 60_000 },
    ])
    const waits = [0, 2000, 4000, 6000, 8000, 10_000].map((at) => {
      const wait = pace.wait(at)
      pace.begin(at)
      pace.end(at)
      return wait
    })
    assert.deepEqual(waits, [0, 0, 0, 0, 0, 50_000])
  })

  it('knows no limit when there is none', () => {
    const pace = openRateWindow([])
    for (let count = 0; count < 100; count += 1) pace.begin(0)
    assert.equal(pace.wait(0), 0)
  })

  it('never breaks a window, wherever between begin and end a request is counted', () => {
    const limits = fc.array(
      fc.record({ most: fc.integer({ min: 1, max: 9 }), withinMs: fc.integer({ min: 1, max: 60 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    const wishes = fc.array(
      fc.record({
        pause: fc.integer({ min: 0, max: 12 }),
        takes: fc.integer({ min: 0, max: 25 }),
        counted: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 120 },
    )
    fc.assert(
      fc.property(limits, wishes, (limits, wishes) => {
        const pace = openRateWindow(limits)
        const under: number[] = []
        const counted: number[] = []
        let now = 0
        const goOn = (to: number): void => {
          for (const end of under.filter((one) => one <= to).toSorted((one, other) => one - other)) pace.end(end)
          under.splice(0, under.length, ...under.filter((one) => one > to))
          now = to
        }
        for (const intent of wishes) {
          goOn(now + intent.pause)
          for (let wait = pace.wait(now); wait > 0; wait = pace.wait(now)) goOn(now + Math.ceil(wait))
          pace.begin(now)
          under.push(now + intent.takes)
          counted.push(now + intent.takes * intent.counted)
        }
        assert.equal(broken(counted, limits), undefined)
      }),
      { numRuns: 500 },
    )
  })

  it('never makes anybody wait without need: one by one, the wait ends when the window allows, not later', () => {
    const limit = { most: 3, withinMs: 50 }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }), (pauses) => {
        const pace = openRateWindow([limit])
        const went: number[] = []
        let now = 0
        for (const pause of pauses) {
          now += pause
          const wait = pace.wait(now)
          if (wait > 0) assert.notEqual(broken([...went, now + wait - 1], [limit]), undefined)
          now += wait
          pace.begin(now)
          pace.end(now)
          went.push(now)
        }
      }),
    )
  })

  it('never makes the local client wait, for that has no limits', () => {
    for (const scope of ['conversation', 'tenant'] as const) {
      const pace = openRateWindow(unlimited[scope])
      for (let count = 0; count < 100; count += 1) {
        assert.equal(pace.wait(0), 0)
        pace.begin(0)
        pace.end(0)
      }
      assert.equal(perMinute(unlimited[scope]), Infinity)
    }
  })

  it('tells how many requests its limits allow in a minute: what the strictest of those for a minute or less allows', () => {
    assert.equal(perMinute([{ most: 2, withinMs: 1000 }]), 120)
    assert.equal(perMinute(published.conversation), 120)
    assert.equal(perMinute(forCards.conversation), 114)
    const aSecond = { most: 6, withinMs: 1000 }
    assert.equal(perMinute([aSecond, { most: 50, withinMs: 60_000 }]), 50)
    // An hour's limit may all be used up in one minute.
    assert.equal(perMinute([aSecond, { most: 60, withinMs: 3_600_000 }]), 360)
  })

  it('keeps a part of what Teams publishes for answers to people, and not much of it', () => {
    for (const scope of ['conversation', 'tenant'] as const)
      published[scope].forEach(({ most, withinMs }, index) => {
        const ours = forCards[scope][index]
        assert.equal(ours?.withinMs, withinMs)
        assert.ok(ours.most < most && ours.most >= most * 0.85, `${ours.most} of ${most}`)
      })
    assert.deepEqual(published.tenant, [{ most: 50, withinMs: 1000 }])
    assert.deepEqual(
      published.conversation.map(({ most, withinMs }) => [most, withinMs / 1000]),
      [
        [7, 1],
        [8, 2],
        [60, 30],
        [1800, 3600],
      ],
    )
  })
})
