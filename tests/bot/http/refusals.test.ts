import assert from 'node:assert/strict'
import { openRefusals } from '../../../bot/http/refusals.js'

describe('bot/http/refusals', () => {
  it('counts all and logs at most so many a minute, then how many it did not', () => {
    let now = 0
    const lines: (readonly [object, string])[] = []
    const refusals = openRefusals({ warn: (details, text) => void lines.push([details, text]) }, 2, () => now)
    const refused = { door: '/api/alerts', caller: null, status: 401, code: 'http/401', bytes: 0 }
    for (let times = 0; times < 5; times += 1) refusals.note(refused)
    const told = [refused, 'a request was refused']
    assert.deepEqual(lines, [told, told])
    now = 60_000
    refusals.note({ ...refused, status: 413 })
    assert.deepEqual(lines.slice(2), [
      [{ count: 3 }, 'more requests were refused than the log tells'],
      [{ ...refused, status: 413 }, 'a request was refused'],
    ])
    assert.deepEqual(refusals.counts(), [
      { door: '/api/alerts', status: 401, count: 5 },
      { door: '/api/alerts', status: 413, count: 1 },
    ])
  })
})
