import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const vault = await loadGuide('Arm_Suspicious_Vault_Recovering')

describe('content/alerts/Arm_Suspicious_Vault_Recovering', () => {
  it('takes the higher of the two severities, and asks what decides between them', () => {
    assert.equal(vault.severity, 'high')
    assert.ok(vault.checks.some(({ id }) => id === 'read'))
  })

  it('settles a template that recovers by itself', () => {
    const run = { approved: 'pipeline', read: 'untouched', 'sign-in': 'weak' }
    assert.deepEqual(found(vault, run).allowed, ['fp-deployment'])
    assert.deepEqual(found(vault, { ...run, read: 'taken' }).contradicted, ['tp', 'fp-deployment'])
  })

  it('lets one act on secrets read without an explanation', () => {
    assert.deepEqual(found(vault, { approved: 'no', read: 'taken' }).allowed, ['tp'])
    const actions = actionsOf(vault, 'tp')
    assert.deepEqual(actions.slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
    assert.ok(actions.includes('rotate-secrets?'))
  })

  it('settles an admin at night whom the owner asked', () => {
    const night = { approved: 'no', read: 'explained', 'sign-in': 'weak', word: 'confirmed' }
    assert.deepEqual(found(vault, night).allowed, ['btp-authorised-recovery'])
    assert.deepEqual(found(vault, { ...night, word: 'unwanted' }).allowed, ['tp-unauthorised-insider'])
    assert.deepEqual(found(vault, { ...night, word: 'denied' }).allowed, ['tp'])
    assert.deepEqual(found(vault, { ...night, word: 'unknown' }).allowed, [])
  })
})
