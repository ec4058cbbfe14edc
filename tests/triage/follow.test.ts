import assert from 'node:assert/strict'
import type { Event, Related } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { firstAsked, followed, peopleKeys, preceding } from '../../triage/follow.js'
import { nextOf } from '../../triage/next-checks.js'
import { ada, anAlert, caseId, intent, wrote } from '../support/cast.js'
import { answered, claimed, opened, openedWith } from '../support/diary.js'
import { given } from '../support/given.js'
import { travel } from '../support/guides.js'
import { winnow } from '../../triage/person.js'

const before = (occurredAt: string, type = 'mail-forwarding', id = '1111-2222-3333'): Related => ({
  caseId: id,
  type,
  occurredAt,
})
const alert = anAlert({ occurredAt: '2026-03-02T08:00:00.000Z' })
const known = (...related: readonly Related[]) => followed({ alert, related }, travel).map((one) => one.before.caseId)

describe('triage/follow', () => {
  it('finds what a guide says of an alert that came before, within its days', () => {
    assert.deepEqual(known(before('2026-02-25T08:00:00.000Z')), ['1111-2222-3333'])
    assert.deepEqual(known(before('2026-02-23T08:00:00.000Z')), ['1111-2222-3333'])
    assert.deepEqual(known(before('2026-02-23T07:59:59.999Z')), [])
    assert.deepEqual(known(before('2026-03-02T08:00:00.001Z')), [])
    assert.deepEqual(known(before('2026-03-02T08:00:00.000Z')), ['1111-2222-3333'])
  })

  it('passes over other types, and over times that are none', () => {
    assert.deepEqual(known(before('2026-03-01T08:00:00.000Z', 'mass-download')), [])
    assert.deepEqual(known(before('yesterday')), [])
    assert.deepEqual(known(), [])
  })

  it('names the first of several, which is the newest', () => {
    const [newer, older] = [
      before('2026-03-01T08:00:00.000Z'),
      before('2026-02-26T08:00:00.000Z', 'mail-forwarding', 'x'),
    ]
    assert.deepEqual(known(newer, older), ['1111-2222-3333'])
  })

  it('takes two alerts to be about one person when they share a name or an id, however it is written', () => {
    const people = [
      { upn: 'Kim@Contoso.example', objectId: 'A-1', name: 'Kim' },
      { upn: null, objectId: null, name: 'Kim' },
    ]
    assert.deepEqual(peopleKeys({ people }), ['kim@contoso.example', 'a-1'])
  })

  it('comes with the alert and is kept', () => {
    const related = [before('2026-03-01T08:00:00.000Z')]
    const open = { type: 'open', alert, guide: 'impossible-travel', related } as const
    const guide = { playbook: 'impossible-travel', version: 'v1', title: 'Impossible travel', language: 'en' }
    const first = wrote(winnow, { type: 'opened', caseId, alert, ...guide, related })
    given().when(intent(winnow, open)).then(first)
    assert.deepEqual(replay([first])?.related, related)
    assert.deepEqual(replay([opened])?.related, [])
  })
})

describe('triage/follow: what later cases say of an earlier one', () => {
  const own = { id: caseId, alert: { ...alert, type: 'mail-forwarding' } }
  const guideOf = () => ({ ...travel, type: 'impossible-travel' })
  const told = (...others: readonly Related[]) => preceding(own, others, guideOf).map(({ after }) => after.caseId)

  it('is the combination of their guide, when that case’s alert occurred later, whichever came first', () => {
    assert.deepEqual(told(before('2026-03-03T08:00:00.000Z', 'impossible-travel', 'LATER')), ['LATER'])
    assert.deepEqual(told(before('2026-03-01T08:00:00.000Z', 'impossible-travel', 'EARLIER')), [])
    assert.deepEqual(told(before('2026-04-03T08:00:00.000Z', 'impossible-travel', 'TOO-LATE')), [])
  })

  it('is nothing of the case itself, nor of a type without a guide of its own', () => {
    assert.deepEqual(told(before('2026-03-03T08:00:00.000Z', 'impossible-travel', caseId)), [])
    assert.deepEqual(told(before('2026-03-03T08:00:00.000Z', 'unheard-of', 'X')), [])
  })
})

describe('triage/follow: what is asked first', () => {
  const guide = { ...travel, follows: travel.follows.map((one) => ({ ...one, first: 'download' })) }
  const earlier = before('2026-03-01T08:00:00.000Z')
  const comes = wrote(winnow, { type: 'related-opened', other: earlier, title: 'Forwarding' })
  const asksAfter = (...diary: readonly Event[]) => {
    const state = replay(diary)
    assert.ok(state)
    return nextOf(state, guide).ahead.map(({ id }) => id)
  }
  const first = openedWith({}, [earlier])

  it('is the check that a combination names, as long as it matters; the rest stays in its order', () => {
    assert.deepEqual(firstAsked({ alert, related: [earlier] }, guide), ['download'])
    assert.deepEqual(firstAsked({ alert, related: [earlier] }, travel), [])
    assert.deepEqual(asksAfter(opened), ['address', 'journey', 'download'])
    assert.deepEqual(asksAfter(first), ['download', 'address', 'journey'])
    assert.deepEqual(asksAfter(first, claimed, answered('download', 'no')), ['address', 'journey'])
    assert.deepEqual(asksAfter(first, claimed, answered('address', 'unknown'), answered('journey', 'yes')), [])
  })

  it('may be a check that otherwise corroborates at the end', () => {
    const checks = guide.checks.map((one) => (one.id === 'download' ? { ...one, also: 'closing' as const } : one))
    const state = replay([first])
    assert.ok(state)
    assert.equal(nextOf(state, { ...guide, checks }).next?.id, 'download')
  })

  it('counts no step more for it', () => {
    const [plain, promoted] = [replay([opened]), replay([first])]
    assert.ok(plain && promoted)
    assert.deepEqual(
      [nextOf(promoted, guide).step, nextOf(promoted, guide).of],
      [nextOf(plain, guide).step, nextOf(plain, guide).of],
    )
  })

  it('changes at once while nobody has the case, and else with the next answer: the owner is not asked something else meanwhile', () => {
    assert.deepEqual(asksAfter(opened, comes), ['download', 'address', 'journey'])
    assert.deepEqual(asksAfter(opened, claimed, comes), ['address', 'journey', 'download'])
    assert.deepEqual(asksAfter(opened, claimed, comes, wrote(ada, { type: 'noted', text: 'x' })), [
      'address',
      'journey',
      'download',
    ])
    assert.deepEqual(asksAfter(opened, claimed, comes, answered('address', 'ours')), ['download', 'journey'])
  })
})
