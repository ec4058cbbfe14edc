import assert from 'node:assert/strict'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { withoutAnyone, withoutPeople } from '../../triage/personal-data.js'
import { staleCards } from '../../triage/stale-cards.js'
import { aCard, ada, intent, minute, now, wrote } from '../support/cast.js'
import { answered, claimed, opened, untilClosed } from '../support/diary.js'
import { given, onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'
import { aFailure, aFinding } from '../support/looked-up.js'

const noted = (found = [aFinding()], failed = [aFailure()]) =>
  intent(winnow, { type: 'note-look-ups', found, failed }, { line: null })
const lookedUp = (at = now): Event => wrote(winnow, { type: 'looked-up', ...aFinding(), language: 'en' }, at)
const failed = (...lookUps: readonly string[]): Event => {
  const { checks, what } = aFailure()
  return wrote(winnow, {
    type: 'look-up-failed',
    lookUps: lookUps.map((lookUp) => ({ lookUp, checks, what })),
    why: 'forbidden',
    permission: 'ThreatHunting.Read.All',
    language: 'en',
  })
}

describe('triage: what Winnow looks up itself', () => {
  it('is a line for each finding, and one for all that failed for the same reason', () => {
    given(opened, claimed)
      .when(noted([aFinding()], [aFailure(), aFailure({ lookUp: 'other' })]))
      .then(lookedUp(), failed('devices-of-user', 'other'))
    const reasons = decide(
      onNewest(noted([], [aFailure(), { ...aFailure({ lookUp: 'b' }), why: 'throttled' }]), [opened]),
      replay([opened]),
      travel,
    )
    assert.ok(Array.isArray(reasons))
    assert.deepEqual(
      reasons.map(({ type }) => type),
      ['look-up-failed', 'look-up-failed'],
    )
  })

  it('is written once: a finding for ever, a failure as long as its reason is the same', () => {
    given(opened, lookedUp(), failed('devices-of-user')).when(noted()).thenNothing()
    given(opened, lookedUp())
      .when(noted([], [aFailure({ lookUp: 'sign-ins-query' })]))
      .thenNothing()
  })

  it('is not written once the case is closed, and answers nothing', () => {
    given(...untilClosed)
      .when(noted())
      .thenNothing()
    const state = replay([opened, claimed, lookedUp(), failed('devices-of-user')])
    assert.deepEqual(state?.answers, [])
    assert.deepEqual(
      [state?.lookedUp, state?.failedLookUps],
      [[aFinding()], [{ ...aFailure(), lookUp: 'devices-of-user' }]],
    )
  })

  it('takes the place of what failed before', () => {
    const state = replay([opened, failed('sign-ins-query', 'other'), lookedUp()])
    assert.deepEqual(
      [state?.lookedUp.map(({ lookUp }) => lookUp), state?.failedLookUps.map(({ lookUp }) => lookUp)],
      [['sign-ins-query'], ['other']],
    )
  })

  it('makes no press late', () => {
    const seen = [opened, claimed]
    const press = intent(ada, { type: 'answer', check: 'address', option: 'ours' }, { line: 1 })
    assert.ok(Array.isArray(decide(onNewest(press, seen), replay([...seen, lookedUp()]), travel)))
  })

  it('is drawn over what its owner fills in only right after they took the case; later they hear of it in the thread', () => {
    const three = new Date(Date.parse(now) + 3000).toISOString()
    const four = new Date(Date.parse(now) + 4000).toISOString()
    const cards = { channel: aCard('channel', { state: 'shown', shownLine: 1, holds: true }) }
    const stale = (...diary: readonly Event[]) => {
      const state = replay(diary)
      assert.ok(state)
      return staleCards(state, cards)
    }
    assert.deepEqual(stale(opened, claimed, lookedUp(three)), ['channel'])
    assert.deepEqual(stale(opened, claimed, lookedUp(four)), [])
    assert.deepEqual(stale(opened, claimed, lookedUp(four), answered('address', 'ours')), ['channel'])
  })

  it('loses its rows when a person of the alert is removed, and with age; the count stays', () => {
    const record = { diary: [opened, lookedUp()], cards: {} }
    const why = { reason: 'request', at: minute(9), digest: () => '' } as const
    const rowsOf = (diary: readonly Event[] = []) =>
      diary.flatMap((event) => (event.type === 'looked-up' ? [event.rows.length, event.count] : []))
    const someone = { names: [], placeholder: { id: 'removed-1', name: 'Removed person 1' } }
    assert.deepEqual(rowsOf(withoutPeople(record, [{ ids: ['kim@contoso.example'], ...someone }], why)?.diary), [0, 2])
    assert.deepEqual(rowsOf(withoutAnyone(record, { ...why, reason: 'age' })?.diary), [0, 2])
    assert.equal(withoutPeople(record, [{ ids: ['eve@contoso.example'], ...someone }], why), null)
  })
})
