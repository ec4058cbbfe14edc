import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('unusual-impersonated-activity')

describe('content/alerts/unusual-impersonated-activity', () => {
  it('settles an app such as Teams after a review, without a call', () => {
    const app = { actor: 'app', deeds: 'usual', rights: 'granted', word: 'unknown', origin: 'usual' }
    assert.deepEqual(found(guide, app).allowed, ['fp-app-impersonation'])
    assert.deepEqual(found(guide, { ...app, word: 'no' }).allowed, ['fp-app-impersonation'])
    assert.deepEqual(actionsOf(guide, 'fp-app-impersonation'), ['review-activity', 'close-alert?'])
  })

  it('does not take an allowed app for harmless when it does harm', () => {
    assert.deepEqual(found(guide, { actor: 'app', deeds: 'harmful' }), {
      allowed: ['tp'],
      contradicted: ['fp-app-impersonation'],
      open: ['fp-unusual-behavior', 'btp-authorised'],
      next: 'rights',
    })
  })

  it('needs delegate and owner to agree for unusual behaviour', () => {
    const cover = { actor: 'person', deeds: 'usual', rights: 'granted', word: 'yes', origin: 'usual' }
    assert.deepEqual(found(guide, cover).allowed, ['fp-unusual-behavior'])
    assert.deepEqual(found(guide, { ...cover, word: 'unreasoned' }).allowed, ['tp-own-user'])
    assert.deepEqual(found(guide, { ...cover, word: 'unknown' }).allowed, [])
    assert.deepEqual(found(guide, { ...cover, rights: 'odd' }).contradicted, ['fp-unusual-behavior'])
  })

  it('takes lures sent in another’s name for a stolen account', () => {
    assert.deepEqual(found(guide, { actor: 'person', deeds: 'harmful' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('settles a booked phishing exercise', () => {
    const exercise = { actor: 'foreign', deeds: 'explained', rights: 'granted', word: 'approved', origin: 'new' }
    assert.deepEqual(found(guide, exercise).allowed, ['btp-authorised'])
  })
})
