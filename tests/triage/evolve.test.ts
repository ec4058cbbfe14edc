import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Part, parts, stageOf } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import { evolve, replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { settle, commands } from '../support/arbitrary.js'
import { aNote, ada, anAlert, ben, caseId, mia, now, wrote } from '../support/cast.js'
import {
  answered,
  asked,
  askedOf,
  claimed,
  closed,
  done,
  judged,
  managerSaid,
  ofUnknownType,
  opened,
  skipped,
  undone,
  unreached,
  untilClosed,
  untilJudged,
  withdrawn,
} from '../support/diary.js'
import { aReport, joined, memberJoined } from '../support/group.js'
import { actionApproved, actionAsked } from '../support/response.js'

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
    assert.deepEqual([state.id, state.line, state.version, state.guideChanged], [caseId, 1, 'v1', false])
    assert.deepEqual([state.openedAt, state.alert, state.guide], [now, anAlert(), 'impossible-travel'])
    assert.deepEqual([state.owner, state.answers, state.recordedVerdict, state.closed], [null, [], null, null])
    assert.equal(stageOf(state), 'new')
  })

  it('counts every line, and keeps for each part the newest line that changed it', () => {
    const none = {
      owner: 0,
      answers: 0,
      findings: 0,
      verdict: 0,
      steps: 0,
      confirmation: 0,
      closed: 0,
      guide: 0,
      group: 0,
      responses: 0,
      acknowledgment: 0,
    }
    assert.deepEqual(after(opened).changed, none)
    const changes: readonly (readonly [Event, Part | null])[] = [
      [claimed, 'owner'],
      [wrote(ben, { type: 'page-acknowledged' }), 'acknowledgment'],
      [wrote(ada, { type: 'released' }), 'owner'],
      [wrote(ben, { type: 'handed-over', to: ben }), 'owner'],
      [answered('address', 'ours'), 'answers'],
      [withdrawn('address'), 'answers'],
      [wrote(ada, { type: 'finding-noted', check: 'address', finding: 'In our list.' }), 'findings'],
      [judged, 'verdict'],
      [wrote(ada, { type: 'judgement-withdrawn' }), 'verdict'],
      [done('action/tag-range'), 'steps'],
      [skipped('action/tag-range', 'Not ours.'), 'steps'],
      [undone('action/tag-range'), 'steps'],
      [asked, 'confirmation'],
      [unreached(), 'confirmation'],
      [managerSaid('yes'), 'confirmation'],
      [wrote(winnow, { type: 'manager-expired' }), 'confirmation'],
      [closed, 'closed'],
      [wrote(ada, { type: 'reopened', reason: '' }), 'closed'],
      [wrote(winnow, { type: 'guide-changed', version: 'v2', dropped: [] }), 'guide'],
      [actionAsked(), 'responses'],
      [actionApproved(), 'responses'],
      [joined(), 'group'],
      [memberJoined(), 'group'],
      [wrote(ada, { type: 'member-taken-out', caseId: 'x', title: 'y' }), 'group'],
      [wrote(ada, { type: 'left-group', leader: 'x', why: 'taken-out' }), 'group'],
      [wrote(winnow, { type: 'also-reported', report: aReport() }), null],
      [wrote(winnow, { type: 'effect-noted', ...aNote() }), null],
      [wrote(ben, { type: 'noted', text: 'Seen.' }), null],
      [opened, null],
    ]
    assert.deepEqual(new Set(changes.flatMap(([, part]) => part ?? [])), new Set(parts))
    for (const [event, part] of changes) {
      const state = after(opened, wrote(ben, { type: 'noted', text: 'First.' }), event)
      assert.equal(state.line, 3)
      assert.deepEqual(state.changed, part === null ? none : { ...none, [part]: 2 }, event.type)
    }
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
    assert.deepEqual(after(opened, answered('address', 'ours'), withdrawn('address')).answers, [])
  })

  it('keeps answers and marked steps when the verdict is taken back, and all of it when somebody else goes on', () => {
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
    const left = skipped('action/tag-range', 'Not ours.')
    const { stepStates } = after(...untilJudged, done('action/close-alert'), left, undone('action/close-alert'))
    const words = { reason: 'Not ours.', do: 'Do tag-range' }
    assert.deepEqual(stepStates, { 'action/tag-range': { state: 'skipped', ...words, at: now, by: ada } })
    assert.equal(after(...untilJudged, left, done('action/tag-range')).stepStates['action/tag-range']?.state, 'done')
  })

  it('keeps the earlier lines of the same question: to the same manager, for the same check', () => {
    const before = (...events: readonly Event[]) => after(opened, claimed, ...events).confirmation?.before
    assert.deepEqual(before(asked), [])
    assert.deepEqual(before(asked, unreached(), asked, managerSaid('not-sure'), asked), [2, 4])
    assert.deepEqual(before(askedOf(ben, 'Kim Karlsen'), asked), [])
    assert.ok(asked.type === 'manager-asked')
    assert.deepEqual(before({ ...asked, check: 'address' }, asked), [])
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
})

describe('triage/evolve: events that do not fit', () => {
  const misfits: readonly (readonly [string, readonly Event[], Event])[] = [
    [
      'a second beginning',
      [opened, claimed],
      wrote(ben, { type: 'opened', caseId: 'other', alert: anAlert({ title: 'X' }), playbook: 'other' }),
    ],
    ['a type that a newer Winnow wrote', [...untilJudged], ofUnknownType],
    ['an answer taken back that was not given', [opened], withdrawn('address')],
    ['a verdict taken back that was not given', [opened], wrote(ada, { type: 'judgement-withdrawn' })],
    ['a step undone that was not done', [...untilJudged], undone('action/tag-range')],
    ['an answer to a question nobody asked', [opened], managerSaid('yes')],
    ['the end of a question nobody asked', [opened], wrote(winnow, { type: 'manager-expired' })],
    ['reopening what is open', [...untilJudged], wrote(ada, { type: 'reopened', reason: '' })],
    ['a release of what nobody has', [opened], wrote(ada, { type: 'released' })],
  ]

  for (const [name, diary, event] of misfits) {
    it(`change nothing but the line: ${name}`, () => {
      const [before, now] = [after(...diary), after(...diary, event)]
      assert.deepEqual({ ...now, line: before.line, changed: before.changed }, before)
      assert.equal(now.line, before.line + 1)
    })
  }

  it('are none of what came before or comes after: the case is what it is without a line of unknown type', () => {
    const [between, without] = [
      after(opened, ofUnknownType, claimed, ofUnknownType, answered('address', 'ours')),
      after(opened, claimed, answered('address', 'ours')),
    ]
    assert.deepEqual({ ...between, line: 3, changed: without.changed }, without)
    assert.equal(after(opened, claimed, ofUnknownType, asked).confirmation?.line, 3)
  })

  it('leave the case’s own id, alert and beginning alone', () => {
    fc.assert(
      fc.property(commands, (list) => {
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
      fc.property(commands, (list) => {
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
