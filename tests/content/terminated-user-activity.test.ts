import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('terminated-user-activity')

describe('content/alerts/terminated-user-activity', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'btp-returned', 'undetermined'],
    )
  })

  it('disables, and does not merely suspend, the account of a leaver', () => {
    const outcome = found(guide, { employment: 'no', actor: 'person' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.equal(actionsOf(guide, 'tp')[0], 'disable-user')
    assert.ok(!actionsOf(guide, 'tp').includes('suspend-user'))
  })

  it('takes access that still works for used, though nobody knows by whom', () => {
    for (const account of ['enabled', 'leftover', 'renewed']) {
      assert.deepEqual(found(guide, { employment: 'no', actor: 'unknown', account }).allowed, ['tp'], account)
    }
  })

  it('closes who came back, once nothing harmful was done', () => {
    const outcome = found(guide, { employment: 'yes', actor: 'person', deeds: 'usual' })
    assert.deepEqual(outcome, { allowed: ['btp-returned'], contradicted: [], open: [], next: null })
    assert.deepEqual(found(guide, { employment: 'yes', actor: 'person', deeds: 'harmful' }).allowed, [])
  })

  it('stops a stranger in the account of somebody who belongs here', () => {
    const outcome = found(guide, { employment: 'yes', actor: 'stranger' })
    assert.deepEqual(outcome.allowed, ['tp-account-in-other-hands'])
    assert.deepEqual(actionsOf(guide, 'tp-account-in-other-hands').slice(0, 3), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
    ])
  })

  it('closes an agreed handover and a job left running, and has the account closed', () => {
    const handover = { employment: 'no', actor: 'delegate', account: 'enabled', deeds: 'usual' }
    assert.deepEqual(found(guide, handover).allowed, ['btp-handover'])
    assert.deepEqual(found(guide, { ...handover, actor: 'system' }).allowed, ['btp-left-running'])
    assert.ok(actionsOf(guide, 'btp-left-running').includes('disable-user?'))
  })

  it('does not let a job left running cover mail that still goes out', () => {
    const outcome = found(guide, { employment: 'no', actor: 'system', deeds: 'harmful' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(outcome.contradicted, ['btp-left-running'])
  })

  it('closes a wrong record', () => {
    assert.deepEqual(found(guide, { employment: 'error', actor: 'person', deeds: 'usual' }).allowed, [
      'fp-wrong-record',
    ])
  })

  it('lets the manager say whether the person belongs here', () => {
    assert.ok(guide.checks.find(({ id }) => id === 'employment')?.manager)
  })
})
