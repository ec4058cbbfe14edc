import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Diary } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import {
  type HistoryAndCards,
  isAsLeft,
  joined,
  mentionsIn,
  placeholderOf,
  withoutAnyone,
  withoutPeople,
} from '../../triage/personal-data.js'
import { winnow } from '../../triage/person.js'
import { aMember, memberJoined } from '../support/group.js'
import { actionAsked, untilTp } from '../support/response.js'
import { aCard, ada, caseId, mia, minute, wrote } from '../support/cast.js'
import { answered, asked, claimed, closed, judged, managerSaid, opened, openedWith } from '../support/diary.js'

const kim = { ids: ['KIM@contoso.example', 'o-kim'], names: ['Kim Karlsen'] }
const placeholder = placeholderOf('7f3a')
const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const at = minute(90)
const request = { reason: 'request', at, digest } as const
const age = { reason: 'age', at, digest } as const

const noted = wrote(ada, {
  type: 'noted',
  text: 'Called kim karlsen; Kimberly Karlsens is someone else. bo@elsewhere.example',
})
const diary: Diary = [opened, claimed, answered('address', 'ours'), asked, managerSaid('yes'), judged, noted, closed]
const cards = {
  channel: aCard('channel', { state: 'shown', shownLine: 7 }),
  'manager/3': aCard('manager/3', { state: 'shown', shownLine: 7 }),
  'analyst/u-ada': aCard('analyst/u-ada', { state: 'shown', shownLine: 7 }),
}
const without = (record: HistoryAndCards | null): HistoryAndCards => record ?? assert.fail('nothing was removed')
const textOf = (value: unknown): string => JSON.stringify(value).toLowerCase()

