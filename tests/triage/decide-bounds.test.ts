import assert from 'node:assert/strict'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { isRefusal } from '../../triage/refusal.js'
import { permissionFor } from '../../triage/rights.js'
import { longestText } from '../../triage/rules.js'
import { ada, ben, intent, mia } from '../support/cast.js'
import { answered, asked, claimed, managerSaid, opened, untilClosed, untilJudged } from '../support/diary.js'
import { onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'

type Wanted = Parameters<typeof intent>[1]

const written = (diary: readonly Event[], wanted: Wanted, by = ada): readonly Event[] => {
  const decision = decide(onNewest(intent(by, wanted), diary), replay(diary), travel)
  assert.ok(!isRefusal(decision), JSON.stringify(decision))
  return decision
}
const refused = (diary: readonly Event[], wanted: Wanted, by = ada) => {
  const decision = decide(onNewest(intent(by, wanted), diary), replay(diary), travel)
  assert.ok(isRefusal(decision), JSON.stringify(decision))
  return decision
}

describe('triage/decide: what people write', () => {
  const long = 'x'.repeat(longestText + 1)
  const bounded = 'x'.repeat(longestText)

  it('is cut where it is too long, wherever it is written', () => {
    const kept = (event: Event | undefined) => (event && 'reason' in event ? event.reason : undefined)
    assert.equal(kept(written(untilJudged, { type: 'skip', step: 'action/tag-range', reason: long })[0]), bounded)
    assert.equal(kept(written(untilJudged, { type: 'close', reason: long })[0]), bounded)
    assert.equal(kept(written(untilClosed, { type: 'reopen', reason: long })[0]), bounded)
    const [judged] = written([opened, claimed], { type: 'record-verdict', verdict: 'tp', reason: long })
    assert.ok(judged?.type === 'judged')
    assert.equal(judged.against, bounded)
    const [said] = written([opened], { type: 'note', text: long })
    assert.ok(said?.type === 'noted')
    assert.equal(said.text, bounded)
  })

  it('is kept as a note when a case is closed with a reason that was not needed', () => {
    const events = written(untilClosed.slice(0, -1), { type: 'close', reason: ' Told the user. ' })
    assert.deepEqual(
      events.map((event) => [event.type, event.type === 'noted' ? event.text : '']),
      [
        ['noted', 'Told the user.'],
        ['closed', ''],
      ],
    )
  })

  it('names the step that is left out without a reason', () => {
    const skip = { type: 'skip', step: 'action/tag-range', reason: ' ' } as const
    assert.deepEqual(refused(untilJudged, skip), { refusal: 'needs-reason', details: { verdict: 'action/tag-range' } })
  })
})

describe('triage/decide: nearly the same', () => {
  it('is another answer when another check was answered with an option of the same name', () => {
    const diary = [opened, claimed, answered('journey', 'yes')]
    const [event] = written(diary, { type: 'answer', check: 'download', option: 'yes' })
    assert.ok(event?.type === 'answered')
    assert.deepEqual([event.check, event.option], ['download', 'yes'])
  })

  it('is another word of the manager’s when any part of it differs', () => {
    const diary = [opened, claimed, asked, managerSaid('yes', '2026-03-01', '2026-03-03', 'By train.')]
    const same = {
      type: 'answer-confirmation',
      asked: 2,
      answer: 'yes',
      from: '2026-03-01',
      to: '2026-03-03',
      note: 'By train.',
    } as const
    assert.deepEqual(written(diary, same, mia), [])
    for (const but of [{ answer: 'no' }, { from: '2026-03-02' }, { to: '2026-03-04' }, { note: '' }] as const) {
      assert.equal(written(diary, { ...same, ...but }, mia).length, 1, JSON.stringify(but))
    }
  })

  it('is no day of a journey when it is of another millennium, or has more to it', () => {
    const reply = { type: 'answer-confirmation', asked: 2, answer: 'yes', to: null, note: '' } as const
    for (const from of ['1999-12-31', '3000-01-01', '12026-01-01', '2026-03-01T00', '2026-3-1', '']) {
      assert.equal(refused([opened, claimed, asked], { ...reply, from }, mia).refusal, 'bad-dates', from)
    }
  })

  it('may begin or end on any day when only one of the two is told', () => {
    const reply = { type: 'answer-confirmation', asked: 2, answer: 'yes', note: '' } as const
    for (const days of [
      { from: '2026-03-01', to: null },
      { from: null, to: '2026-03-01' },
      { from: '2026-03-01', to: '2026-03-01' },
    ]) {
      assert.equal(written([opened, claimed, asked], { ...reply, ...days }, mia).length, 1, JSON.stringify(days))
    }
  })
})

describe('triage/rights: without a case or a guide', () => {
  const permission = (wanted: Wanted, diary: readonly Event[], guide: typeof travel | null) =>
    permissionFor(onNewest(intent(ben, wanted), diary), replay(diary), guide, false)

  it('a verdict is an ordinary one: what it is held against is not there', () => {
    const verdict = { type: 'record-verdict', verdict: 'fp-vpn', reason: '' } as const
    assert.equal(permission(verdict, [opened, claimed], travel), 'override')
    assert.equal(permission(verdict, [], travel), 'record-verdict')
    assert.equal(permission(verdict, [opened, claimed], null), 'record-verdict')
  })

  it('opening again is opening one’s own', () => {
    assert.equal(permission({ type: 'reopen', reason: '' }, [], null), 'reopen-own')
  })
})
