import assert from 'node:assert/strict'
import { believedAfterMs, openSteadyWall } from '../../../bot/pacing/steady-wall.js'

const minutes = (count: number): number => count * 60_000

describe('bot/pacing: the wall clock for what can’t be taken back', () => {
  const open = (running = 0) => {
    let [elapsed, set] = [running, Date.UTC(2026, 2, 2)]
    const wall = () => set + elapsed
    const steady = openSteadyWall(wall, () => elapsed)
    return {
      wall,
      steady,
      /** So much time passes, looked at each half minute. */
      pass: (ms: number) => {
        for (let left = ms; left > 0; left -= 30_000) {
          elapsed += Math.min(left, 30_000)
          steady()
        }
      },
      /** Somebody sets the clock. */
      jump: (ms: number) => void (set += ms),
    }
  }

  it('is believed once it has gone evenly for five minutes', () => {
    const { wall, steady, pass } = open()
    assert.equal(steady(), null)
    pass(believedAfterMs - 1)
    assert.equal(steady(), null)
    pass(1)
    assert.equal(steady(), wall())
  })

  it('is believed just as soon on a machine that has run for long', () => {
    const { wall, steady, pass } = open(minutes(1440))
    pass(believedAfterMs)
    assert.equal(steady(), wall())
  })

  it('may move by two seconds between two looks, forward or back, and not by more', () => {
    for (const sign of [1, -1]) {
      const { wall, steady, pass, jump } = open()
      pass(minutes(10))
      jump(sign * 2000)
      assert.equal(steady(), wall())
      jump(sign * 2001)
      assert.equal(steady(), null)
    }
  })

  it('is not believed while it is a day ahead for half a minute, nor right after', () => {
    const { wall, steady, pass, jump } = open()
    pass(minutes(10))
    jump(minutes(1440))
    assert.equal(steady(), null)
    pass(30_000)
    assert.equal(steady(), null)
    jump(-minutes(1440))
    pass(minutes(4))
    assert.equal(steady(), null)
    pass(minutes(1) + 30_000)
    assert.equal(steady(), wall())
  })

  it('is believed again when it stays where it was set, forward or back', () => {
    for (const ms of [minutes(1440), -minutes(90)]) {
      const { wall, steady, pass, jump } = open()
      pass(minutes(10))
      jump(ms)
      pass(minutes(5) + 30_000)
      assert.equal(steady(), wall())
    }
  })

  it('follows a clock that is put right bit by bit', () => {
    const { wall, steady, pass, jump } = open()
    pass(minutes(10))
    for (let times = 0; times < 100; times += 1) {
      jump(500)
      pass(30_000)
      assert.equal(steady(), wall())
    }
  })

  it('is not believed at first when Winnow starts while it is wrong', () => {
    const { steady, pass, jump, wall } = open()
    jump(minutes(1440))
    pass(30_000)
    jump(-minutes(1440))
    pass(minutes(5))
    assert.equal(steady(), null)
    pass(30_000)
    assert.equal(steady(), wall())
  })
})
