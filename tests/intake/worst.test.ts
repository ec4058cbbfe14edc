import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { isFault } from '../../triage/fault.js'
import { isHarmless, now } from './alerts.js'
import { full, largest, worst } from './worst-bodies.js'

/** What reading it costs the processor, in milliseconds; of a few goes the least, since the first ones pay for compiling. */
const cost = (body: string, goes: number, enough = 0): number => {
  let least = Infinity
  for (let go = 0; go < goes && least > enough; go += 1) {
    const before = process.cpuUsage()
    outcomeOf(body)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

const outcomeOf = (body: string): string => {
  try {
    read(parseJson(body), now)
    return 'read'
  } catch (error) {
    assert.ok(isFault(error) && /^intake\/(?!unreadable)/.test(error.code), String(error))
    assert.ok(error.message.length < 12_000 && isHarmless(error.message), error.message)
    return error.code
  }
}

describe('intake: the worst bodies', function () {
  this.timeout(120_000)

  it('a body full of real alerts is read whole', () => {
    const sample = JSON.parse(readFileSync('intake/samples/impossible-travel.json', 'utf8'))
    const body = full('[', (at) => JSON.stringify({ ...sample, id: `a-${at}` }), ']')
    assert.ok(read(parseJson(body), now).readings.length > 300)
  })

  it('no body costs much more than one full of real alerts, and each is read or refused for what it is', () => {
    const sample = JSON.parse(readFileSync('intake/samples/impossible-travel.json', 'utf8'))
    const realBody = full('[', (at) => JSON.stringify({ ...sample, id: `a-${at}` }), ']')
    const quiet = cost(realBody, 8)
    const bodies = worst()
    assert.ok(bodies.size > 150)
    for (const [name, body] of bodies) {
      assert.ok(Buffer.byteLength(body) <= largest, `${name}: ${body.length}`)
      // Bodies that were checked before they were bounded took a hundred times as long.
      if (cost(body, 8, 3 * quiet) < 3 * quiet) continue
      // The machine may have become slower since: both again, side by side.
      const real = cost(realBody, 8)
      const took = cost(body, 8, 3 * real)
      assert.ok(took < 3 * real, `${name} took ${took} ms, a body of real alerts ${real} ms`)
    }
  })
})
