import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const azurite = await loadGuide('ARM_Azurite')

describe('content/alerts/ARM_Azurite', () => {
  it('settles a booked test with one question', () => {
    assert.deepEqual(found(azurite, { test: 'yes' }), {
      allowed: ['btp-authorised-test'],
      contradicted: [],
      open: [],
      next: null,
    })
  })

  it('takes mapping with an odd sign-in, or followed by harm, for an intruder', () => {
    assert.deepEqual(found(azurite, { test: 'no', tool: 'toolkit', 'sign-in': 'odd' }).allowed, ['tp'])
    assert.deepEqual(found(azurite, { test: 'no', tool: 'unknown', 'sign-in': 'usual', after: 'harmful' }).allowed, [
      'tp',
    ])
    assert.deepEqual(actionsOf(azurite, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('settles a scanner of ours, unless its credential is misused', () => {
    const scanner = { test: 'no', tool: 'ours', 'sign-in': 'usual', after: 'reads' }
    assert.deepEqual(found(azurite, scanner).allowed, ['fp-own-scanner'])
    assert.deepEqual(found(azurite, { ...scanner, 'sign-in': 'odd' }).contradicted, ['fp-own-scanner'])
    assert.deepEqual(found(azurite, { ...scanner, word: 'denied' }).allowed, ['tp'])
  })

  it('settles a curious administrator who harmed nothing', () => {
    const curious = { test: 'no', tool: 'toolkit', 'sign-in': 'usual', after: 'reads', word: 'alone' }
    assert.deepEqual(found(azurite, curious).allowed, ['btp-own-staff'])
    assert.deepEqual(found(azurite, { ...curious, after: 'harmful' }).contradicted, ['tp', 'btp-own-staff'])
    assert.deepEqual(found(azurite, { ...curious, word: 'unknown' }).allowed, [])
  })
})
