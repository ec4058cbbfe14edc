import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const proxy = await loadGuide('ARM_OperationFromSuspiciousProxyIP')

describe('content/alerts/ARM_OperationFromSuspiciousProxyIP', () => {
  it('settles a booked test at once', () => {
    const outcome = found(proxy, { proxy: 'tester' })
    assert.deepEqual([outcome.allowed, outcome.next], [['btp-authorised-test'], null])
  })

  it('settles our own web gateway by an ordinary operation', () => {
    const own = { proxy: 'ours', deeds: 'routine', 'sign-in': 'usual', caller: 'unknown' }
    assert.deepEqual(found(proxy, own).allowed, ['fp-own-proxy'])
    assert.deepEqual(found(proxy, { ...own, 'sign-in': 'odd' }).contradicted, ['fp-own-proxy'])
  })

  it('settles an admin who owns up to a private VPN', () => {
    const admin = { proxy: 'stranger', deeds: 'covered', 'sign-in': 'usual', approved: 'no', caller: 'confirmed' }
    assert.deepEqual(found(proxy, admin).allowed, ['btp-authorised-caller'])
    assert.deepEqual(found(proxy, { ...admin, caller: 'denied' }).allowed, ['tp'])
    assert.deepEqual(found(proxy, { ...admin, caller: 'unknown' }).allowed, [])
  })

  it('lets one act on a hidden caller with an odd sign-in or harmful operations', () => {
    assert.deepEqual(found(proxy, { proxy: 'stranger', deeds: 'routine', 'sign-in': 'odd', approved: 'no' }).allowed, [
      'tp',
    ])
    assert.deepEqual(
      found(proxy, { proxy: 'unknown', deeds: 'harmful', 'sign-in': 'usual', approved: 'unknown' }).allowed,
      ['tp'],
    )
    assert.deepEqual(actionsOf(proxy, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('settles a partner on record for this proxy, without a call', () => {
    const partner = { proxy: 'recorded', deeds: 'routine', 'sign-in': 'usual' }
    assert.deepEqual(found(proxy, partner).allowed, ['btp-authorised-caller'])
    assert.deepEqual(found(proxy, { ...partner, deeds: 'harmful', approved: 'no' }).allowed, ['tp'])
  })
})
