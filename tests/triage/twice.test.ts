import assert from 'node:assert/strict'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { isRefusal } from '../../triage/refusal.js'
import { type Draft, aNote, aSaid, ada, anAlert, ben, eve, intent, mia, minute } from '../support/cast.js'
import { answered, asked, claimed, done, opened, untilClosed, untilJudged } from '../support/diary.js'
import { aMember, aReport, joined, leaderId, memberJoined } from '../support/group.js'
import { aFailure, aFinding } from '../support/looked-up.js'
import { actionApproved, actionAsked, askToSuspend, carriedOut, terms, untilTp } from '../support/response.js'
import { given, onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'

const working = [opened, claimed, answered('address', 'ours')] as const
const ready = [...untilJudged, done('action/close-alert'), done('action/tag-range')] as const
const waiting = [opened, claimed, asked] as const
const journeySaid: Event = {
  type: 'manager-answered',
  answer: 'yes',
  from: null,
  to: '2026-03-09',
  note: '',
  at: minute(9),
  by: mia,
}
const yes = { answer: 'yes', from: null, to: null, note: 'Fair.' } as const

type Press = {
  readonly on: readonly Event[]
  readonly press: Draft
  /** What the second press of the same comes to. */
  readonly again: 'old-card' | 'nothing' | 'no-journey' | 'action-waiting'
  /** By another guide than the one the case was opened with. */
  readonly version?: string
}

const old = 'old-card'
const nothing = 'nothing'

/** Every command, where it has an effect. */
const presses: Readonly<Record<Command['type'], Press>> = {
  open: {
    on: [],
    press: intent(winnow, { type: 'open', alert: anAlert(), guide: 'impossible-travel' }),
    again: nothing,
  },
  take: { on: [opened], press: intent(ada, { type: 'take' }), again: old },
  release: { on: working, press: intent(ada, { type: 'release' }), again: old },
  'take-over': { on: working, press: intent(ben, { type: 'take-over' }), again: old },
  answer: { on: working, press: intent(ada, { type: 'answer', check: 'journey', option: 'no' }), again: old },
  'note-finding': {
    on: working,
    press: intent(ada, { type: 'note-finding', check: 'address', finding: 'In our list.' }),
    again: old,
  },
  'withdraw-answer': { on: working, press: intent(ada, { type: 'withdraw-answer', check: null }), again: old },
  'record-verdict': {
    on: working,
    press: intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: 'Asked.' }),
    again: old,
  },
  'withdraw-verdict': { on: untilJudged, press: intent(ada, { type: 'withdraw-verdict' }), again: old },
  'mark-steps': {
    on: untilJudged,
    press: intent(ada, { type: 'mark-steps', kind: 'action', steps: ['action/close-alert'] }),
    again: old,
  },
  skip: {
    on: untilJudged,
    press: intent(ada, { type: 'skip', step: 'action/tag-range', reason: 'Not ours.' }),
    again: nothing,
  },
  note: { on: working, press: intent(ben, { type: 'note', text: 'Seen.' }), again: nothing },
  'ask-manager': {
    on: working,
    press: intent(ada, { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60) }),
    again: old,
  },
  'note-doubts': {
    on: working,
    press: intent(ada, { type: 'note-doubts', manager: mia, doubts: [{ kind: 'changed', on: '2026-03-01' }] }),
    again: nothing,
  },
  'allow-verifier': {
    on: working,
    press: intent(ben, {
      type: 'allow-verifier',
      manager: mia,
      despite: [{ kind: 'changed', on: '2026-03-01' }],
      reason: 'She moved teams.',
    }),
    again: nothing,
  },
  'note-installed': {
    on: waiting,
    press: intent(winnow, { type: 'note-installed', asked: 2 }, { line: null }),
    again: nothing,
  },
  'answer-confirmation': {
    on: waiting,
    press: intent(mia, { type: 'answer-confirmation', asked: 2, ...yes }, { line: null }),
    again: nothing,
  },
  'revoke-journey': {
    on: [...waiting, journeySaid],
    press: intent(ada, { type: 'revoke-journey', reason: 'Canceled.' }),
    again: 'no-journey',
  },
  'expire-confirmation': {
    on: waiting,
    press: intent(winnow, { type: 'expire-confirmation' }, { at: minute(60), line: null }),
    again: nothing,
  },
  'note-unreached': {
    on: waiting,
    press: intent(winnow, { type: 'note-unreached', asked: 2, why: 'refused', detail: '' }, { line: null }),
    again: nothing,
  },
  'note-related': {
    on: working,
    press: intent(
      winnow,
      { type: 'note-related', other: { caseId: '1111-2222-3333', type: 'x', occurredAt: minute(3) }, title: 'Spam' },
      { line: null },
    ),
    again: nothing,
  },
  close: { on: ready, press: intent(ada, { type: 'close', reason: 'Enough.' }), again: old },
  reopen: { on: untilClosed, press: intent(ben, { type: 'reopen', reason: '' }), again: old },
  // It is a matter of cards alone: the diary has no line of it.
  'continue-in-chat': { on: working, press: intent(ada, { type: 'continue-in-chat' }), again: nothing },
  'ask-action': { on: untilTp, press: intent(ada, askToSuspend()), again: 'action-waiting' },
  'undo-action': {
    on: [...untilTp, actionAsked(), actionApproved(), ...carriedOut()],
    press: intent(ada, { type: 'undo-action', asked: 4, reason: 'It was a test.', ...terms() }),
    again: 'action-waiting',
  },
  'approve-action': {
    on: [...untilTp, actionAsked()],
    press: intent(ben, { type: 'approve-action', asked: 4, target: 'user:u-kim' }, { line: null }),
    again: nothing,
  },
  'decline-action': {
    on: [...untilTp, actionAsked()],
    press: intent(ben, { type: 'decline-action', asked: 4, target: 'user:u-kim', reason: 'No.' }, { line: null }),
    again: nothing,
  },
  'expire-action': {
    on: [...untilTp, actionAsked()],
    press: intent(winnow, { type: 'expire-action', asked: 4 }, { at: minute(60), line: null }),
    again: nothing,
  },
  'finish-action': {
    on: [...untilTp, actionAsked(), actionApproved()],
    press: intent(winnow, { type: 'finish-action', asked: 4, outcome: { kind: 'carried-out' } }, { line: null }),
    again: nothing,
  },
  'note-source': {
    on: working,
    press: intent(winnow, { type: 'note-source', said: aSaid() }, { line: null }),
    again: nothing,
  },
  'note-look-ups': {
    on: working,
    press: intent(winnow, { type: 'note-look-ups', found: [aFinding()], failed: [aFailure()] }, { line: null }),
    again: nothing,
  },
  'note-effect': {
    on: untilJudged,
    press: intent(winnow, { type: 'note-effect', note: aNote(), marks: 'close-alert' }, { line: null }),
    again: nothing,
  },
  'note-report': {
    on: untilClosed,
    press: intent(winnow, { type: 'note-report', report: aReport() }, { line: null }),
    again: nothing,
  },
  'add-member': {
    on: working,
    press: intent(winnow, { type: 'add-member', member: aMember() }, { line: null }),
    again: nothing,
  },
  'take-out': {
    on: [opened, memberJoined()],
    press: intent(ben, { type: 'take-out', member: aMember().caseId }),
    again: nothing,
  },
  follow: {
    on: [opened, joined()],
    press: intent(winnow, { type: 'follow', leader: leaderId, said: [{ line: 1, event: claimed }] }, { line: null }),
    again: nothing,
  },
  leave: {
    on: [opened, joined()],
    press: intent(winnow, { type: 'leave', leader: leaderId, why: 'too-late' }, { line: null }),
    again: nothing,
  },
  'note-incident': {
    on: working,
    press: intent(
      winnow,
      {
        type: 'note-incident',
        incident: '4711',
        others: [{ caseId: '1111-2222-3333', type: 'x', occurredAt: minute(3) }],
      },
      { line: null },
    ),
    again: nothing,
  },
  page: {
    on: [opened],
    press: intent(winnow, { type: 'page', to: [ben], step: 'again', why: 'unassigned' }),
    again: nothing,
  },
  acknowledge: { on: [opened], press: intent(ben, { type: 'acknowledge' }), again: 'old-card' },
  remind: {
    on: working,
    press: intent(winnow, { type: 'remind', person: ada, as: 'owner', until: minute(60) }),
    again: nothing,
  },
  'release-silent': { on: working, press: intent(winnow, { type: 'release-silent', from: ada }), again: nothing },
  'pass-on': {
    on: waiting,
    press: intent(winnow, { type: 'pass-on', asked: 2, to: eve, as: 'deputy', until: minute(90) }),
    again: nothing,
  },
  'update-guide': { on: working, press: intent(winnow, { type: 'update-guide' }), again: nothing, version: 'v2' },
}

