import assert from 'node:assert/strict'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { undoOf } from '../../triage/response-action.js'
import { isOpen } from '../../triage/stale-cards.js'
import { type Draft, aCard, ada, ben, eve, intent, minute, wrote } from '../support/cast.js'
import { claimed, closed, done, judged, opened } from '../support/diary.js'
import { given } from '../support/given.js'
import { actionApproved, actionAsked, askToSuspend, carriedOut, kim, terms, untilTp } from '../support/response.js'

const waiting = [...untilTp, actionAsked()] as const
const approved = [...waiting, actionApproved()] as const
const suspended = [...approved, ...carriedOut()] as const

const approve = (by = ben, at = minute(1), but: { readonly asked?: number; readonly target?: string } = {}): Draft =>
  intent(by, { type: 'approve-action', asked: 4, target: 'user:u-kim', ...but }, { at, line: null })
const finish = (kind: 'carried-out' | 'rehearsed', asked = 4): Draft =>
  intent(winnow, { type: 'finish-action', asked, outcome: { kind } }, { at: minute(2), line: null })
const undo = (but: { readonly isProtected?: boolean; readonly reason?: string } = {}): Draft =>
  intent(ada, { type: 'undo-action', asked: 4, reason: 'It was a test.', ...terms(but), ...but }, { at: minute(3) })

const responseIn = (...diary: readonly Event[]) => {
  const [first] = replay(diary)?.responses ?? []
  assert.ok(first)
  return first
}

describe('triage/decide: asking Winnow to do what a step recommends', () => {
  const ask = (but: Parameters<typeof askToSuspend>[0] = {}, by = ada) => intent(by, askToSuspend(but))

  it('writes the exact target, the reason, and until when a second person may agree', () => {
    given(...untilTp)
      .when(ask())
      .then(actionAsked())
    assert.equal(responseIn(...waiting).state, 'asked')
  })

  it('is for the owner, with a reason, of an open case', () => {
    given(...untilTp)
      .when(ask({}, ben))
      .thenRefused('not-owner')
    given(...untilTp)
      .when(ask({ reason: ' ' }))
      .thenRefused('needs-reason')
    given(...untilTp, closed)
      .when(ask())
      .thenRefused('closed')
  })

  it('is for a step that the guide recommends now, and for what that step is about', () => {
    given(opened, claimed, judged).when(ask()).thenRefused('no-step')
    given(...untilTp)
      .when(ask({ step: 'action/close-alert' }))
      .thenRefused('no-step')
    given(...untilTp)
      .when(ask({ operation: 'disable-app' }))
      .thenRefused('no-step')
    given(...untilTp)
      .when(ask({ step: 'scope/suspend-user' }))
      .thenRefused('no-step')
    given(...untilTp)
      .when(ask({ target: { ...kim, kind: 'app' } }))
      .thenRefused('no-target')
  })

  it('never touches what is protected', () => {
    given(...untilTp)
      .when(ask({ isProtected: true }))
      .thenRefused('protected', { target: 'Kim Karlsen' })
    given(...suspended)
      .when(undo({ isProtected: true }))
      .thenRefused('protected')
  })

  it('is not for what is under way already, and may be repeated once that has ended', () => {
    given(...waiting)
      .when(ask())
      .thenRefused('action-waiting')
    given(...approved)
      .when(ask())
      .thenRefused('action-waiting')
    const expired = wrote(
      winnow,
      { type: 'action-expired', asked: 4, operation: 'suspend-user', target: kim },
      minute(31),
    )
    given(...waiting, expired)
      .when(ask())
      .then(actionAsked())
    given(...waiting)
      .when({ ...ask(), at: minute(31) })
      .then(actionAsked({ at: minute(31) }))
  })

  it('is approved by itself where it stops nobody’s work', () => {
    const sessions = actionAsked({ operation: 'revoke-sessions', needs: 'nothing' })
    assert.equal(responseIn(...untilTp, sessions).state, 'approved')
    given(...untilTp, sessions)
      .when(finish('carried-out'))
      .then(
        wrote(winnow, { type: 'action-carried-out', asked: 4, operation: 'revoke-sessions', target: kim }, minute(2)),
        wrote(winnow, { type: 'done', step: 'action/suspend-user', do: 'Do suspend-user' }, minute(2)),
      )
  })
})

