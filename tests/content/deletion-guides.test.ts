import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const storage = await loadGuide('multiple-storage-deletions')
const machines = await loadGuide('multiple-vm-deletions')

describe('content/alerts/multiple-storage-deletions', () => {
  it('settles a clean-up on record without a call when the session is the usual one', () => {
    const outcome = found(storage, { record: 'yes', session: 'usual' })
    assert.deepEqual(outcome.allowed, ['fp-authorised-admin'])
    assert.deepEqual(actionsOf(storage, 'fp-authorised-admin'), ['close-alert', 'contact-owner?'])
  })

  it('lets one act on purged backups that no record covers, before anybody was called', () => {
    assert.deepEqual(found(storage, { record: 'no', deleted: 'protection' }).allowed, ['tp'])
  })

  it('harmonises the actions of a true positive: suspended and marked as compromised', () => {
    assert.deepEqual(actionsOf(storage, 'tp'), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'rotate-keys?',
      'scan-devices',
      'review-activity',
      'restore-resources?',
    ])
  })

  it('takes a denied deletion for unauthorised, however usual the session looks', () => {
    for (const deleted of ['disposable', 'live', 'protection', 'unknown']) {
      const outcome = found(storage, { record: 'no', deleted, session: 'usual', word: 'no' })
      assert.deepEqual(outcome.allowed, ['tp'], deleted)
    }
  })

  it('settles an administrator at night without a ticket once the owner stands by it', () => {
    const outcome = found(storage, { record: 'no', deleted: 'live', session: 'explained', word: 'yes' })
    assert.deepEqual(outcome, { allowed: ['fp-authorised-admin'], contradicted: [], open: [], next: null })
  })

  it('takes the user’s word alone for test storage only', () => {
    const alone = { record: 'no', session: 'usual', word: 'claimed' }
    assert.deepEqual(found(storage, { ...alone, deleted: 'disposable' }).allowed, ['fp-authorised-admin'])
    for (const deleted of ['live', 'unknown']) {
      const outcome = found(storage, { ...alone, deleted })
      assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['fp-authorised-admin']], deleted)
    }
  })

  it('needs no owner when a record covers it', () => {
    const outcome = found(storage, { record: 'yes', deleted: 'live', session: 'usual', word: 'claimed' })
    assert.deepEqual(outcome.allowed, ['fp-authorised-admin'])
  })

  it('tells a mistake and misuse apart', () => {
    const known = { record: 'no', deleted: 'live', session: 'usual' }
    assert.deepEqual(found(storage, { ...known, word: 'mistake' }).allowed, ['btp-mistake'])
    assert.deepEqual(found(storage, { ...known, word: 'own' }).allowed, ['tp-insider'])
    assert.ok(!found(storage, { ...known, deleted: 'protection', word: 'own' }).allowed.includes('fp-authorised-admin'))
  })

  it('stays undetermined when nobody answers and the session looks usual', () => {
    const outcome = found(storage, { record: 'no', deleted: 'live', session: 'usual', word: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
    assert.ok(actionsOf(storage, 'undetermined').includes('suspend-user?'))
  })

  it('settles a booked drill with one answer', () => {
    assert.deepEqual(found(storage, { record: 'tester' }), {
      allowed: ['btp-authorised-test'],
      contradicted: [],
      open: [],
      next: null,
    })
  })
})

describe('content/alerts/multiple-vm-deletions', () => {
  it('calls an autoscaling run or an authorised administrator a benign true positive', () => {
    const platform = { record: 'yes', deleted: 'disposable', session: 'usual' }
    assert.deepEqual(found(machines, platform).allowed, ['btp-authorised-admin'])
    const admin = { record: 'unknown', deleted: 'live', session: 'usual', word: 'yes' }
    assert.deepEqual(found(machines, admin).allowed, ['btp-authorised-admin'])
    assert.deepEqual(actionsOf(machines, 'btp-authorised-admin'), ['close-alert', 'contact-owner?'])
  })

  it('stops an intruder who tears the environment down', () => {
    const intruder = { record: 'no', deleted: 'live', session: 'odd' }
    assert.deepEqual(found(machines, intruder).allowed, ['tp'])
    assert.deepEqual(found(machines, { ...intruder, word: 'unknown' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(machines, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('shows the contradiction when a record exists and the user denies', () => {
    const outcome = found(machines, { record: 'yes', deleted: 'live', session: 'usual', word: 'no' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-authorised-admin']])
  })

  it('is wrong about machines that still stand, when the work is known', () => {
    const known = { record: 'no', deleted: 'none', session: 'usual' }
    assert.deepEqual(found(machines, { ...known, word: 'claimed' }).allowed, ['fp-none-deleted'])
    assert.deepEqual(found(machines, { ...known, word: 'unknown' }).allowed, [])
    assert.deepEqual(found(machines, { ...known, word: 'no' }).allowed, ['tp'])
  })

  it('knows what came before', () => {
    assert.deepEqual(
      machines.follows.map(({ after }) => after),
      ['impossible-travel', 'activity-from-anonymous-ip', 'activity-from-infrequent-country'],
    )
  })
})
