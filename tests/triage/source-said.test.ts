import assert from 'node:assert/strict'
import type { SourceSaid } from '../../triage/source-said.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { aSaid, ada, intent, minute, wrote } from '../support/cast.js'
import { claimed, opened, untilClosed } from '../support/diary.js'
import { given } from '../support/given.js'

const tells = (but: Partial<SourceSaid> = {}) =>
  intent(winnow, { type: 'note-source', said: aSaid(but) }, { line: null })
const told = (but: Partial<SourceSaid> = {}) => wrote(winnow, { type: 'source-updated', ...aSaid(but) })
const bare = { classification: null, determination: null, assignedTo: null, changedAt: null } as const

describe('triage/source-said: what a source says has become of its alert', () => {
  it('is written in the case, closed or not, and closes and judges nothing', () => {
    given(opened, claimed).when(tells()).then(told())
    given(...untilClosed)
      .when(tells())
      .then(told())
    given(opened)
      .when(tells({ changedBy: 'Kim' }))
      .then(told({ changedBy: 'Kim' }))
    const state = replay([opened, claimed, told()])
    assert.deepEqual([state?.closed, state?.recordedVerdict, state?.owner], [null, null, ada])
    assert.deepEqual(state?.sourceSaid, [aSaid()])
  })

  it('is written once for each change, however often it is sent', () => {
    given(opened, told()).when(tells()).thenNothing()
    const later = { changedAt: minute(99), classification: 'falsePositive' }
    given(opened, told()).when(tells(later)).then(told(later))
    given(opened, told(), told(later)).when(tells()).thenNothing()
    given(opened, told(), told(later)).when(tells(later)).thenNothing()
    given(opened, told())
      .when(tells({ changedAt: minute(99) }))
      .thenNothing()
  })

  it('is no news as long as it is new, unclassified and nobody’s', () => {
    given(opened)
      .when(tells({ ...bare, status: 'new' }))
      .thenNothing()
    given(opened)
      .when(tells({ status: 'new', classification: '', determination: '', assignedTo: '' }))
      .thenNothing()
    given(opened)
      .when(tells({ ...bare, status: 'new', assignedTo: 'ben@contoso.example' }))
      .then(
        told({
          status: 'new',
          classification: '',
          determination: '',
          assignedTo: 'ben@contoso.example',
          changedAt: null,
        }),
      )
  })

  it('keeps what was told before where it does not tell', () => {
    given(opened, told())
      .when(tells({ ...bare, status: 'dismissed', changedAt: minute(99) }))
      .then(told({ status: 'dismissed', changedAt: minute(99) }))
  })

  it('can be taken back there: opened again, with the time of it', () => {
    const back = { status: 'new', classification: '', determination: '', changedAt: minute(99) } as const
    given(opened, told()).when(tells(back)).then(told(back))
  })

  it('without a time goes forward only: an old message that is sent again changes nothing', () => {
    const resolved = { ...bare, status: 'resolved' } as const
    const dismissed = { ...bare, status: 'dismissed' } as const
    const written = (status: SourceSaid['status']) =>
      told({ status, classification: '', determination: '', assignedTo: '', changedAt: null })
    given(opened).when(tells(resolved)).then(written('resolved'))
    given(opened, written('resolved'))
      .when(tells({ ...bare, status: 'new' }))
      .thenNothing()
    given(opened, written('resolved'))
      .when(tells({ ...bare, status: 'in-progress' }))
      .thenNothing()
    given(opened, written('resolved')).when(tells(dismissed)).then(written('dismissed'))
    given(opened, written('resolved'), written('dismissed')).when(tells(resolved)).thenNothing()
  })

  it('is kept apart by who says it and of which alert', () => {
    given(opened, told())
      .when(tells({ source: 'sentinel' }))
      .then(told({ source: 'sentinel' }))
    given(opened, told())
      .when(tells({ sourceAlertId: 'a-2' }))
      .then(told({ sourceAlertId: 'a-2' }))
  })

  it('makes no click late', () => {
    given(opened, told())
      .when(intent(ada, { type: 'take' }, { line: 0 }))
      .then(wrote(ada, { type: 'claimed' }))
  })

  it('has no case of its own', () => {
    given().when(tells()).thenRefused('no-case')
  })
})