describe('triage/decide: the same click twice', () => {
  for (const [name, { on, press, again, version = travel.version }] of Object.entries(presses)) {
    it(`has an effect once: ${name}`, () => {
      const guide = { ...travel, version }
      const command = onNewest(press, on)
      const first = decide(command, replay(on), guide)
      assert.ok(!isRefusal(first) && first.length > 0 === (name !== 'continue-in-chat'), JSON.stringify(first))
      const outcome = given(...on, ...first).when(command, guide)
      if (again === 'nothing') outcome.thenNothing()
      else outcome.thenRefused(again)
    })
  }

  it('is another one when something else is written, or it is pressed on the card as it is now', () => {
    const noted = (text: string, line: number, by = ben) => intent(by, { type: 'note', text }, { line })
    const seen = { type: 'noted', text: 'Seen.', at: minute(0), by: ben } as const
    given(...working, seen)
      .when(noted(' Seen. ', 2))
      .thenNothing()
    given(...working, seen)
      .when(noted('Seen too.', 2))
      .then({ ...seen, text: 'Seen too.' })
    given(...working, seen)
      .when(noted('Seen.', 2, ada))
      .then({ ...seen, by: ada })
    given(...working, seen)
      .when(noted('Seen.', 3))
      .then(seen)
    given(...working, seen)
      .when({ ...noted('Seen.', 2), line: null })
      .then(seen)
  })
})

