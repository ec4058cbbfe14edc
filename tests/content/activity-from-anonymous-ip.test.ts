import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('activity-from-anonymous-ip')

describe('content/alerts/activity-from-anonymous-ip', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'btp-duty', 'undetermined'],
    )
  })

  it('asks for the duty first: that the address is anonymous is only what the alert says', () => {
    assert.equal(guide.checks[0]?.id, 'duty')
    assert.ok(guide.checks[0].manager, 'the manager can vouch')
  })

  it('settles a booked test with one look at what was done', () => {
    assert.equal(found(guide, { duty: 'test' }).next, 'deeds')
    assert.deepEqual(found(guide, { duty: 'test', deeds: 'explained' }), {
      allowed: ['btp-duty'],
      contradicted: [],
      open: [],
      next: null,
    })
    assert.deepEqual(actionsOf(guide, 'btp-duty'), ['close-alert', 'document-exception?'])
  })

  it('does not let a duty cover an account that its user disowns', () => {
    const outcome = found(guide, { duty: 'yes', address: 'tor', deeds: 'usual', device: 'new', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(outcome.contradicted, ['btp-duty'])
  })

  it('takes Tor without a duty, a known device or an answer for a stolen account', () => {
    const outcome = found(guide, { duty: 'no', address: 'tor', deeds: 'usual', device: 'unknown', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('stays undetermined as long as the duty is not known either', () => {
    const outcome = found(guide, { duty: 'unknown', address: 'tor', deeds: 'usual', device: 'new', word: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
    assert.equal(actionsOf(guide, 'undetermined')[0], 'contact-user')
  })

  it('sees through a phishing page that passed on the sign-in of the user', () => {
    const outcome = found(guide, { duty: 'no', address: 'vpn', deeds: 'usual', device: 'new', word: 'no-tool' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('lets one act on harmful deeds before anybody was called', () => {
    assert.deepEqual(found(guide, { duty: 'no', address: 'unknown', deeds: 'harmful' }).allowed, ['tp'])
  })

  it('closes our own proxy and a shared relay as wrongly tagged', () => {
    const own = found(guide, { duty: 'no', address: 'ours', deeds: 'usual', device: 'known' })
    assert.deepEqual(own, { allowed: ['fp-wrongly-tagged'], contradicted: [], open: [], next: null })
    const relay = found(guide, { duty: 'no', address: 'relay', deeds: 'usual', device: 'known', word: 'unknown' })
    assert.deepEqual(relay.allowed, ['fp-wrongly-tagged'])
  })

  it('does not take our own proxy for an excuse when a strange device is disowned', () => {
    const outcome = found(guide, { duty: 'no', address: 'ours', deeds: 'usual', device: 'new', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(outcome.contradicted, ['fp-wrongly-tagged'])
  })

  it('closes a private privacy tool the user names, unless the deeds speak against it', () => {
    const answers = { duty: 'no', address: 'vpn', device: 'new', word: 'theirs' }
    assert.deepEqual(found(guide, { ...answers, deeds: 'usual' }).allowed, ['btp-own-tool'])
    assert.deepEqual(found(guide, { ...answers, deeds: 'harmful' }).allowed, [])
    assert.deepEqual(found(guide, { ...answers, deeds: 'harmful' }).contradicted, ['tp', 'btp-own-tool'])
  })

  it('does not suspend a user whom somebody merely tried to be', () => {
    const outcome = found(guide, { duty: 'no', address: 'tor', deeds: 'failed', device: 'new', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp-repelled'])
    assert.ok(!actionsOf(guide, 'tp-repelled').includes('suspend-user'))
  })

  it('knows what came before', () => {
    assert.deepEqual(
      guide.follows.map(({ after }) => after),
      ['multiple-failed-logins', 'multiple-vm-deletions'],
    )
  })
})
