import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const region = await loadGuide('suspicious-cloud-region-creation')

describe('content/alerts/suspicious-cloud-region-creation', () => {
  it('takes machines in a barred region from an odd session for an intruder’s', () => {
    assert.deepEqual(found(region, { record: 'no', region: 'barred', created: 'unknown', session: 'odd' }).allowed, [
      'tp',
    ])
    const dark = { record: 'no', region: 'barred', created: 'odd', session: 'unknown', word: 'unknown' }
    assert.deepEqual(found(region, dark).allowed, ['tp'])
    assert.ok(actionsOf(region, 'tp').includes('mark-compromised'))
    assert.equal(actionsOf(region, 'tp').at(-1), 'remove-resources')
  })

  it('settles a planned new region', () => {
    const plan = { record: 'yes', region: 'allowed', created: 'fitting', session: 'usual' }
    assert.deepEqual(found(region, plan).allowed, ['btp-authorised-admin'])
    const word = { ...plan, record: 'no', region: 'barred', created: 'odd', word: 'yes' }
    assert.deepEqual(found(region, word).allowed, ['btp-authorised-admin'])
  })

  it('offers a false positive for a region in regular use only', () => {
    const outcome = found(region, { record: 'no', region: 'used', created: 'fitting', session: 'usual', word: 'yes' })
    assert.ok(outcome.allowed.includes('fp-used-region'))
    const unknown = { record: 'no', region: 'used', created: 'fitting', session: 'usual', word: 'unknown' }
    assert.deepEqual(found(region, unknown).allowed, [])
  })

  it('settles a wrong region in a template, and a denial', () => {
    const known = { record: 'no', region: 'barred', created: 'fitting', session: 'usual' }
    assert.deepEqual(found(region, { ...known, word: 'mistake' }).allowed, ['btp-slip'])
    assert.deepEqual(found(region, { ...known, word: 'no' }).allowed, ['tp'])
  })

  it('is known under its new title, and is a preview', () => {
    assert.deepEqual(region.matches.titles, ['Unusual region for cloud resource'])
    assert.equal(region.preview, true)
  })
})
