import assert from 'node:assert/strict'
import { languageOf, say } from '../../triage/phrases.js'

describe('triage/phrases', () => {
  it('say in which language they are: English unless they tell', () => {
    assert.equal(languageOf({ language: 'nl' }), 'nl')
    assert.equal(languageOf({}), 'en')
  })

  it('are filled in where a placeholder is named, as often as it is named, and nowhere else', () => {
    const phrases = { page: '{who} and {who} of {on-call}: {else}, { }, {2}' }
    const details = { who: 'Ada', 'on-call': 'SOC', more: 'x' }
    assert.equal(say(phrases, 'page', details), 'Ada and Ada of SOC: {else}, { }, {2}')
    assert.equal(say(phrases, 'page'), phrases.page)
  })

  it('take nothing from what every object has, and nothing twice', () => {
    assert.equal(say({ one: '{toString}' }, 'one', {}), '{toString}')
    assert.equal(say({ one: '{a}{b}' }, 'one', { a: '{b}', b: '$&' }), '{b}$&')
  })

  it('show as their key when they are not there', () => {
    assert.equal(say({}, 'no.such-phrase', { who: 'Ada' }), 'no.such-phrase')
  })
})
