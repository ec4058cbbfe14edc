import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const machines = await loadGuide('multiple-vm-creations')

describe('content/alerts/multiple-vm-creations', () => {
  it('lets one act at the sight of a miner', () => {
    assert.deepEqual(found(machines, { record: 'no', machines: 'hostile' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(machines, 'tp'), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'scan-devices',
      'review-activity',
      'contact-user',
      'remove-resources',
      'rotate-sp-credentials?',
    ])
  })

  it('takes odd machines from an odd session for an intruder’s, without a call', () => {
    const outcome = found(machines, { record: 'unknown', machines: 'odd', session: 'odd' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('settles a deployment on record, and data scientists with large machines', () => {
    assert.deepEqual(found(machines, { record: 'yes', machines: 'fitting', session: 'usual' }).allowed, [
      'btp-authorised-admin',
    ])
    assert.deepEqual(found(machines, { record: 'no', machines: 'odd', session: 'usual', word: 'yes' }).allowed, [
      'btp-authorised-admin',
    ])
  })

  it('does not take the user’s word alone for large machines', () => {
    const outcome = found(machines, { record: 'no', machines: 'odd', session: 'usual', word: 'claimed' })
    assert.deepEqual(outcome.contradicted, ['btp-authorised-admin'])
  })

  it('shows the contradiction when a record or a test covers a miner', () => {
    for (const record of ['yes', 'tester']) {
      const outcome = found(machines, { record, machines: 'hostile', session: 'usual', word: 'unknown' })
      assert.deepEqual(outcome.allowed, [], record)
      assert.ok(outcome.contradicted.includes('tp'), record)
    }
  })

  it('tells a runaway script from a private mine', () => {
    const known = { record: 'no', machines: 'odd', session: 'usual' }
    assert.deepEqual(found(machines, { ...known, word: 'mistake' }).allowed, ['btp-runaway'])
    assert.deepEqual(found(machines, { ...known, word: 'own' }).allowed, ['tp-insider'])
  })

  it('never closes on silence', () => {
    const outcome = found(machines, { record: 'no', machines: 'fitting', session: 'usual', word: 'unknown' })
    assert.deepEqual(outcome.allowed, [])
  })

  it('has a verdict for machines that are not new', () => {
    const outcome = found(machines, { record: 'no', machines: 'none', session: 'usual', word: 'yes' })
    assert.deepEqual(outcome.allowed, ['fp-none-created'])
  })
})
