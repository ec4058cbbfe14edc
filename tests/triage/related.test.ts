import assert from 'node:assert/strict'
import { bondKeys, bondOf } from '../../triage/related.js'
import { anAlert } from '../support/cast.js'

describe('triage/related', () => {
  it('knows an alert by its people, addresses, apps and resources, in lower case and each once', () => {
    const keys = bondKeys(anAlert({ resources: ['VM-1', 'vm-1', ''] }))
    assert.deepEqual(keys, [
      'kim@contoso.example',
      'address 192.0.2.10',
      'address 198.51.100.7',
      'app exchange online',
      'resource vm-1',
    ])
    assert.deepEqual(keys.map(bondOf), ['person', 'address', 'address', 'app', 'resource'])
  })

  it('takes the first few of what an alert names by the hundred', () => {
    const many = Array.from({ length: 300 }, (_, at) => `r${at}`)
    const people = many.map((upn) => ({ upn, objectId: null, name: null }))
    assert.equal(bondKeys(anAlert({ people, addresses: [], apps: many, resources: many })).length, 40)
  })
})
