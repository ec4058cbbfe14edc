import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('activity-from-infrequent-country')

describe('content/alerts/activity-from-infrequent-country', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'btp-expected', 'undetermined'],
    )
  })

  it('settles a journey that the manager confirms', () => {
    const outcome = found(guide, { address: 'local', deeds: 'usual', presence: 'yes' })
    assert.deepEqual(outcome, { allowed: ['btp-expected'], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(guide, 'btp-expected'), ['close-alert', 'exclude-user?', 'create-group?'])
  })

  it('settles a supplier abroad who uses the account as agreed', () => {
    const outcome = found(guide, { address: 'local', deeds: 'usual', presence: 'agreed' })
    assert.deepEqual(outcome.allowed, ['btp-expected'])
  })

  it('settles our own network and a wrong map without a call', () => {
    for (const address of ['sanctioned', 'misplaced']) {
      const outcome = found(guide, { address, deeds: 'usual' })
      assert.deepEqual(outcome, { allowed: ['fp-own-network'], contradicted: [], open: [], next: null }, address)
    }
  })

  it('takes a denied presence for a stolen account, and plans its return', () => {
    for (const device of ['new', 'unknown']) {
      const outcome = found(guide, { address: 'local', deeds: 'usual', presence: 'no', device })
      assert.deepEqual(outcome.allowed, ['tp'], device)
    }
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 4), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'reenable-plan',
    ])
  })

  it('shows a contradiction when the manager vouches and data was taken', () => {
    const outcome = found(guide, { address: 'local', deeds: 'harmful', presence: 'yes' })
    assert.deepEqual(outcome.allowed, [])
    assert.deepEqual(outcome.contradicted, ['tp', 'btp-expected'])
  })

  it('decides on the device when nobody answers and the address is rented', () => {
    const nobody = { address: 'anonymous', deeds: 'usual', presence: 'unknown' }
    assert.equal(found(guide, nobody).next, 'device')
    assert.deepEqual(found(guide, { ...nobody, device: 'new' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { ...nobody, device: 'known' }).allowed, [])
  })

  it('does not suspend a user whom somebody merely tried to be', () => {
    const outcome = found(guide, { address: 'local', deeds: 'failed', presence: 'no' })
    assert.deepEqual(outcome.allowed, ['tp-repelled'])
  })

  it('knows what came before', () => {
    assert.deepEqual(
      guide.follows.map(({ after }) => after),
      ['multiple-failed-logins', 'multiple-vm-deletions', 'suspicious-inbox-forwarding'],
    )
  })
})
