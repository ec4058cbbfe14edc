import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('ARM_OperationFromSuspiciousIP')

describe('content/alerts/ARM_OperationFromSuspiciousIP', () => {
  it('says that it is Winnow’s own guidance', () => {
    assert.equal(guide.guidance, 'winnow')
    assert.deepEqual([guide.severity, guide.tactics, guide.family], ['medium', ['execution'], 'resource-manager'])
  })

  it('takes a denied operation for stolen access, even from our own address', () => {
    for (const address of ['ours', 'partner', 'stranger', 'unknown']) {
      const outcome = found(guide, { address, approved: 'no', deeds: 'routine', 'sign-in': 'usual', caller: 'denied' })
      assert.deepEqual(outcome.allowed, ['tp'], address)
    }
    assert.deepEqual(actionsOf(guide, 'tp'), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'revert-change?',
      'rotate-keys?',
      'remove-resources?',
    ])
  })

  it('lets one act on unexplained powerful operations before anybody was called', () => {
    const outcome = found(guide, { address: 'stranger', approved: 'no', deeds: 'harmful' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('lets one act on an odd sign-in from a stranger’s address without a record', () => {
    const outcome = found(guide, { address: 'stranger', approved: 'no', deeds: 'routine', 'sign-in': 'odd' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('settles our own egress by a record, or by routine', () => {
    assert.deepEqual(found(guide, { address: 'ours', approved: 'yes' }).allowed, ['fp-own-address'])
    assert.deepEqual(found(guide, { address: 'ours', approved: 'unknown', deeds: 'routine' }).allowed, [
      'fp-own-address',
    ])
    assert.deepEqual(actionsOf(guide, 'fp-own-address'), ['close-alert', 'scan-devices', 'suppress-alert?'])
  })

  it('does not excuse unexplained powerful operations from our own egress', () => {
    const outcome = found(guide, { address: 'ours', approved: 'no', deeds: 'harmful' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('settles a pipeline or an activation on record from a runner’s address', () => {
    const outcome = found(guide, {
      address: 'stranger',
      approved: 'yes',
      deeds: 'covered',
      'sign-in': 'usual',
      caller: 'confirmed',
    })
    assert.deepEqual(outcome, { allowed: ['btp-authorised-admin'], contradicted: [], open: [], next: null })
  })

  it('settles an administrator who says so by phone, and a partner', () => {
    for (const address of ['stranger', 'partner']) {
      const outcome = found(guide, {
        address,
        approved: 'no',
        deeds: 'routine',
        'sign-in': 'usual',
        caller: 'confirmed',
      })
      assert.deepEqual(outcome.allowed, ['btp-authorised-admin'], address)
    }
  })

  it('shows a contradiction when a record exists and the caller denies', () => {
    const outcome = found(guide, { address: 'stranger', approved: 'yes', deeds: 'routine', caller: 'denied' })
    assert.deepEqual(outcome.contradicted, ['tp', 'btp-authorised-admin'])
  })

  it('settles a booked test with one answer', () => {
    assert.deepEqual(found(guide, { address: 'tester' }), {
      allowed: ['btp-authorised-test'],
      contradicted: [],
      open: [],
      next: null,
    })
  })

  it('stays undetermined when neither records nor people speak', () => {
    const outcome = found(guide, {
      address: 'stranger',
      approved: 'no',
      deeds: 'routine',
      'sign-in': 'usual',
      caller: 'unknown',
    })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
  })
})