describe('triage/personal-data', () => {
  it('knows everyone a history names, but for Winnow itself', () => {
    assert.deepEqual(joined(mentionsIn(diary)), [
      { ids: ['kim@contoso.example'], names: ['Kim Karlsen'] },
      { ids: ['u-ada'], names: ['Ada Analyst'] },
      { ids: ['u-mia'], names: ['Mia Manager'] },
    ])
  })

  it('knows whom clocks concern, and puts placeholders in their place', () => {
    const [dan, eva, lea, sam] = ['dan', 'eva', 'lea', 'sam'].map((id) => ({ id: `u-${id}`, name: `${id} person` }))
    assert.ok(dan && eva && lea && sam)
    const told: Diary = [
      openedWith({ people: [] }),
      wrote(winnow, { type: 'paged', to: [dan], step: 'again', why: 'unassigned' }),
      wrote(winnow, { type: 'reminded', person: eva, as: 'owner', until: null }),
      wrote(winnow, { type: 'confirmation-passed-on', from: lea, to: sam, as: 'deputy', until: at }),
      wrote(winnow, { type: 'released', why: 'silence', from: eva }),
    ]
    assert.deepEqual(
      joined(mentionsIn(told)).map(({ ids }) => ids[0]),
      ['u-dan', 'u-eva', 'u-lea', 'u-sam'],
    )
    const removed = without(withoutAnyone({ diary: told, cards: {} }, age))
    assert.doesNotMatch(textOf(removed.diary), /u-(dan|eva|lea|sam)|(dan|eva|lea|sam) person/)
    assert.deepEqual(
      removed.diary.slice(0, -1).map(({ type, at: when }) => [type, when]),
      told.map(({ type, at: when }) => [type, when]),
    )
  })

  it('takes mentions that share an id for one person, however they are connected', () => {
    const one = (...ids: readonly string[]) => ({ ids, names: [ids.join('')] })
    assert.deepEqual(joined([one('a'), one('b'), one('B', 'A'), one('c')]), [
      { ids: ['a', 'B', 'A', 'b'], names: ['a', 'BA', 'b'] },
      one('c'),
    ])
  })

  it('knows whom the other alerts of a group name, and whom another source names, with their addresses', () => {
    const lee = { upn: 'lee@contoso.example', objectId: null, name: 'Lee Lind' }
    const others = [
      { ...memberJoined(), member: { ...aMember(), people: [lee], addresses: [{ ip: '192.0.2.77', country: null }] } },
    ] as const
    const removed = without(withoutAnyone({ diary: [opened, ...others, closed], cards: {} }, age))
    assert.doesNotMatch(textOf(removed.diary), /lee|192\.0\.2\.77/)
  })

  it('knows whom a response action was done to, by what the directory calls them, and leaves the rest of it', () => {
    const target = { kind: 'user', id: 'o-kim-2', name: 'Kim Directory', also: 'kim.d@contoso.example' } as const
    const record = { diary: [...untilTp, actionAsked({ target }), closed], cards: {} }
    const removed = without(withoutAnyone(record, age))
    assert.doesNotMatch(textOf(removed.diary), /kim|o-kim-2/)
    const [action] = replay(removed.diary)?.responses ?? []
    assert.deepEqual([action?.operation, action?.target.kind, action?.state], ['suspend-user', 'user', 'asked'])
  })

  it('puts a placeholder in the place of a person, by id, by name and in free text, in whole words', () => {
    const removed = without(withoutPeople({ diary, cards }, [{ ...kim, placeholder }], request))
    const state = replay(removed.diary)
    assert.deepEqual(state?.alert.people, [{ upn: null, objectId: null, name: placeholder.name }])
    assert.deepEqual(
      state?.notes.map(({ text }) => text),
      ['Called Removed person 7f3a; Kimberly Karlsens is someone else. bo@elsewhere.example'],
    )
    assert.equal(state?.confirmation?.about, placeholder.name)
    assert.doesNotMatch(textOf(removed), /kim@|kim karlsen/)
    assert.deepEqual([state?.owner, state?.confirmation?.manager], [ada, mia])
  })

  it('knows a person by an id as it may be typed: in capitals, in wide letters, with blanks around it', () => {
    for (const typed of ['KIM@contoso.example', ' kim@contoso.example\t', '\uFF2Bim@contoso.example']) {
      const asked = { ids: [typed], names: [], placeholder }
      const state = replay(without(withoutPeople({ diary, cards }, [asked], request)).diary)
      assert.deepEqual(state?.alert.people, [{ upn: null, objectId: null, name: placeholder.name }], typed)
    }
  })

  it('removes the addresses of an alert about that person, also from the rationale', () => {
    const removed = without(withoutPeople({ diary, cards }, [{ ...kim, placeholder }], request))
    assert.deepEqual(replay(removed.diary)?.alert.addresses, [
      { ip: 'removed address 1', country: 'NO' },
      { ip: 'removed address 2', country: 'BR' },
    ])
    assert.doesNotMatch(textOf(removed), /192\.0\.2\.10|198\.51\.100\.7/)
    const ofAda = without(withoutPeople({ diary, cards }, [{ ids: [ada.id], names: [], placeholder }], request))
    assert.match(textOf(ofAda), /192\.0\.2\.10/)
  })

  it('leaves what the record is read by: lines, times, types, answers, verdict and the case', () => {
    const removed = without(withoutAnyone({ diary, cards }, age))
    assert.deepEqual(
      removed.diary.map(({ type, at: when }) => [type, when]),
      [...diary.map(({ type, at: when }) => [type, when]), ['personal-data-removed', at]],
    )
    const [before, after] = [replay(diary), replay(removed.diary)]
    assert.equal(after?.id, caseId)
    assert.deepEqual(
      [after?.recordedVerdict?.verdict, after?.answers.map(({ check, option }) => [check, option]), after?.closed?.at],
      [
        before?.recordedVerdict?.verdict,
        before?.answers.map(({ check, option }) => [check, option]),
        before?.closed?.at,
      ],
    )
    assert.equal(after?.alert.sourceAlertId, before?.alert.sourceAlertId)
  })

  it('of an old case leaves no one, the same placeholder wherever the same person stood, and no email addresses', () => {
    const removed = without(withoutAnyone({ diary, cards }, age))
    assert.doesNotMatch(textOf(removed), /kim@|kim karlsen|u-ada|ada analyst|mia|@/)
    const state = replay(removed.diary)
    assert.equal(state?.owner?.id, 'removed-2')
    assert.deepEqual(state?.closed?.by, state?.owner)
    assert.equal(withoutAnyone(removed, age), null)
  })

  it('removes the cards in these people’s own chats, and owes no card because of it', () => {
    const ofMia = without(withoutPeople({ diary, cards }, [{ ids: [mia.id], names: [], placeholder }], request))
    assert.deepEqual(Object.keys(ofMia.cards), ['channel', 'analyst/u-ada'])
    assert.equal(ofMia.cards['channel']?.shownLine, 8)
    assert.deepEqual(Object.keys(without(withoutAnyone({ diary, cards }, age)).cards), ['channel'])
  })

  it('changes nothing in a record that does not name them', () => {
    const other = { ids: ['eve@contoso.example'], names: ['Eve'], placeholder }
    assert.equal(withoutPeople({ diary, cards }, [other], request), null)
  })

  it('tells whether what is left has been changed since', () => {
    assert.equal(isAsLeft(diary, digest), null)
    const removed = without(withoutPeople({ diary, cards }, [{ ...kim, placeholder }], request)).diary
    assert.equal(isAsLeft(removed, digest), true)
    const reopened = wrote(ada, { type: 'reopened', reason: '' })
    assert.equal(isAsLeft([...removed, reopened], digest), true)
    assert.equal(isAsLeft([openedWith({ title: 'x' }), ...removed.slice(1)], digest), false)
    const twice = without(withoutAnyone({ diary: [...removed, reopened], cards }, age)).diary
    assert.equal(isAsLeft(twice, digest), true)
  })
})
