import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guide = await loadGuide('ARM_PrivilegedRoleDefinitionCreation')

describe('content/alerts/ARM_PrivilegedRoleDefinitionCreation', () => {
  const role = { rights: 'total', record: 'none', holders: 'nobody' }
  const night = { approver: 'unknown', word: 'unknown' }

  it('is of the lowest severity in the source, and says that a role by itself opens nothing', () => {
    assert.equal(guide.severity, 'informational')
    assert.match(guide.about, /by itself opens nothing/)
  })

  it('takes a denied role for one stored by an intruder, and removes assignments before the role', () => {
    const outcome = found(guide, { ...role, 'sign-in': 'usual', approver: 'no', word: 'no' })
    assert.deepEqual(outcome, { allowed: ['tp'], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(guide, 'tp').slice(0, 3), [
      'suspend-user',
      'remove-role-assignment?',
      'remove-role-definition',
    ])
  })

  it('lets one act at night on total rights defined from a new device', () => {
    assert.deepEqual(found(guide, { ...role, ...night, 'sign-in': 'new' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { ...role, ...night, 'sign-in': 'usual' }).allowed, [])
    assert.deepEqual(found(guide, { ...role, ...night, record: 'unknown', 'sign-in': 'new' }).allowed, [])
  })

  it('settles a role from the pipeline, once nothing odd came of it', () => {
    const outcome = found(guide, {
      rights: 'strong',
      record: 'change',
      holders: 'fitting',
      'sign-in': 'usual',
      approver: 'unknown',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['btp-authorised-role'])
  })

  it('does not let a ticket excuse a role that was used for harm', () => {
    const outcome = found(guide, { ...role, ...night, record: 'change', holders: 'harmful', 'sign-in': 'usual' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-authorised-role']])
  })

  it('takes the word of those who look after roles, not only that of the creator', () => {
    const own = { ...role, holders: 'odd', 'sign-in': 'usual', word: 'yes' }
    assert.deepEqual(found(guide, { ...own, approver: 'yes' }).allowed, ['btp-authorised-role'])
    assert.deepEqual(found(guide, { ...own, approver: 'unknown' }).allowed, [])
    assert.deepEqual(found(guide, { ...own, approver: 'no' }).contradicted, ['btp-not-approved'])
  })

  it('accepts the creator’s word for a role that nobody holds when nobody else is reached', () => {
    const said = { ...role, ...night, 'sign-in': 'usual', word: 'yes' }
    assert.deepEqual(found(guide, said).allowed, ['btp-authorised-role'])
    assert.deepEqual(found(guide, { ...said, 'sign-in': 'new' }).allowed, [])
    assert.deepEqual(found(guide, { ...said, 'sign-in': 'new', rights: 'strong' }).allowed, ['btp-authorised-role'])
  })

  it('closes a well-meant role only after it is gone or smaller', () => {
    const outcome = found(guide, { ...role, 'sign-in': 'usual', approver: 'no', word: 'yes' })
    assert.deepEqual(outcome.allowed, ['btp-not-approved'])
    const actions = actionsOf(guide, 'btp-not-approved')
    assert.ok(actions.indexOf('remove-role-definition') < actions.indexOf('close-alert'))
  })

  it('takes a strong role that no work needs for that of an insider', () => {
    const outcome = found(guide, { ...role, 'sign-in': 'usual', approver: 'no', word: 'reasonless' })
    assert.deepEqual(outcome.allowed, ['tp-insider'])
    assert.equal(actionsOf(guide, 'tp-insider')[0], 'escalate')
  })

  it('calls a narrow role a false positive, unless the session is stolen', () => {
    const narrow = { rights: 'narrow', record: 'none', holders: 'nobody', ...night }
    assert.deepEqual(found(guide, { ...narrow, 'sign-in': 'usual' }).allowed, ['fp-not-privileged'])
    assert.deepEqual(found(guide, { ...narrow, 'sign-in': 'stolen' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { ...narrow, 'sign-in': 'unknown' }).allowed, [])
  })

  it('settles the role of a product being set up by the word of its desk', () => {
    const outcome = found(guide, {
      ...role,
      record: 'provider',
      holders: 'fitting',
      'sign-in': 'usual',
      ...night,
    })
    assert.deepEqual(outcome.allowed, ['btp-delegated-admin'])
    assert.ok(found(guide, { ...role, record: 'provider', holders: 'odd', ...night }).allowed.length === 0)
  })

  it('settles a booked test with two answers', () => {
    const outcome = found(guide, { rights: 'total', record: 'test' })
    assert.deepEqual([outcome.allowed, outcome.next], [['btp-authorised-test'], null])
    assert.deepEqual(actionsOf(guide, 'btp-authorised-test'), ['remove-role-definition', 'close-alert'])
  })

  it('lets the manager say whether defining roles was the task', () => {
    assert.match(guide.checks.find(({ id }) => id === 'approver')?.manager?.ask ?? '', /task of defining roles/)
  })
})
