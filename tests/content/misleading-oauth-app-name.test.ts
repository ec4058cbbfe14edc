import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('misleading-oauth-app-name')

describe('content/alerts/misleading-oauth-app-name', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'fp-business-use', 'undetermined'],
    )
  })

  it('bans an imitation that nobody vouches for, after a review', () => {
    const outcome = found(guide, { vouched: 'lure', letters: 'imitates', publisher: 'stranger' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp'), [
      'review-permissions',
      'ban-oauth-app?',
      'revoke-oauth-tokens?',
      'reset-password?',
      'remove-inbox-rule?',
      'notify-app-users?',
    ])
  })

  it('closes an odd name with a business use on record', () => {
    const outcome = found(guide, { vouched: 'yes', publisher: 'real', deeds: 'usual' })
    assert.deepEqual(outcome, { allowed: ['fp-business-use'], contradicted: [], open: [], next: null })
  })

  it('does not let a business owner outweigh a stranger, or bulk reading', () => {
    assert.deepEqual(found(guide, { vouched: 'yes', publisher: 'stranger', deeds: 'usual' }).allowed, [])
    assert.deepEqual(found(guide, { vouched: 'yes', publisher: 'real', deeds: 'harmful' }).allowed, [])
    assert.deepEqual(found(guide, { vouched: 'yes', publisher: 'real', deeds: 'harmful' }).contradicted, [
      'tp',
      'fp-business-use',
    ])
  })

  it('closes an honest name in another script', () => {
    const outcome = found(guide, { vouched: 'no', letters: 'honest', publisher: 'stranger', deeds: 'usual' })
    assert.equal(outcome.next, 'reach')
    const answers = { vouched: 'no', letters: 'honest', publisher: 'stranger', deeds: 'usual' }
    assert.deepEqual(found(guide, { ...answers, reach: 'fits' }).allowed, ['fp-honest-name'])
    assert.deepEqual(found(guide, { ...answers, reach: 'excessive' }).allowed, ['tp'])
  })

  it('closes a booked phishing exercise', () => {
    assert.deepEqual(found(guide, { vouched: 'exercise', deeds: 'usual' }).allowed, ['btp-exercise'])
  })

  it('decides at night on a stranger who imitates, and waits with a known firm', () => {
    const night = { vouched: 'unknown', letters: 'imitates' }
    assert.deepEqual(found(guide, { ...night, publisher: 'stranger' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { ...night, publisher: 'real', deeds: 'usual', reach: 'fits' }).allowed, [])
  })
})
