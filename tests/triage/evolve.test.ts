import assert from 'node:assert/strict'
import fc from 'fast-check'
import { stageOf } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import { evolve, replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { settle, wishes } from '../support/arbitrary.js'
import { ada, anAlert, ben, caseId, mia, now, posted, wrote } from '../support/cast.js'
import {
  answered,
  asked,
  claimed,
  closed,
  done,
  managerSaid,
  opened,
  untilClosed,
  untilJudged,
} from '../support/diary.js'

const after = (...events: readonly Event[]) => {
  const state = replay(events)
  assert.ok(state)
  return state
}

describe('triage/evolve', () => {
  it('makes nothing of an empty diary, nor of one that does not begin with an alert', () => {
    assert.equal(replay([]), null)
    assert.equal(replay([claimed, closed]), null)
  })

  it('begins with the alert, and nothing else', () => {
    const state = after(opened)
    assert.deepEqual([state.id, state.line, state.news, state.managerNews], [caseId, 1, 0, 0])
    assert.deepEqual([state.openedAt, state.alert, state.guide], [now, anAlert(), 'impossible-travel'])
    assert.deepEqual([state.owner, state.answers, state.recordedVerdict, state.closed], [null, [], null, null])
    assert.equal(stageOf(state), 'new')
  })

  it('counts every line, and as news what people want to read', () => {
    const posting = wrote(winnow, { type: 'posting', surface: 'channel', audience: 'channel' })
    assert.deepEqual([after(opened, claimed, posting).line, after(opened, claimed, posting).news], [3, 1])
    assert.deepEqual([after(opened, posting, claimed).line, after(opened, posting, claimed).news], [3, 2])
  })

  it('keeps one answer for a check, the newest, in the order they were given', () => {
    const { answers } = after(
      opened,
      claimed,
      answered('address', 'ours'),
      answered('journey', 'no'),
      answered('address', 'foreign', ben),
    )
    assert.deepEqual(
      answers.map(({ check, option, by }) => [check, option, by.id]),
      [
        ['journey', 'no', ada.id],
        ['address', 'foreign', ben.id],
      ],
    )
    const withdrawn = wrote(ada, { type: 'answer-withdrawn', check: 'address' })
    assert.deepEqual(after(opened, answered('address', 'ours'), withdrawn).answers, [])
  })

  it('keeps answers and ticks when the verdict is taken back, and all of it when somebody else goes on', () => {
    const state = after(...untilJudged, done('action/close-alert'), wrote(ada, { type: 'judgement-withdrawn' }))
    assert.deepEqual(
      [state.recordedVerdict, state.answers.length, Object.keys(state.stepStates)],
      [null, 1, ['action/close-alert']],
    )
    assert.equal(stageOf(state), 'work')
    const handed = after(...untilJudged, done('action/close-alert'), wrote(ben, { type: 'handed-over', to: ben }))
    assert.deepEqual([handed.owner, handed.answers.length, handed.recordedVerdict?.verdict], [ben, 1, 'fp-vpn'])
    const released = after(...untilJudged, wrote(ada, { type: 'released' }))
    assert.deepEqual([released.owner, released.recordedVerdict?.verdict, stageOf(released)], [null, 'fp-vpn', 'new'])
  })

  it('keeps for each step what became of it last', () => {
    const skipped = wrote(ada, { type: 'skipped', step: 'action/tag-range', reason: 'Not ours.' })
    const undone = wrote(ada, { type: 'undone', step: 'action/close-alert' })
    const { stepStates } = after(...untilJudged, done('action/close-alert'), skipped, undone)
    assert.deepEqual(stepStates, { 'action/tag-range': { state: 'skipped', reason: 'Not ours.', at: now, by: ada } })
    assert.equal(after(...untilJudged, skipped, done('action/tag-range')).stepStates['action/tag-range']?.state, 'done')
  })

  it('closes and opens again with everything in it', () => {
    assert.equal(stageOf(after(...untilClosed)), 'closed')
    const again = after(...untilClosed, wrote(ada, { type: 'reopened', reason: '' }))
    assert.deepEqual(
      [stageOf(again), again.recordedVerdict?.verdict, Object.keys(again.stepStates).length],
      ['judged', 'fp-vpn', 2],
    )
  })

  it('names a question by its line, and keeps what became of it', () => {
    const waiting = after(opened, claimed, asked).confirmation
    assert.deepEqual([waiting?.line, waiting?.state, waiting?.answer, waiting?.askedBy], [2, 'asked', null, ada])
    const said = after(opened, claimed, asked, managerSaid('no', '2026-02-27', null, 'At home.')).confirmation
    assert.deepEqual(
      [said?.state, said?.answer, said?.from, said?.to, said?.note],
      ['answered', 'no', '2026-02-27', null, 'At home.'],
    )
    assert.deepEqual([said?.manager, said?.answeredAt], [mia, now])
    const second = after(opened, claimed, asked, managerSaid('no'), asked).confirmation
    assert.deepEqual([second?.line, second?.state, second?.answer], [4, 'asked', null])
    assert.equal(
      after(opened, claimed, asked, wrote(winnow, { type: 'manager-expired' })).confirmation?.state,
      'expired',
    )
  })

  it('tells the manager’s news from all other news', () => {
    const state = after(opened, claimed, asked, answered('address', 'ours'))
    assert.deepEqual([state.news, state.managerNews], [3, 2])
    assert.equal(after(...untilJudged, asked, closed).managerNews, 5)
  })

  it('keeps where each card is, and forgets one that was begun and surely not posted', () => {
    const on = { surface: 'channel', audience: 'channel' } as const
    const posting = wrote(winnow, { type: 'posting', ...on })
    const shown = wrote(winnow, { type: 'shown', ...on, posted: posted(), drawn: 0 })
    const unshown = (why: 'gone' | 'later') => wrote(winnow, { type: 'unshown', ...on, why, detail: 'Deleted' })
    const nowhere = { audience: 'channel', posted: null, drawn: -1 }
    assert.deepEqual(after(opened, posting).surfaces, { channel: { ...nowhere, state: 'begun', detail: '' } })
    assert.deepEqual(after(opened, posting, shown).surfaces, {
      channel: { audience: 'channel', posted: posted(), drawn: 0, state: 'shown', detail: '' },
    })
    assert.deepEqual(after(opened, posting, shown, unshown('gone')).surfaces, {
      channel: { ...nowhere, state: 'gone', detail: 'Deleted' },
    })
    assert.deepEqual(after(opened, posting, unshown('later')).surfaces, {})
  })
})

describe('triage/evolve: events that do not fit', () => {
  const misfits: readonly (readonly [string, readonly Event[], Event])[] = [
    [
      'a second beginning',
      [opened, claimed],
      wrote(ben, { type: 'opened', caseId: 'other', alert: anAlert({ title: 'X' }), playbook: 'other' }),
    ],
    ['an answer taken back that was not given', [opened], wrote(ada, { type: 'answer-withdrawn', check: 'address' })],
    ['a verdict taken back that was not given', [opened], wrote(ada, { type: 'judgement-withdrawn' })],
    ['a step undone that was not done', [...untilJudged], wrote(ada, { type: 'undone', step: 'action/tag-range' })],
    ['an answer to a question nobody asked', [opened], managerSaid('yes')],
    ['the end of a question nobody asked', [opened], wrote(winnow, { type: 'manager-expired' })],
    ['reopening what is open', [...untilJudged], wrote(ada, { type: 'reopened', reason: '' })],
    ['a release of what nobody has', [opened], wrote(ada, { type: 'released' })],
  ]

  for (const [name, diary, event] of misfits) {
    it(`change nothing but the line: ${name}`, () => {
      const { line, news: _, managerNews: __, ...before } = after(...diary)
      const { line: next, news: ___, managerNews: ____, ...now } = after(...diary, event)
      assert.deepEqual(now, before)
      assert.equal(next, line + 1)
    })
  }

  it('leave the case’s own id, alert and beginning alone', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const diary = settle(list).flatMap(({ written }) => written)
        const shuffled = diary.length > 0 ? [...diary, ...diary] : []
        const state = replay(shuffled)
        assert.deepEqual(
          [state?.id, state?.openedAt, state?.alert],
          [replay(diary)?.id, replay(diary)?.openedAt, replay(diary)?.alert],
        )
        assert.equal(state?.line ?? 0, shuffled.length)
      }),
      { numRuns: 100 },
    )
  })

  it('never touch what was there before: a fold makes new values', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        for (const { before, written } of settle(list)) {
          const copy = structuredClone(before)
          written.reduce(evolve, before)
          assert.deepEqual(before, copy)
        }
      }),
      { numRuns: 50 },
    )
  })
})
