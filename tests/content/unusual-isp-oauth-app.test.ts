import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('unusual-isp-oauth-app')

describe('content/alerts/unusual-isp-oauth-app', () => {
  it('has the verdicts of the source, and marks its own', () => {
    assert.deepEqual(
      guide.verdicts.filter(({ means }) => !means.includes("Winnow's addition")).map(({ id }) => id),
      ['tp', 'fp-genuine-app', 'undetermined'],
    )
    assert.equal(guide.learning?.effect, 'unstated')
  })

  it('settles a provider that the vendor publishes without a call', () => {
    const outcome = found(guide, { network: 'vendor', deeds: 'usual', secrets: 'none' })
    assert.deepEqual(outcome, { allowed: ['fp-genuine-app'], contradicted: [], open: [], next: null })
  })

  it('revokes the tokens when the vendor disowns the provider', () => {
    const outcome = found(guide, { network: 'cloud', deeds: 'usual', secrets: 'none', word: 'denied' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 2), ['revoke-oauth-tokens', 'rotate-sp-credentials'])
  })

  it('takes a provider that is none of the app for foreign, though nobody answers', () => {
    const outcome = found(guide, { network: 'foreign', deeds: 'usual', secrets: 'none', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('stays undetermined in a cloud where anybody can rent', () => {
    const outcome = found(guide, { network: 'cloud', deeds: 'usual', secrets: 'none', word: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
  })

  it('closes the work of a developer, unless credentials are new or the deeds odd', () => {
    const work = { network: 'foreign', deeds: 'usual', secrets: 'none', word: 'developer' }
    assert.deepEqual(found(guide, work).allowed, ['btp-developer'])
    assert.deepEqual(found(guide, { ...work, secrets: 'new' }).allowed, [])
    assert.deepEqual(found(guide, { ...work, deeds: 'harmful' }).allowed, [])
  })

  it('knows that a credential was added before', () => {
    assert.equal(guide.follows[0]?.after, 'oauth-app-credential-addition')
  })
})
