import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('investigation-priority-increase')

describe('content/alerts/investigation-priority-increase', () => {
  it('closes the benign true positive too', () => {
    assert.equal(guide.preview, true)
    assert.deepEqual(actionsOf(guide, 'btp-unusual-no-breach'), [
      'close-alert',
      'review-activity',
      'document-exception?',
    ])
  })

  it('tells more of the ordinary from what is far from it', () => {
    const busy = { drivers: 'activities', origin: 'usual', word: 'yes' }
    assert.deepEqual(found(guide, { ...busy, deeds: 'ordinary' }).allowed, ['fp-unusual-behavior'])
    assert.deepEqual(found(guide, { ...busy, deeds: 'apart' }).allowed, ['btp-unusual-no-breach'])
  })

  it('finds a breach unlikely without a call only when nothing points to one', () => {
    const quiet = { drivers: 'activities', deeds: 'apart', origin: 'usual', word: 'unknown' }
    assert.deepEqual(found(guide, quiet).allowed, ['btp-unusual-no-breach'])
    for (const change of [{ drivers: 'threat' }, { deeds: 'unknown' }, { origin: 'unknown' }]) {
      assert.deepEqual(found(guide, { ...quiet, ...change }).allowed, [], JSON.stringify(change))
    }
    assert.deepEqual(found(guide, { ...quiet, word: 'no' }).allowed, ['tp'])
  })

  it('lets one act on what an intruder does, and on true alerts from a foreign place', () => {
    assert.deepEqual(found(guide, { drivers: 'activities', deeds: 'harmful' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { drivers: 'threat', deeds: 'apart', origin: 'foreign' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('lets the manager tell of a new role', () => {
    assert.deepEqual(
      guide.checks.filter(({ manager }) => manager !== null).map(({ id }) => id),
      ['word'],
    )
  })
})
