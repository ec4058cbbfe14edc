import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('activity-from-suspicious-ips')

describe('content/alerts/activity-from-suspicious-ips', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'btp-known-for-work', 'undetermined'],
    )
  })

  it('settles a booked test with one look at what was done', () => {
    const outcome = found(guide, { address: 'tester', deeds: 'explained' })
    assert.deepEqual(outcome, { allowed: ['btp-known-for-work'], contradicted: [], open: [], next: null })
  })

  it('does not let a known site cover a sign-in that the user disowns', () => {
    const outcome = found(guide, { address: 'work', deeds: 'usual', device: 'new', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(outcome.contradicted, ['btp-known-for-work'])
  })

  it('takes a disowned sign-in for a stolen account', () => {
    for (const address of ['shared', 'hostile', 'unknown']) {
      const outcome = found(guide, { address, deeds: 'usual', device: 'new', word: 'no' })
      assert.deepEqual(outcome.allowed, ['tp'], address)
    }
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('sees through a sign-in that was passed on: the user signed in, but elsewhere', () => {
    const outcome = found(guide, { address: 'hostile', deeds: 'usual', device: 'new', word: 'elsewhere' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('closes a hotel line from a known device, though nobody answers', () => {
    const outcome = found(guide, { address: 'shared', deeds: 'usual', device: 'known', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['fp-wrongly-listed'])
    assert.deepEqual(actionsOf(guide, 'fp-wrongly-listed'), ['close-alert', 'scan-devices?', 'report-detection?'])
  })

  it('stays undetermined on a hotel line with a new device and no answer', () => {
    const outcome = found(guide, { address: 'shared', deeds: 'usual', device: 'new', word: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
  })

  it('tells a spray that failed from an account that fell', () => {
    const outcome = found(guide, { address: 'hostile', deeds: 'failed', device: 'new', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp-repelled'])
    assert.deepEqual(actionsOf(guide, 'tp-repelled'), ['require-mfa', 'reset-password?', 'block-address?'])
  })

  it('lets one act on harmful deeds, whosever the address', () => {
    for (const address of ['work', 'ours', 'shared', 'hostile', 'unknown']) {
      assert.deepEqual(found(guide, { address, deeds: 'harmful' }).allowed, ['tp'], address)
    }
  })
})