describe('triage/decide: the second person’s approval', () => {
  it('counts once', () => {
    given(...waiting)
      .when(approve())
      .then(actionApproved())
    given(...approved)
      .when(approve())
      .thenNothing()
    given(...approved)
      .when(approve(eve))
      .thenRefused('action-settled')
    given(...suspended)
      .when(approve())
      .thenRefused('action-settled')
  })

  it('is never that of who asked, whoever owns the case by then', () => {
    given(...waiting)
      .when(approve(ada))
      .thenRefused('own-approval')
    given(...waiting, wrote(ben, { type: 'handed-over', to: ben }))
      .when(approve(ada))
      .thenRefused('own-approval')
  })

  it('is never that of the person whose account or mailbox it is about, nor do they ask for it or decline it', () => {
    const about = { ...kim, id: 'U-BEN' }
    const asked = actionAsked({ target: about })
    const seen = { asked: 4, target: 'user:U-BEN' }
    given(...untilTp, asked)
      .when(approve(ben, minute(1), seen))
      .thenRefused('own-account')
    given(...untilTp, asked)
      .when(intent(ben, { type: 'decline-action', ...seen, reason: '' }, { line: null }))
      .thenRefused('own-account')
    const rule = {
      ...kim,
      kind: 'inbox-rule' as const,
      id: 'r',
      mailbox: { ...kim, kind: 'user' as const, id: ben.id },
    }
    given(...untilTp, actionAsked({ operation: 'remove-inbox-rule', target: rule }))
      .when(approve(ben, minute(1), { target: 'inbox-rule:u-ben/r' }))
      .thenRefused('own-account')
    given(...untilTp)
      .when(intent(ada, askToSuspend({ target: { ...kim, id: ada.id } })))
      .thenRefused('own-account')
  })

  it('is bound to the line and the target that were seen', () => {
    for (const but of [{ target: 'user:u-ben' }, { target: 'app:u-kim' }, { target: '' }, { asked: 3 }, { asked: 5 }])
      given(...waiting)
        .when(approve(ben, minute(1), but))
        .thenRefused('no-action')
    given(...untilTp)
      .when(approve())
      .thenRefused('no-action')
  })

  it('expires by the time of the approval, whether or not anybody has written that down', () => {
    given(...waiting)
      .when(approve(ben, minute(30)))
      .then(actionApproved(minute(30)))
    given(...waiting)
      .when(approve(ben, new Date(Date.parse(minute(30)) + 1).toISOString()))
      .thenRefused('action-expired')
    const expire = (at: string) => intent(winnow, { type: 'expire-action', asked: 4 }, { at, line: null })
    given(...waiting)
      .when(expire(minute(30)))
      .thenNothing()
    const over = wrote(winnow, { type: 'action-expired', asked: 4, operation: 'suspend-user', target: kim }, minute(31))
    given(...waiting)
      .when(expire(minute(31)))
      .then(over)
    given(...waiting, over)
      .when(approve(ben, minute(1)))
      .thenRefused('action-expired')
    given(...approved)
      .when(expire(minute(31)))
      .thenNothing()
  })

  it('is for an open case whose guide still recommends it', () => {
    given(...waiting, closed)
      .when(approve())
      .thenRefused('closed')
    given(...waiting, wrote(ada, { type: 'judgement-withdrawn' }))
      .when(approve())
      .thenRefused('no-step')
  })

  it('can be declined, by who asked as well; then nothing of it counts any longer', () => {
    const decline = (by = ben) =>
      intent(by, { type: 'decline-action', asked: 4, target: 'user:u-kim', reason: 'Too early.' }, { line: null })
    const declined = (by = ben) =>
      wrote(by, {
        type: 'action-declined',
        asked: 4,
        operation: 'suspend-user',
        target: kim,
        reason: 'Too early.',
      })
    given(...waiting)
      .when(decline())
      .then(declined())
    given(...waiting)
      .when(decline(ada))
      .then(declined(ada))
    given(...waiting, declined())
      .when(approve())
      .thenRefused('action-settled')
    given(...waiting, declined())
      .when(finish('carried-out'))
      .thenNothing()
    given(...approved)
      .when(decline())
      .thenRefused('action-settled')
  })
})

