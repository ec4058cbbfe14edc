import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const shares = await loadGuide('multiple-power-bi-shares')
const sharing = await loadGuide('suspicious-power-bi-sharing')

describe('content/alerts/multiple-power-bi-shares', () => {
  it('closes on a business reason, never on the log alone', () => {
    const log = { audience: 'inside', origin: 'usual', reports: 'fitting', signs: 'none' }
    assert.deepEqual(found(shares, { ...log, word: 'yes' }).allowed, ['fp-business-reason'])
    assert.deepEqual(found(shares, { ...log, word: 'unknown' }).allowed, [])
    assert.deepEqual(actionsOf(shares, 'fp-business-reason'), ['close-alert'])
  })

  it('takes shares back first, and saves the account when it is confirmed as compromised', () => {
    assert.deepEqual(found(shares, { audience: 'inside', word: 'no' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(shares, 'tp').slice(0, 4), [
      'remove-share',
      'suspend-user?',
      'mark-compromised?',
      'reset-password?',
    ])
  })

  it('doubts a reason given for a session that nobody accounts for', () => {
    const doubted = { audience: 'inside', word: 'yes', origin: 'foreign', reports: 'fitting', signs: 'none' }
    assert.deepEqual(found(shares, doubted).contradicted, ['fp-business-reason'])
  })

  it('decides on session and audience when nobody answers', () => {
    assert.deepEqual(found(shares, { audience: 'outside', word: 'unknown', origin: 'foreign' }).allowed, ['tp'])
  })
})

describe('content/alerts/suspicious-power-bi-sharing', () => {
  it('settles a domain of ours that the detection does not know', () => {
    const own = { audience: 'own', content: 'cleared', word: 'unknown', origin: 'usual', signs: 'none' }
    assert.deepEqual(found(sharing, own).allowed, ['fp-own-domain'])
    assert.deepEqual(found(sharing, { ...own, word: 'no' }).allowed, ['tp'])
  })

  it('settles a report that was guessed to be sensitive and is not', () => {
    const harmless = { audience: 'public', content: 'harmless', word: 'unknown', origin: 'usual', signs: 'none' }
    assert.deepEqual(found(sharing, harmless).allowed, ['fp-not-sensitive'])
    assert.deepEqual(found(sharing, { ...harmless, origin: 'unknown' }).allowed, [])
  })

  it('takes a slip back before it is closed', () => {
    const slip = { audience: 'public', content: 'secret', word: 'error', origin: 'usual', signs: 'none' }
    assert.deepEqual(found(sharing, slip).allowed, ['btp-against-rules'])
    assert.equal(actionsOf(sharing, 'btp-against-rules')[0], 'remove-share')
  })

  it('doubts a business reason when nobody agreed to show a sensitive report', () => {
    const reason = { audience: 'partner', content: 'secret', word: 'yes', origin: 'usual', signs: 'none' }
    assert.deepEqual(found(sharing, reason).contradicted, ['fp-business-reason'])
    assert.deepEqual(found(sharing, { ...reason, content: 'cleared' }).allowed, ['fp-business-reason'])
  })

  it('has no learning period', () => {
    assert.equal(sharing.learning, null)
  })
})
