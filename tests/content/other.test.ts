import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { found } from './scenario.js'

const guide = await loadGuide('other')

describe('content/alerts/other', () => {
  it('is for any product and claims no key or title', () => {
    assert.equal(guide.family, 'any')
    assert.deepEqual(guide.matches, { keys: [], titles: [] })
  })

  it('settles a wrong detection at once', () => {
    assert.deepEqual(found(guide, { event: 'no' }).allowed, ['fp-wrong-detection'])
  })

  it('settles an approved task, unless something else is wrong', () => {
    assert.deepEqual(found(guide, { event: 'yes', authorised: 'yes', signs: 'none' }).allowed, ['btp-authorised'])
    assert.deepEqual(found(guide, { event: 'yes', authorised: 'yes', signs: 'found' }).contradicted, ['btp-authorised'])
  })

  it('takes a denial for malicious', () => {
    const outcome = found(guide, { event: 'yes', authorised: 'no', traces: 'usual', signs: 'none', word: 'denied' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('takes odd traces together with other signs for malicious when nobody answers', () => {
    const outcome = found(guide, { event: 'yes', authorised: 'no', traces: 'odd', signs: 'found', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('takes the user’s word when nothing speaks against it', () => {
    const word = { event: 'yes', authorised: 'no', traces: 'usual', signs: 'none', word: 'theirs' }
    assert.deepEqual(found(guide, word).allowed, ['fp-ordinary'])
    assert.deepEqual(found(guide, { ...word, traces: 'odd' }).contradicted, ['fp-ordinary'])
    assert.deepEqual(found(guide, { ...word, traces: 'odd', signs: 'found' }).contradicted, ['tp', 'fp-ordinary'])
  })

  it('stays undetermined without a word, a record or a sign', () => {
    const outcome = found(guide, { event: 'yes', authorised: 'no', traces: 'usual', signs: 'none', word: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
  })
})
