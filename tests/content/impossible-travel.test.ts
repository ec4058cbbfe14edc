import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('impossible-travel')

describe('content/alerts/impossible-travel', () => {
  it('has the verdicts of the source, and marks its own', () => {
    const source = ['tp', 'fp-undetected-travel', 'fp-untagged-vpn']
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      [...source, 'undetermined'],
    )
    assert.deepEqual(
      guide.verdicts.filter(({ id }) => source.includes(id)).map((one) => [one.class, one.label]),
      [
        ['TP', 'Account in other hands'],
        ['FP', 'Undetected user travel'],
        ['FP', 'Untagged VPN'],
      ],
    )
  })

  it('settles a sanctioned VPN with two look-ups and no call', () => {
    assert.equal(found(guide, { address: 'sanctioned' }).next, 'afterwards')
    assert.deepEqual(found(guide, { address: 'sanctioned', afterwards: 'usual' }), {
      allowed: ['fp-untagged-vpn'],
      contradicted: [],
      open: [],
      next: null,
    })
    assert.deepEqual(actionsOf(guide, 'fp-untagged-vpn'), ['close-alert', 'tag-ip-range'])
  })

  it('settles a confirmed journey', () => {
    const outcome = found(guide, { address: 'other', afterwards: 'usual', journey: 'yes' })
    assert.deepEqual(outcome, { allowed: ['fp-undetected-travel'], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(guide, 'fp-undetected-travel'), ['close-alert'])
  })

  it('takes a denied journey for a stolen account, and stops it', () => {
    for (const address of ['anonymous', 'other', 'unknown']) {
      assert.deepEqual(found(guide, { address, afterwards: 'unknown', journey: 'no' }).allowed, ['tp'], address)
    }
    assert.deepEqual(actionsOf(guide, 'tp'), ['suspend-user', 'mark-compromised', 'reset-password', 'review-activity?'])
  })

  it('lets one act on a bulk download or new rule before anybody was called', () => {
    const outcome = found(guide, { address: 'other', afterwards: 'harmful' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.equal(outcome.next, 'journey')
  })

  it('shows a contradiction when the manager vouches and the account behaves like an intruder', () => {
    const outcome = found(guide, { address: 'other', afterwards: 'harmful', journey: 'yes' })
    assert.deepEqual(outcome.allowed, [])
    assert.deepEqual(outcome.contradicted, ['tp', 'fp-undetected-travel'])
  })

  it('resolves the contradiction once the user explains what was done', () => {
    const outcome = found(guide, { address: 'other', afterwards: 'explained', journey: 'yes' })
    assert.deepEqual(outcome.allowed, ['fp-undetected-travel'])
  })

  it('shows a contradiction when an intruder seems to use our own VPN', () => {
    const outcome = found(guide, { address: 'sanctioned', afterwards: 'harmful' })
    assert.deepEqual(outcome.contradicted, ['tp', 'fp-untagged-vpn'])
  })

  it('doubts a theft from a device the user has always used', () => {
    const outcome = found(guide, { address: 'other', afterwards: 'usual', journey: 'no', device: 'known' })
    assert.deepEqual(outcome.contradicted, ['tp'])
  })

  it('knows the private VPN the user owns up to', () => {
    const outcome = found(guide, { address: 'anonymous', afterwards: 'usual', journey: 'network' })
    assert.deepEqual(outcome.allowed, ['btp-own-network'])
  })

  it('decides on the device when nobody answers and the address is an anonymiser', () => {
    const nobody = { address: 'anonymous', afterwards: 'usual', journey: 'unknown' }
    assert.equal(found(guide, nobody).next, 'device')
    assert.deepEqual(found(guide, { ...nobody, device: 'new' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { ...nobody, device: 'known' }).allowed, [])
  })

  it('stays undetermined when nobody answers and nothing else speaks, with steps to take', () => {
    const outcome = found(guide, { address: 'other', afterwards: 'usual', journey: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(guide, 'undetermined'), [
      'contact-user',
      'revoke-sessions?',
      'review-activity',
      'look-up-address?',
    ])
  })

  it('settles a booked test', () => {
    assert.deepEqual(found(guide, { address: 'tester', afterwards: 'explained' }).allowed, ['btp-authorised-test'])
  })

  it('lets the manager vouch for the journey', () => {
    assert.deepEqual(
      guide.checks.filter(({ manager }) => manager !== null).map(({ id }) => id),
      ['journey'],
    )
  })

  it('warns when the mailbox was set to forward before', () => {
    const follow = guide.follows.find(({ after }) => after === 'suspicious-inbox-forwarding')
    assert.equal(follow?.withinDays, 7)
  })
})
