import assert from 'node:assert/strict'
import { type Seen, owedForSeconds, readinessOf } from '../../../bot/watch/readiness.js'

const good: Seen = {
  stopping: false,
  complete: true,
  storeProblems: 0,
  chat: { token: true, reached: true, code: '' },
  isLocal: false,
  channels: 1,
  owed: { count: 0, seconds: 0, lost: 0, refused: 0 },
}
const failing = (but: Partial<Seen>): readonly string[] => {
  const { ready, checks } = readinessOf({ ...good, ...but })
  const names = Object.entries(checks).flatMap(([name, { ok, text }]) => {
    assert.equal(ok, text === '', name)
    return ok ? [] : [name]
  })
  assert.equal(ready, names.length === 0)
  return names
}

describe('bot/watch/readiness', () => {
  it('is ready when everything is well', () => {
    assert.deepEqual(failing({}), [])
  })

  const cases: readonly (readonly [string, Partial<Seen>, readonly string[]])[] = [
    ['Winnow stops', { stopping: true }, ['running']],
    ['the open cases have not been read', { complete: false }, ['cases']],
    ['the store has a problem', { storeProblems: 1 }, ['store']],
    ['there is no token', { chat: { token: false, reached: true, code: 'AADSTS7000215' } }, ['token']],
    ['Teams did not answer', { chat: { token: true, reached: false, code: 'HTTP 502' } }, ['teams']],
    ['nothing was sent yet', { chat: { token: null, reached: null, code: '' } }, ['token', 'teams']],
    ['no channel is set', { channels: 0 }, ['channel']],
    ['a card may be lost', { owed: { ...good.owed, count: 1, lost: 1 } }, ['cards']],
    ['a card is refused', { owed: { ...good.owed, count: 1, refused: 1 } }, ['cards']],
    ['a card is owed for long', { owed: { ...good.owed, count: 1, seconds: owedForSeconds + 1 } }, ['cards']],
  ]
  for (const [when, but, names] of cases) {
    it(`is not when ${when}, and names it`, () => assert.deepEqual(failing(but), names))
  }

  it('is ready during a burst, and needs no token in local mode', () => {
    assert.deepEqual(failing({ owed: { ...good.owed, count: 400, seconds: owedForSeconds } }), [])
    assert.deepEqual(failing({ isLocal: true, chat: { token: null, reached: true, code: '' } }), [])
  })
})
