import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('oauth-app-credential-addition')

describe('content/alerts/oauth-app-credential-addition', () => {
  it("is Winnow's own guidance, and knows that learning means more alerts", () => {
    assert.equal(guide.guidance, 'winnow')
    assert.equal(guide.learning?.effect, 'noisy')
  })

  it('settles a renewal by ticket', () => {
    const outcome = found(guide, { record: 'yes', actor: 'usual', use: 'usual', word: 'unknown' })
    assert.ok(outcome.allowed.includes('fp-renewal'))
    assert.deepEqual(outcome.contradicted, [])
  })

  it('settles a renewal of the pipeline by the logs alone, which the learning period brings', () => {
    const logs = { record: 'no', actor: 'usual', credential: 'alike', session: 'usual', use: 'usual' }
    assert.deepEqual(found(guide, { ...logs, word: 'unknown' }).allowed, ['fp-renewal'])
  })

  it('closes an unusual addition that is approved', () => {
    const outcome = found(guide, { record: 'yes', actor: 'other', use: 'none', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['btp-authorised'])
  })

  it('takes a credential away that nobody entitled added', () => {
    const outcome = found(guide, {
      record: 'no',
      actor: 'other',
      credential: 'odd',
      session: 'odd',
      use: 'none',
      word: 'denied',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 3), [
      'rotate-sp-credentials',
      'disable-service-principal?',
      'suspend-user?',
    ])
  })

  it('does not let a ticket outweigh the person it names', () => {
    const outcome = found(guide, { record: 'yes', actor: 'usual', use: 'none', word: 'denied' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('lets one act on use from elsewhere before anybody is reached', () => {
    const outcome = found(guide, {
      record: 'no',
      actor: 'usual',
      credential: 'alike',
      session: 'usual',
      use: 'foreign',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('stays undetermined while an unusual addition is unused and nobody answers', () => {
    const outcome = found(guide, {
      record: 'no',
      actor: 'other',
      credential: 'alike',
      session: 'usual',
      use: 'none',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, [])
    assert.equal(actionsOf(guide, 'undetermined')[0], 'contact-owner')
  })

  it('settles a booked test at once, and has its credential removed', () => {
    const outcome = found(guide, { record: 'test' })
    assert.deepEqual(outcome, { allowed: ['btp-authorised-test'], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(guide, 'btp-authorised-test'), ['rotate-sp-credentials', 'close-alert'])
  })
})
