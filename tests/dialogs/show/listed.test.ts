import assert from 'node:assert/strict'
import { called, isWanted, listed } from '../../../dialogs/show/listed.js'
import type { ListFilter } from '../../../dialogs/list-filter.js'
import type { Alert } from '../../../triage/alert.js'
import type { Event } from '../../../triage/event.js'
import { ada, mia } from '../../support/cast.js'
import { answered, asked, claimed, done, managerSaid, opened, openedWith, untilJudged } from '../../support/diary.js'
import { travel } from '../../support/guides.js'
import { seenAfter } from '../../support/seen.js'

const allAnswered = [answered('address', 'ours'), answered('journey', 'yes'), answered('download', 'no')]
const after = (...diary: readonly Event[]) => listed(seenAfter(...diary).state, travel)
const wants = (filter: Partial<ListFilter>, alert: Partial<Alert> = {}) =>
  isWanted({ family: null, atLeast: null, person: '', ...filter }, after(openedWith(alert)))

describe('dialogs/show/listed', () => {
  it('tells what a case is about, who has it, and the line a button would rely on', () => {
    const { line, title, severity, people, owner } = after(opened, claimed)
    assert.deepEqual([line, title, severity, owner], [1, 'Impossible travel activity', 'medium', ada])
    assert.equal(people[0]?.upn, 'kim@contoso.example')
  })

  it('tells how far it is', () => {
    assert.deepEqual(after(opened).standing, { at: 'check', step: 1, of: 3 })
    assert.deepEqual(after(opened, claimed, ...allAnswered).standing, { at: 'verdict' })
    const judged = { at: 'actions', verdict: 'FP - Untagged VPN' }
    assert.deepEqual(after(...untilJudged).standing, { ...judged, open: 2 })
    const acted = [done('action/close-alert'), done('action/tag-range')]
    assert.deepEqual(after(...untilJudged, ...acted).standing, { ...judged, open: 0 })
  })

  it('tells whose answer is waited for, as long as it is', () => {
    assert.equal(after(opened, claimed).waitsFor, null)
    assert.equal(after(opened, claimed, asked).waitsFor, mia.name)
    assert.equal(after(opened, claimed, asked, managerSaid('yes')).waitsFor, null)
  })

  it('is called as its reader calls such alerts, where its title says no more than that', () => {
    const row = after(opened)
    const dutch = called(row, 'Onmogelijke reis')
    assert.deepEqual([dutch.title, dutch.kind, dutch.caseId], ['Onmogelijke reis', 'Onmogelijke reis', row.caseId])
    assert.equal(called(after(openedWith({ title: 'Rule 7 fired' })), 'Onmogelijke reis').title, 'Rule 7 fired')
    assert.equal(called(row, row.kind), row)
  })

  it('takes the product from the guide where the source does not tell it', () => {
    assert.equal(after(openedWith({ family: null })).family, travel.family)
    assert.equal(listed(seenAfter(openedWith({ family: null })).state, { ...travel, family: 'any' }).family, null)
  })

  it('is found by severity or worse, by product, and by part of a name or address', () => {
    assert.deepEqual([wants({}), wants({ atLeast: 'low' }), wants({ atLeast: 'high' })], [true, true, false])
    assert.deepEqual([wants({ family: 'cloud-apps' }), wants({ family: 'resource-manager' })], [true, false])
    for (const person of ['kim@contoso.example', 'contoso', 'karlsen']) assert.ok(wants({ person }), person)
    assert.ok(!wants({ person: 'kari' }))
    assert.ok(!wants({ person: 'kim', atLeast: 'high' }))
    const byId = [{ upn: null, name: null, objectId: 'AB-12' }]
    assert.deepEqual(
      [wants({ person: 'ab-12' }, { people: byId }), wants({ person: 'ab' }, { people: byId })],
      [true, false],
    )
    assert.ok(!wants({ person: 'kim' }, { people: [] }))
  })
})
