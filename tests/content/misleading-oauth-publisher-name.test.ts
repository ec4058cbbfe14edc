import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('misleading-oauth-publisher-name')

describe('content/alerts/misleading-oauth-publisher-name', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'fp-legitimate-publisher', 'undetermined'],
    )
  })

  it('speaks of the publisher, not of the app name', () => {
    assert.equal(guide.checks[0]?.id, 'publisher')
    assert.match(guide.about, /publisher/)
  })

  it('takes a publisher that the real firm disowns for malicious, whoever vouches here', () => {
    for (const vouched of ['yes', 'lure', 'no', 'unknown']) {
      assert.deepEqual(found(guide, { publisher: 'fake', letters: 'imitates', vouched }).allowed.includes('tp'), true)
    }
  })

  it('closes a firm that confirms its app', () => {
    const outcome = found(guide, { publisher: 'confirmed', vouched: 'no', deeds: 'usual' })
    assert.deepEqual(outcome.allowed, ['fp-legitimate-publisher'])
    assert.deepEqual(actionsOf(guide, 'fp-legitimate-publisher'), ['close-alert', 'document-exception?'])
  })

  it('does not trust a verified badge alone', () => {
    const badge = { publisher: 'likely', letters: 'imitates', vouched: 'no' }
    assert.deepEqual(found(guide, { ...badge, standing: 'poor', deeds: 'usual' }).allowed, ['tp'])
    const good = { ...badge, standing: 'good', deeds: 'usual' }
    assert.deepEqual(found(guide, { ...good, reach: 'fits' }).allowed, ['fp-legitimate-publisher'])
    assert.deepEqual(found(guide, { ...good, reach: 'excessive' }).allowed, [])
  })

  it('lets what the app does outweigh its publisher', () => {
    const outcome = found(guide, { publisher: 'confirmed', vouched: 'no', deeds: 'harmful' })
    assert.deepEqual(outcome.allowed, [])
    assert.deepEqual(outcome.contradicted, ['tp', 'fp-legitimate-publisher'])
  })
})
