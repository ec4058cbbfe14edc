import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('multiple-failed-logins')

describe('content/alerts/multiple-failed-logins', () => {
  it('has the verdicts of the source, tells the two MFA ones apart, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map((one) => [one.class, one.label]),
      [
        ['TP', 'MFA works: brute force'],
        ['B-TP', 'MFA fails'],
        ['B-TP', 'Misconfigured app'],
        ['B-TP', 'Password changed'],
        ['B-TP', 'Security test'],
        ['undetermined', 'Undetermined'],
      ],
    )
  })

  it('settles a booked test at once', () => {
    assert.deepEqual(found(guide, { source: 'tester' }), {
      allowed: ['btp-security-test'],
      contradicted: [],
      open: [],
      next: null,
    })
  })

  it('settles a changed password and a misconfigured app without a call to the user', () => {
    const retries = { source: 'own', pattern: 'machine', success: 'none' }
    assert.deepEqual(found(guide, { ...retries, stale: 'changed' }), {
      allowed: ['btp-password-changed'],
      contradicted: [],
      open: [],
      next: null,
    })
    const app = found(guide, { ...retries, source: 'ours', stale: 'app' })
    assert.deepEqual(app.allowed, ['btp-misconfigured-app'])
    assert.equal(app.next, null)
    assert.deepEqual(actionsOf(guide, 'btp-misconfigured-app'), ['close-alert', 'contact-owner', 'reconfigure-app'])
  })

  it('takes guesses from elsewhere, with MFA in order, for brute force', () => {
    for (const word of ['no', 'unknown']) {
      const guesses = { source: 'foreign', pattern: 'guesses', stale: 'no', mfa: 'works', word }
      assert.deepEqual(found(guide, { ...guesses, success: 'stranger' }).allowed, ['tp'], word)
      assert.deepEqual(found(guide, { ...guesses, success: 'none' }).allowed, ['tp', 'tp-repelled'], word)
    }
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 4), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'review-activity',
    ])
  })

  it('takes prompts the user did not start for a known password', () => {
    const outcome = found(guide, { source: 'foreign', pattern: 'mfa', stale: 'no', success: 'none', mfa: 'denied' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('closes a confirmed fault of MFA, and helps the user', () => {
    const fault = { source: 'own', pattern: 'mfa', stale: 'no', success: 'none', mfa: 'fault', word: 'yes' }
    assert.deepEqual(found(guide, fault).allowed, ['btp-mfa-fails'])
    assert.deepEqual(actionsOf(guide, 'btp-mfa-fails'), ['contact-user', 'close-alert', 'automation-playbook?'])
  })

  it('does not let a fault of MFA hide somebody who holds the password', () => {
    const fault = { source: 'foreign', pattern: 'mfa', stale: 'no', success: 'none', mfa: 'fault', word: 'no' }
    assert.deepEqual(found(guide, fault).allowed, ['tp'])
  })

  it('does not let a changed password hide a stranger who got in', () => {
    const answers = { source: 'foreign', pattern: 'guesses', stale: 'changed', success: 'stranger', word: 'unknown' }
    assert.deepEqual(found(guide, answers).allowed, ['tp'])
    assert.deepEqual(found(guide, answers).contradicted, ['btp-password-changed'])
  })

  it('closes what the user mistyped, at a desk or on a journey', () => {
    const typed = { pattern: 'hand', stale: 'no', mfa: 'works' }
    const desk = found(guide, { ...typed, source: 'own', success: 'own', word: 'unknown' })
    assert.deepEqual(desk.allowed, ['fp-mistyped'])
    const hotel = found(guide, { ...typed, source: 'foreign', success: 'stranger', word: 'yes' })
    assert.deepEqual(hotel.allowed, ['fp-mistyped'])
  })

  it('does not believe in a mistyped password when many accounts were tried', () => {
    const answers = { source: 'foreign', pattern: 'guesses', stale: 'no', success: 'none', mfa: 'works', word: 'yes' }
    assert.deepEqual(found(guide, answers).allowed, [])
  })

  it('stays undetermined when nobody is reached, and says that silence is no recovery', () => {
    const answers = { source: 'foreign', pattern: 'hand', stale: 'no', success: 'none', mfa: 'works', word: 'unknown' }
    assert.deepEqual(found(guide, answers), { allowed: [], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(guide, 'undetermined'), ['contact-user', 'review-activity', 'revoke-sessions?'])
    assert.match(guide.about, /comes once only/)
  })
})
