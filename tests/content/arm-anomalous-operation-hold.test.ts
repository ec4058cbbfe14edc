import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const defenseEvasion = await loadGuide('ARM_AnomalousOperation.DefenseEvasion')
const persistence = await loadGuide('ARM_AnomalousOperation.Persistence')
const privilegeEscalation = await loadGuide('ARM_AnomalousOperation.PrivilegeEscalation')

describe('content/alerts/ARM_AnomalousOperation.DefenseEvasion', () => {
  it('takes harmful work in the gap for an intruder, and has us see again first', () => {
    const outcome = found(defenseEvasion, {
      gap: 'broad',
      record: 'none',
      unseen: 'harmful',
      agreed: 'no',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(defenseEvasion, 'tp').slice(0, 3), [
      'suspend-user',
      'reenable-logging?',
      'reenable-protection?',
    ])
  })

  it('closes a plan switched off for its cost only after it is on again', () => {
    const outcome = found(defenseEvasion, {
      gap: 'broad',
      record: 'none',
      unseen: 'quiet',
      agreed: 'no',
      'sign-in': 'usual',
      word: 'own',
    })
    assert.deepEqual(outcome.allowed, ['btp-own-decision'])
    assert.equal(actionsOf(defenseEvasion, 'btp-own-decision')[0], 'revert-change')
  })

  it('takes harm in a gap that the person made without leave for an insider', () => {
    const outcome = found(defenseEvasion, {
      gap: 'narrow',
      record: 'none',
      unseen: 'harmful',
      agreed: 'no',
      'sign-in': 'usual',
      word: 'own',
    })
    assert.deepEqual(outcome.allowed, ['tp-insider'])
  })

  it('settles logs that moved to another workspace without a call', () => {
    const moved = { gap: 'nothing', record: 'none', unseen: 'quiet', agreed: 'unknown', word: 'unknown' }
    assert.deepEqual(found(defenseEvasion, { ...moved, 'sign-in': 'usual' }).allowed, ['fp-nothing-lost'])
    assert.deepEqual(found(defenseEvasion, { ...moved, 'sign-in': 'stolen' }).allowed, ['tp'])
  })

  it('settles a change the security engineers agreed to, unless the person denies it', () => {
    const agreed = { gap: 'narrow', record: 'none', unseen: 'quiet', agreed: 'yes', 'sign-in': 'usual' }
    assert.deepEqual(found(defenseEvasion, { ...agreed, word: 'unknown' }).allowed, ['btp-authorised-admin'])
    assert.deepEqual(found(defenseEvasion, { ...agreed, word: 'no' }).contradicted, ['tp', 'btp-authorised-admin'])
  })
})

describe('content/alerts/ARM_AnomalousOperation.Persistence', () => {
  it('is known by its translated name too', () => {
    assert.deepEqual(persistence.matches.keys, ['ARM_AnomalousOperation.Persistentie'])
  })

  it('takes a way in for strangers, which no owner knows, for a back door', () => {
    const outcome = found(persistence, {
      foothold: 'outsider',
      record: 'none',
      keeper: 'no',
      used: 'no',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
    const actions = actionsOf(persistence, 'tp')
    assert.ok(actions.includes('remove-webhook-or-schedule?') && actions.includes('revert-change'))
  })

  it('takes a leaver who keeps a way in for an insider', () => {
    const outcome = found(persistence, {
      foothold: 'ours',
      record: 'none',
      keeper: 'no',
      used: 'unknown',
      'sign-in': 'usual',
      word: 'reasonless',
    })
    assert.deepEqual(outcome.allowed, ['tp-insider'])
  })

  it('settles an integration that its owner knows, while nobody reaches its maker', () => {
    const made = { foothold: 'ours', record: 'none', keeper: 'yes', used: 'no', 'sign-in': 'new' }
    assert.deepEqual(found(persistence, { ...made, word: 'unknown' }).allowed, ['btp-authorised-admin'])
  })

  it('does not take the word of its maker alone for a way in for strangers', () => {
    const made = { foothold: 'outsider', record: 'none', used: 'no', 'sign-in': 'usual', word: 'yes' }
    assert.deepEqual(found(persistence, { ...made, keeper: 'unknown' }).contradicted, ['btp-authorised-admin'])
    assert.deepEqual(found(persistence, { ...made, keeper: 'yes' }).allowed, ['btp-authorised-admin'])
  })

  it('settles a renewed schedule', () => {
    const outcome = found(persistence, {
      foothold: 'nothing',
      record: 'none',
      keeper: 'unknown',
      used: 'no',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['fp-nothing-lasting'])
  })
})

describe('content/alerts/ARM_AnomalousOperation.PrivilegeEscalation', () => {
  const own = { gain: 'self', record: 'none', used: 'nothing', 'sign-in': 'usual' }

  it('does not take the word of who gains for leave', () => {
    assert.deepEqual(found(privilegeEscalation, { ...own, approver: 'unknown', word: 'yes' }).allowed, [])
    assert.deepEqual(found(privilegeEscalation, { ...own, approver: 'no', word: 'yes' }).allowed, ['btp-not-approved'])
    assert.deepEqual(found(privilegeEscalation, { ...own, approver: 'yes', word: 'yes' }).allowed, [
      'btp-authorised-admin',
    ])
    assert.equal(actionsOf(privilegeEscalation, 'btp-not-approved')[0], 'remove-role-assignment')
  })

  it('settles an approved PIM activation, but not for a guest who gained by it', () => {
    const pim = { record: 'pim', approver: 'unknown', used: 'task', 'sign-in': 'usual', word: 'unknown' }
    assert.deepEqual(found(privilegeEscalation, { gain: 'self', ...pim }).allowed, ['btp-authorised-admin'])
    assert.deepEqual(found(privilegeEscalation, { gain: 'outsider', ...pim }).allowed, [])
    assert.deepEqual(found(privilegeEscalation, { gain: 'outsider', ...pim, approver: 'no' }).allowed, ['tp'])
  })

  it('takes an activation after a stolen sign-in for an intruder, PIM or not, but for a written reason', () => {
    const stolen = { ...own, record: 'pim', approver: 'unknown', 'sign-in': 'stolen', word: 'unknown' }
    assert.deepEqual(found(privilegeEscalation, stolen).allowed, ['tp'])
    assert.deepEqual(found(privilegeEscalation, { ...stolen, record: 'change' }).contradicted, [
      'tp',
      'btp-authorised-admin',
    ])
  })

  it('takes denied rights for a stolen account, and has every kind of right taken back', () => {
    assert.deepEqual(found(privilegeEscalation, { ...own, approver: 'no', word: 'no' }).allowed, ['tp'])
    const taken = ['remove-role-assignment?', 'remove-role-definition?', 'remove-elevated-access?', 'revert-change']
    assert.deepEqual(actionsOf(privilegeEscalation, 'tp').slice(1, 5), taken)
  })

  it('settles a renewal that gives nobody more', () => {
    const outcome = found(privilegeEscalation, { ...own, gain: 'nobody', approver: 'unknown', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['fp-no-gain'])
  })
})