describe('triage/decide: what came of it', () => {
  it('marks the step as done, and nobody marks it as not done by hand', () => {
    given(...approved)
      .when(finish('carried-out'))
      .then(...carriedOut())
    given(...suspended)
      .when(intent(ada, { type: 'mark-steps', kind: 'action', steps: [] }))
      .thenNothing()
  })

  it('marks nothing over what a person marked, and nothing where it was only rehearsed or has failed', () => {
    const [first] = carriedOut()
    assert.ok(first)
    given(...approved, done('action/suspend-user'))
      .when(finish('carried-out'))
      .then(first)
    given(...approved)
      .when(finish('rehearsed'))
      .then(wrote(winnow, { type: 'action-rehearsed', asked: 4, operation: 'suspend-user', target: kim }, minute(2)))
    const forbidden = { kind: 'failed', why: 'forbidden', detail: 'User.EnableDisableAccount.All' } as const
    given(...approved)
      .when(intent(winnow, { type: 'finish-action', asked: 4, outcome: forbidden }, { line: null }))
      .then(
        wrote(winnow, {
          type: 'action-failed',
          asked: 4,
          operation: 'suspend-user',
          target: kim,
          why: 'forbidden',
          detail: 'User.EnableDisableAccount.All',
        }),
      )
  })

  it('counts only for what was approved, and once', () => {
    given(...waiting)
      .when(finish('carried-out'))
      .thenNothing()
    given(...suspended)
      .when(finish('carried-out'))
      .thenNothing()
    given(...approved)
      .when(finish('carried-out', 3))
      .thenNothing()
  })

  it('is still to be carried out when the case is closed meanwhile', () => {
    const state = replay([...approved, closed])
    assert.ok(state)
    const cards = { channel: aCard('channel', { state: 'shown', shownLine: 99 }) }
    assert.equal(isOpen(state, cards), true)
    given(...approved, closed)
      .when(finish('carried-out'))
      .then(...carriedOut())
  })

  it('is taken back for a reason, without anybody else, where there is a way back', () => {
    const asked = actionAsked({
      operation: 'enable-user',
      reason: 'It was a test.',
      needs: 'nothing',
      undoes: 4,
      at: minute(3),
    })
    given(...suspended)
      .when(undo())
      .then(asked)
    given(...suspended)
      .when(undo({ reason: '' }))
      .thenRefused('needs-reason')
    const undone = [
      wrote(winnow, { type: 'action-undone', asked: 8, operation: 'enable-user', target: kim, undoes: 4 }, minute(2)),
      wrote(winnow, { type: 'undone', step: 'action/suspend-user', do: 'Do suspend-user' }, minute(2)),
    ]
    given(...suspended, asked)
      .when(finish('carried-out', 8))
      .then(...undone)
    given(...suspended, asked, ...undone)
      .when(undo())
      .thenRefused('no-undo')
    given(...approved)
      .when(undo())
      .thenRefused('no-undo')
  })

  it('is not taken back where the target could not sign in before either', () => {
    const before = actionAsked({ target: { ...kim, was: 'disabled' } })
    assert.equal(undoOf(responseIn(...untilTp, before, actionApproved(), ...carriedOut())), null)
    assert.equal(undoOf(responseIn(...suspended)), 'enable-user')
  })
})
