import assert from 'node:assert/strict'
import { match } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const runbooks = await loadGuide('ARM_PowerZure.AzureRunbookContent')
const start = await loadGuide('ARM_PowerZure.StartRunbook')
const code = await loadGuide('ARM_PowerZure.RunCodeOnBehalf')
const door = await loadGuide('ARM_PowerZure.MaintainPersistence')

describe('content/alerts/ARM_PowerZure.AzureRunbookContent', () => {
  it('replaces the secrets in the runbooks, and treats unread ones as holding some', () => {
    const taken = { test: 'none', caller: 'stolen', since: 'quiet', word: 'unknown' }
    assert.deepEqual(found(runbooks, { ...taken, source: 'clean' }).allowed, ['tp-source'])
    assert.deepEqual(found(runbooks, { ...taken, source: 'secrets' }).allowed, ['tp-secrets'])
    assert.deepEqual(found(runbooks, { ...taken, source: 'unknown' }).allowed, ['tp-secrets'])
    assert.deepEqual(actionsOf(runbooks, 'tp-secrets').slice(0, 2), ['suspend-user', 'rotate-secrets'])
    assert.ok(!actionsOf(runbooks, 'tp-source').includes('rotate-secrets'))
  })

  it('settles a backup of ours, and has secrets moved out of the text all the same', () => {
    const backup = { test: 'none', caller: 'routine', source: 'secrets', since: 'quiet', word: 'unknown' }
    assert.deepEqual(found(runbooks, backup).allowed, ['fp-own-script'])
    assert.deepEqual(actionsOf(runbooks, 'fp-own-script'), ['close-alert', 'rotate-secrets?', 'suppress-alert?'])
    assert.deepEqual(found(runbooks, { ...backup, since: 'harmful' }).allowed, ['tp-secrets'])
  })

  it('does not let a booked test excuse secrets used by somebody nobody explains', () => {
    assert.deepEqual(found(runbooks, { test: 'booked', since: 'quiet' }).allowed, ['btp-authorised-test'])
    assert.deepEqual(found(runbooks, { test: 'booked', source: 'secrets', since: 'harmful' }).contradicted, [
      'tp-secrets',
      'btp-authorised-test',
    ])
  })
})

describe('content/alerts/ARM_PowerZure.StartRunbook', () => {
  it('settles a pipeline that starts our runbook as always', () => {
    const routine = { test: 'none', caller: 'routine', code: 'own', effect: 'usual', word: 'unknown' }
    assert.deepEqual(found(start, routine).allowed, ['fp-own-automation'])
    assert.deepEqual(found(start, { ...routine, effect: 'harmful' }).allowed, ['tp-ran'])
    assert.deepEqual(found(start, { ...routine, word: 'no' }).allowed, ['tp-ran'])
  })

  it('lets one act on what the job did before anybody was called', () => {
    assert.deepEqual(found(start, { test: 'none', caller: 'usual', code: 'harmful' }).allowed, ['tp-ran'])
    assert.deepEqual(actionsOf(start, 'tp-ran').slice(0, 2), ['suspend-user', 'stop-resources'])
  })

  it('lets testers and an order show what the runbook can do, but not a trial', () => {
    const shown = { test: 'none', caller: 'usual', code: 'harmful', effect: 'explained' }
    assert.deepEqual(found(start, { test: 'booked', code: 'harmful', effect: 'explained' }).allowed, [
      'btp-authorised-test',
    ])
    assert.deepEqual(found(start, { ...shown, word: 'ordered' }).allowed, ['btp-ordered'])
    assert.deepEqual(found(start, { ...shown, word: 'trial' }).allowed, [])
  })

  it('does not ask for the effect of a job that never ran', () => {
    const refused = { test: 'none', caller: 'stolen', code: 'failed' }
    assert.deepEqual(found(start, refused).allowed, ['tp-failed'])
    assert.notEqual(found(start, refused).next, 'effect')
  })
})

