import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const deletion = await loadGuide('suspicious-email-deletion')
const rule = await loadGuide('suspicious-inbox-manipulation')
const forwarding = await loadGuide('suspicious-inbox-forwarding')

describe('content/alerts/suspicious-email-deletion', () => {
  it('settles the user’s own rule by the user’s word', () => {
    const own = { cause: 'rule', mail: 'ordinary', connection: 'explained', deeds: 'usual', word: 'yes' }
    assert.deepEqual(found(deletion, own).allowed, ['fp-own-rule'])
    assert.deepEqual(found(deletion, { ...own, word: 'unknown' }).allowed, [])
    assert.deepEqual(found(deletion, { ...own, cause: 'hand' }).allowed, ['fp-own-cleanup'])
  })

  it('lets one act on hidden tracks from an odd connection', () => {
    assert.deepEqual(found(deletion, { cause: 'hand', mail: 'telling', connection: 'odd' }).allowed, ['tp'])
    assert.deepEqual(found(deletion, { cause: 'hiding', mail: 'unknown', connection: 'odd' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(deletion, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('does not take the unusual connection alone, which raised the alert, for proof', () => {
    const outcome = found(deletion, { cause: 'hand', mail: 'ordinary', connection: 'odd', deeds: 'usual' })
    assert.deepEqual([outcome.allowed, outcome.next], [[], 'word'])
  })

  it('takes a denial, and a rise in sent mail, for a stolen mailbox', () => {
    const mail = { cause: 'hand', mail: 'unknown', connection: 'unknown' }
    assert.deepEqual(found(deletion, { ...mail, deeds: 'usual', word: 'no' }).allowed, ['tp'])
    assert.deepEqual(found(deletion, { ...mail, deeds: 'harmful' }).allowed, ['tp'])
    const vouched = found(deletion, { ...mail, deeds: 'harmful', word: 'yes' })
    assert.deepEqual([vouched.allowed, vouched.contradicted], [[], ['tp', 'fp-own-cleanup']])
  })

  it('settles a purge by the mail admins, of which the user knows nothing', () => {
    const outcome = found(deletion, { cause: 'tool', connection: 'usual', deeds: 'usual', word: 'no' })
    assert.deepEqual(outcome.allowed, ['btp-approved-tool'])
  })
})

describe('content/alerts/suspicious-inbox-manipulation', () => {
  it('removes the malicious inbox rule, and marks the user as compromised', () => {
    assert.deepEqual(found(rule, { rule: 'hides', origin: 'odd' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(rule, 'tp').slice(0, 4), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'remove-inbox-rule',
    ])
  })

  it('needs more than the rule: alone it stays undetermined, and is switched off', () => {
    for (const origin of ['usual', 'unknown']) {
      const outcome = found(rule, { rule: 'hides', origin, deeds: 'usual', word: 'unknown' })
      assert.deepEqual([outcome.allowed, outcome.contradicted], [[], []], origin)
    }
    assert.ok(actionsOf(rule, 'undetermined').includes('remove-inbox-rule?'))
  })

  it('takes a hiding rule that nobody made for a compromise, even from the usual device', () => {
    const outcome = found(rule, { rule: 'hides', origin: 'usual', deeds: 'usual', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('doubts a compromise over a sorting rule that the user forgot', () => {
    const outcome = found(rule, { rule: 'sorts', origin: 'usual', deeds: 'usual', word: 'no' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp']])
  })

  it('settles a rule of the user or of a helper by their word, never by the log', () => {
    for (const word of ['yes', 'helper']) {
      const outcome = found(rule, { rule: 'hides', origin: 'usual', deeds: 'usual', word })
      assert.deepEqual(outcome.allowed, ['fp-own-rule'], word)
    }
    assert.deepEqual(found(rule, { rule: 'sorts', origin: 'usual', deeds: 'usual', word: 'unknown' }).allowed, [])
    const odd = found(rule, { rule: 'hides', origin: 'odd', deeds: 'usual', word: 'yes' })
    assert.deepEqual([odd.allowed, odd.contradicted], [[], ['tp', 'fp-own-rule']])
  })

  it('knows a rule made by a test, and one made to hide', () => {
    assert.deepEqual(found(rule, { rule: 'hides', origin: 'tester', deeds: 'usual' }).allowed, ['btp-authorised-test'])
    const own = { rule: 'hides', origin: 'usual', deeds: 'usual', word: 'own' }
    assert.deepEqual(found(rule, own).allowed, ['tp-insider'])
  })
})

describe('content/alerts/suspicious-inbox-forwarding', () => {
  it('lets one stop a leak set up by an unapproved app or from an odd place', () => {
    for (const origin of ['app', 'odd']) {
      assert.deepEqual(found(forwarding, { target: 'stranger', origin }).allowed, ['tp'], origin)
    }
    assert.deepEqual(actionsOf(forwarding, 'tp').slice(0, 5), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'remove-forwarding-rule',
      'revoke-oauth-tokens?',
    ])
  })

  it('takes forwarding that nobody recognises for a compromise', () => {
    const outcome = found(forwarding, { target: 'stranger', origin: 'usual', deeds: 'usual', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('tells a legitimate reason, convenience and theft apart', () => {
    const known = { target: 'known', origin: 'usual', deeds: 'usual' }
    assert.deepEqual(found(forwarding, { ...known, word: 'yes' }).allowed, ['fp-legitimate-forwarding'])
    assert.deepEqual(found(forwarding, { ...known, word: 'careless' }).allowed, ['btp-against-rules'])
    assert.deepEqual(found(forwarding, { ...known, word: 'own' }).allowed, ['tp-insider'])
    assert.deepEqual(found(forwarding, { ...known, word: 'unknown' }).allowed, [])
  })

  it('shows the contradiction when the user vouches and the account behaves like an intruder', () => {
    const outcome = found(forwarding, { target: 'known', origin: 'usual', deeds: 'harmful', word: 'yes' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'fp-legitimate-forwarding']])
  })

  it('is known under its new title', () => {
    assert.deepEqual(forwarding.matches.titles, ['Suspicious email forwarding rule created by third-party app'])
  })
})