describe('triage/decide: two people in the same moment', () => {
  const toBen = { type: 'handed-over', to: ben, at: minute(0), by: ben } as const

  it('do not both get a case: the first one has it', () => {
    const [one, other] = [intent(ada, { type: 'take' }, { line: 0 }), intent(ben, { type: 'take' }, { line: 0 })]
    given(opened).when(one).then(claimed)
    given(opened, claimed).when(other).thenRefused('old-card')
  })

  it('do not write into each other’s case: who had it before is late', () => {
    const [answer, over] = [
      intent(ada, { type: 'answer', check: 'journey', option: 'no' }, { line: 2 }),
      intent(ben, { type: 'take-over' }, { line: 2 }),
    ]
    given(...working)
      .when(over)
      .then(toBen)
    given(...working, toBen)
      .when(answer)
      .thenRefused('old-card')
    given(...working, answered('journey', 'no'))
      .when(over)
      .then(toBen)
  })

  it('open a case again once', () => {
    const line = untilClosed.length - 1
    const reopened = { type: 'reopened', reason: '', at: minute(0), by: ada } as const
    given(...untilClosed)
      .when(intent(ada, { type: 'reopen', reason: '' }, { line }))
      .then(reopened)
    given(...untilClosed, reopened)
      .when(intent(ben, { type: 'reopen', reason: '' }, { line }))
      .thenRefused('old-card')
  })

  it('do not answer a check that both see: the second press is held against what the first one answered', () => {
    given(...working, answered('journey', 'yes'))
      .when(intent(ada, { type: 'answer', check: 'journey', option: 'no' }, { line: 2 }))
      .thenRefused('old-card')
  })
})

describe('triage/decide: a manager who sends the same answer again', () => {
  it('changes nothing', () => {
    const say = intent(mia, { type: 'answer-confirmation', asked: 2, ...yes }, { line: null })
    const first = decide(onNewest(say, waiting), replay(waiting), travel)
    assert.ok(!isRefusal(first))
    given(...waiting, ...first)
      .when(say)
      .thenNothing()
  })
})
