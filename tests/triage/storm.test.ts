import assert from 'node:assert/strict'
import { type StormSigns, mayWait, releaseEveryMs, stormPhase } from '../../triage/storm.js'

const minute = 60_000
const rule = { cases: 30, withinMs: 5 * minute }
const none: StormSigns = { phase: null, phaseSince: 0, came: [], owed: 0, postsPerMinute: 114, heldBack: 0 }
const cameAt = (at: number, many: number): readonly number[] => Array.from({ length: many }, () => at)
const now = 100 * minute

describe('triage/storm', () => {
  it('begins with more cases within the time than the rule allows, and not with as many', () => {
    const after = (many: number, at: number) => stormPhase(rule, { ...none, came: cameAt(at, many) }, now)
    assert.equal(after(30, now), null)
    assert.equal(after(31, now), 'storm')
    assert.equal(after(31, now - 5 * minute), null)
    assert.equal(after(31, now - 5 * minute + 1), 'storm')
  })

  it('begins with more cards owed than can be posted within a minute', () => {
    assert.equal(stormPhase(rule, { ...none, owed: 114 }, now), null)
    assert.equal(stormPhase(rule, { ...none, owed: 115 }, now), 'storm')
  })

  it('calms down once half as many come, and no sooner than the time of the rule after it began', () => {
    const storm: StormSigns = { ...none, phase: 'storm', heldBack: 9 }
    const after = (many: number, sinceMs: number) =>
      stormPhase(rule, { ...storm, phaseSince: now - sinceMs, came: cameAt(now - 1, many) }, now)
    assert.equal(after(16, 9 * minute), 'storm')
    assert.equal(after(15, 9 * minute), 'calming')
    assert.equal(after(0, 5 * minute), 'calming')
    assert.equal(after(0, 5 * minute - 1), 'storm')
  })

  it('is over when no card is held back any longer, and begins again with too many new cases', () => {
    const calming: StormSigns = { ...none, phase: 'calming', heldBack: 1 }
    assert.equal(stormPhase(rule, calming, now), 'calming')
    assert.equal(stormPhase(rule, { ...calming, heldBack: 0 }, now), 'over')
    assert.equal(stormPhase(rule, { ...calming, came: cameAt(now, 31) }, now), 'storm')
  })

  it('never begins where the rule allows any number, and lets go what a former rule held back', () => {
    const off = { cases: 0, withinMs: minute }
    assert.equal(stormPhase(off, { ...none, came: cameAt(now, 9), owed: 900 }, now), null)
    assert.equal(stormPhase(off, { ...none, phase: 'storm', heldBack: 3 }, now), 'calming')
    assert.equal(stormPhase(off, { ...none, phase: 'storm' }, now), 'over')
  })

  it('lets everything wait but what is of high severity', () => {
    assert.deepEqual(
      (['informational', 'low', 'medium', 'high'] as const).map((severity) => mayWait(severity)),
      [true, true, true, false],
    )
  })

  it('lets cards go so slowly that they make no storm of their own', () => {
    assert.equal(releaseEveryMs(rule), 10_000)
    assert.equal(releaseEveryMs({ cases: 0, withinMs: minute }), minute)
  })
})
