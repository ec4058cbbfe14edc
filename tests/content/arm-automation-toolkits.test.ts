import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const runbook = await loadGuide('ARM_MicroBurst.RunCodeOnBehalf')
const webhook = await loadGuide('ARM_NetSPI.MaintainPersistence')

describe('content/alerts/ARM_MicroBurst.RunCodeOnBehalf', () => {
  it('replaces what the Automation account stores when a job gave it out', () => {
    const outcome = found(runbook, { test: 'none', caller: 'usual', job: 'creds', after: 'unknown', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp-credentials-taken'])
    assert.deepEqual(actionsOf(runbook, 'tp-credentials-taken').slice(0, 5), [
      'suspend-user',
      'remove-automation-identity-rights',
      'rotate-secrets',
      'remove-automation-runbook',
      'remove-webhook-or-schedule',
    ])
  })

  it('tells code that ran from credentials taken, and from an attempt', () => {
    const stolen = { test: 'none', caller: 'stolen', word: 'no' }
    assert.deepEqual(found(runbook, { ...stolen, job: 'code' }).allowed, ['tp-code-run'])
    assert.deepEqual(found(runbook, { ...stolen, job: 'unknown' }).allowed, ['tp-credentials-taken'])
    assert.deepEqual(found(runbook, { ...stolen, job: 'refused' }).allowed, ['tp-refused'])
  })

  it('knows a pipeline that deploys runbooks, and work that was ordered', () => {
    const quiet = { test: 'none', caller: 'routine', job: 'known', after: 'own' }
    assert.deepEqual(found(runbook, { ...quiet, word: 'script' }).allowed, ['fp-own-runbook'])
    assert.deepEqual(found(runbook, { ...quiet, word: 'unknown' }).allowed, ['fp-own-runbook'])
    assert.deepEqual(found(runbook, { ...quiet, caller: 'provider', job: 'creds', word: 'ordered' }).allowed, [
      'btp-ordered',
    ])
  })

  it('warns of a booked test whose credentials turn up in a strange place', () => {
    const outcome = found(runbook, { test: 'booked', job: 'creds', after: 'foreign', word: 'unknown' })
    assert.deepEqual(outcome.allowed, [])
    assert.deepEqual(outcome.contradicted, ['tp-credentials-taken', 'btp-authorised-test'])
  })
})

describe('content/alerts/ARM_NetSPI.MaintainPersistence', () => {
  it('closes the way back first, whoever called', () => {
    for (const caller of ['usual', 'new', 'stolen', 'unknown']) {
      const outcome = found(webhook, { test: 'none', caller, webhook: 'backdoor', fired: 'never', word: 'unknown' })
      assert.deepEqual(outcome.allowed, ['tp-backdoor'], caller)
    }
    assert.equal(actionsOf(webhook, 'tp-backdoor')[0], 'remove-webhook-or-schedule')
  })

  it('undoes what the webhook made when it was used', () => {
    const outcome = found(webhook, { test: 'none', caller: 'usual', webhook: 'unknown', fired: 'harm', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp-backdoor-used'])
    assert.ok(actionsOf(webhook, 'tp-backdoor-used').includes('remove-role-assignment'))
  })

  it('does not take an own webhook without an order for harmless', () => {
    const outcome = found(webhook, { test: 'none', caller: 'usual', webhook: 'plain', fired: 'never', word: 'alone' })
    assert.deepEqual(outcome.allowed, ['tp-unordered'])
  })

  it('knows an integration that starts a runbook, and an exercise that was ordered', () => {
    const quiet = { test: 'none', caller: 'usual', webhook: 'own', fired: 'plain' }
    assert.deepEqual(found(webhook, { ...quiet, word: 'script' }).allowed, ['fp-own-integration'])
    const exercise = found(webhook, { ...quiet, webhook: 'backdoor', fired: 'never', word: 'ordered' })
    assert.deepEqual(exercise.allowed, ['btp-ordered'])
    const claimed = found(webhook, { ...quiet, webhook: 'backdoor', fired: 'never', word: 'script' })
    assert.deepEqual(claimed.allowed, [])
  })

  it('settles a booked test, with its end agreed', () => {
    assert.deepEqual(found(webhook, { test: 'booked', webhook: 'backdoor', fired: 'never' }).allowed, [
      'btp-authorised-test',
    ])
    assert.deepEqual(actionsOf(webhook, 'btp-authorised-test'), ['remove-webhook-or-schedule', 'close-alert'])
  })
})