describe('content/alerts/ARM_PowerZure.RunCodeOnBehalf', () => {
  it('takes the rights of the Automation identity first when its credentials are out', () => {
    assert.deepEqual(found(code, { test: 'none', caller: 'usual', job: 'credentials' }).allowed, ['tp-credentials'])
    const elsewhere = { test: 'none', caller: 'usual', job: 'ran', identity: 'foreign', word: 'unknown' }
    assert.deepEqual(found(code, elsewhere).allowed, ['tp-credentials'])
    assert.equal(actionsOf(code, 'tp-credentials')[0], 'remove-automation-identity-rights')
  })

  it('tells code that ran from an attempt', () => {
    const denied = { test: 'none', caller: 'new', identity: 'usual', word: 'no' }
    assert.deepEqual(found(code, { ...denied, job: 'ran' }).allowed, ['tp-code'])
    assert.deepEqual(found(code, { ...denied, job: 'failed' }).allowed, ['tp-failed'])
    assert.deepEqual(found(code, { ...denied, job: 'unknown' }).allowed, ['tp-credentials'])
  })

  it('settles a test that took credentials, and has them renewed', () => {
    assert.deepEqual(found(code, { test: 'booked', job: 'credentials', identity: 'explained' }).allowed, [
      'btp-authorised-test',
    ])
    assert.ok(actionsOf(code, 'btp-authorised-test').includes('rotate-sp-credentials?'))
    assert.deepEqual(found(code, { test: 'booked', job: 'credentials', identity: 'foreign' }).allowed, [])
  })

  it('settles a deployment of ours that makes and deletes a runbook', () => {
    const routine = { test: 'none', caller: 'routine', job: 'known', identity: 'usual', word: 'unknown' }
    assert.deepEqual(found(code, routine).allowed, ['fp-own-runbook'])
  })
})

describe('content/alerts/ARM_PowerZure.MaintainPersistence', () => {
  it('is found by its id with the stray blank of the source', () => {
    const reading = aReading({ key: 'ARM_PowerZure. MaintainPersistence', title: 'x', family: 'resource-manager' })
    assert.equal(match(reading, [door]).guide.type, 'ARM_PowerZure.MaintainPersistence')
  })

  it('closes the door before it locks the intruder out', () => {
    assert.deepEqual(found(door, { test: 'none', caller: 'usual', door: 'harmful' }).allowed, ['tp-door'])
    assert.deepEqual(actionsOf(door, 'tp-door').slice(0, 2), ['remove-webhook-or-schedule', 'suspend-user'])
    assert.ok(actionsOf(door, 'tp-door').includes('disable-service-principal?'))
  })

  it('calls for help when somebody came through it', () => {
    const used = { test: 'unknown', caller: 'unknown', door: 'harmful', used: 'foreign', word: 'unknown' }
    assert.deepEqual(found(door, used).allowed, ['tp-used'])
    assert.deepEqual(actionsOf(door, 'tp-used').slice(0, 2), ['escalate', 'remove-webhook-or-schedule'])
    assert.deepEqual(found(door, { ...used, test: 'booked' }).allowed, [])
  })

  it('settles testers, a trial and a deployment, and has whatever is not ours removed', () => {
    assert.deepEqual(found(door, { test: 'booked', door: 'harmful', used: 'ours' }).allowed, ['btp-authorised-test'])
    const plain = { test: 'none', caller: 'usual', door: 'open', used: 'no' }
    assert.deepEqual(found(door, { ...plain, word: 'trial' }).allowed, ['btp-tried-out'])
    assert.deepEqual(found(door, { ...plain, word: 'script' }).allowed, ['fp-own-webhook'])
    for (const id of ['btp-ordered', 'btp-tried-out', 'btp-authorised-test']) {
      assert.equal(actionsOf(door, id)[0], 'remove-webhook-or-schedule', id)
    }
  })

  it('has an unexplained webhook disabled while nobody can be reached', () => {
    const open = { test: 'none', caller: 'usual', door: 'open', used: 'no', word: 'unknown' }
    assert.deepEqual(found(door, open).allowed, [])
    assert.ok(actionsOf(door, 'undetermined').includes('remove-webhook-or-schedule?'))
  })
})
