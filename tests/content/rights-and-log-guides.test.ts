import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const trail = await loadGuide('suspicious-cloudtrail-change')
const admin = await loadGuide('unusual-admin-activity')

describe('content/alerts/suspicious-cloudtrail-change', () => {
  it('settles a trail rebuilt by a pipeline', () => {
    const outcome = found(trail, { record: 'yes', change: 'off', deeds: 'usual', session: 'usual' })
    assert.deepEqual(outcome.allowed, ['fp-legitimate-change'])
  })

  it('lets one act on keys made in the dark, before anybody was called', () => {
    assert.deepEqual(found(trail, { record: 'no', change: 'off', deeds: 'harmful' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(trail, 'tp').slice(0, 4), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'revert-change',
    ])
  })

  it('takes the user’s word alone only when nothing is left unlogged', () => {
    const alone = { record: 'no', deeds: 'usual', session: 'usual', word: 'claimed' }
    assert.deepEqual(found(trail, { ...alone, change: 'kept' }).allowed, ['fp-legitimate-change'])
    for (const change of ['off', 'narrowed', 'unknown']) {
      assert.deepEqual(found(trail, { ...alone, change }).allowed, [], change)
    }
    assert.deepEqual(found(trail, { ...alone, change: 'off', word: 'yes' }).allowed, ['fp-legitimate-change'])
  })

  it('shows the contradiction when a record covers it and harm was done', () => {
    const outcome = found(trail, { record: 'yes', deeds: 'harmful', session: 'usual', word: 'unknown' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'fp-legitimate-change']])
  })

  it('knows thrift, misuse and a booked test', () => {
    const known = { record: 'no', change: 'off', deeds: 'usual', session: 'usual' }
    assert.deepEqual(found(trail, { ...known, word: 'mistake' }).allowed, ['btp-mistake'])
    assert.deepEqual(found(trail, { ...known, word: 'own' }).allowed, ['tp-insider'])
    assert.deepEqual(found(trail, { record: 'tester' }).allowed, ['btp-authorised-test'])
  })

  it('switches the log on again while it is undetermined, and lets the manager vouch', () => {
    assert.deepEqual(found(trail, { record: 'no', change: 'off', deeds: 'usual', session: 'usual' }).allowed, [])
    assert.ok(actionsOf(trail, 'undetermined').includes('reenable-logging?'))
    assert.equal(trail.checks.find(({ manager }) => manager !== null)?.id, 'word')
    assert.ok(trail.tuning.some(({ id }) => id === 'automation-playbook'))
  })
})

describe('content/alerts/unusual-admin-activity', () => {
  it('settles a roll-out on record, be it more work or other work', () => {
    for (const work of ['routine', 'sensitive', 'foothold', 'unknown']) {
      const outcome = found(admin, { record: 'yes', rights: 'held', work, session: 'usual' })
      assert.deepEqual(outcome.allowed, ['fp-legitimate-admin'], work)
    }
  })

  it('stops an intruder who digs in from a strange session or with strange rights', () => {
    assert.deepEqual(found(admin, { record: 'no', rights: 'held', work: 'foothold', session: 'odd' }).allowed, ['tp'])
    assert.deepEqual(found(admin, { record: 'no', rights: 'strange', work: 'sensitive' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(admin, 'tp').slice(0, 3), ['suspend-user', 'mark-compromised', 'reset-password'])
  })

  it('takes a denial for a stolen account even in a usual session', () => {
    const outcome = found(admin, { record: 'no', rights: 'held', work: 'routine', session: 'usual', word: 'no' })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('settles an administrator in an emergency by lead or requester, and routine by their own word', () => {
    const night = { record: 'no', rights: 'held', session: 'usual' }
    assert.deepEqual(found(admin, { ...night, work: 'sensitive', word: 'yes' }).allowed, ['fp-legitimate-admin'])
    assert.deepEqual(found(admin, { ...night, work: 'routine', word: 'claimed' }).allowed, ['fp-legitimate-admin'])
    assert.deepEqual(found(admin, { ...night, work: 'foothold', word: 'claimed' }).contradicted, [
      'fp-legitimate-admin',
    ])
  })

  it('never calls the log’s account name a legitimate administrator', () => {
    const outcome = found(admin, { record: 'no', rights: 'held', work: 'routine', session: 'usual', word: 'unknown' })
    assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
  })

  it('knows its combinations and its other title', () => {
    const before = admin.follows.map(({ after }) => after)
    assert.ok(before.includes('suspicious-inbox-forwarding') && before.includes('impossible-travel'))
    assert.deepEqual(admin.matches.titles, ['Suspicious administrative activity'])
  })
})
