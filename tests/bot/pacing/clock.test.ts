import assert from 'node:assert/strict'
import sinon from 'sinon'
import { wallClock } from '../../../bot/pacing/clock.js'

describe('the wall clock', () => {
  it('tells each millisecond, also when it is set back', () => {
    const fake = sinon.useFakeTimers({ now: Date.UTC(2026, 2, 1, 9, 30), toFake: ['Date'] })
    try {
      const now = wallClock()
      const told = [now(), now()]
      fake.setSystemTime(Date.UTC(2026, 2, 1, 9, 30) + 1)
      told.push(now())
      fake.setSystemTime(Date.UTC(2026, 2, 1, 8, 30))
      told.push(now())
      assert.deepEqual(told, [
        '2026-03-01T09:30:00.000Z',
        '2026-03-01T09:30:00.000Z',
        '2026-03-01T09:30:00.001Z',
        '2026-03-01T08:30:00.000Z',
      ])
    } finally {
      fake.restore()
    }
  })
})
