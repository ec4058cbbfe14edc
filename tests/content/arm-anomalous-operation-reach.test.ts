import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const initialAccess = await loadGuide('ARM_AnomalousOperation.InitialAccess')
const execution = await loadGuide('ARM_AnomalousOperation.Execution')
const lateralMovement = await loadGuide('ARM_AnomalousOperation.LateralMovement')

describe('content/alerts/ARM_AnomalousOperation.InitialAccess', () => {
  it('takes a door that a long unused account opens to the world for an intrusion', () => {
    const outcome = found(initialAccess, {
      door: 'world',
      record: 'none',
      entered: 'nobody',
      job: 'no',
      'sign-in': 'new',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(initialAccess, 'tp').slice(0, 2), ['suspend-user', 'revert-change'])
  })

  it('takes a strange session through the door for an intrusion before anybody was called', () => {
    assert.deepEqual(
      found(initialAccess, { door: 'account', record: 'none', entered: 'foreign', word: 'unknown' }).allowed,
      ['tp'],
    )
  })

  it('takes a person talked into it for a malicious case, whatever the record says', () => {
    for (const record of ['change', 'provider', 'none', 'unknown']) {
      const outcome = found(initialAccess, {
        door: 'world',
        record,
        entered: 'nobody',
        job: 'yes',
        'sign-in': 'usual',
        word: 'tricked',
      })
      assert.deepEqual(outcome.allowed, ['tp-tricked'], record)
    }
  })

  it('settles a new colleague who lets in the office', () => {
    const outcome = found(initialAccess, {
      door: 'ours',
      record: 'none',
      entered: 'ours',
      job: 'yes',
      'sign-in': 'new',
      word: 'yes',
    })
    assert.deepEqual(outcome.allowed, ['fp-own-door'])
  })

  it('settles an administrator at night who resets a password as usual, but not a rule for the world', () => {
    const night = { record: 'none', entered: 'ours', job: 'yes', 'sign-in': 'usual', word: 'unknown' }
    assert.deepEqual(found(initialAccess, { door: 'account', ...night }).allowed, ['btp-authorised-admin'])
    assert.deepEqual(found(initialAccess, { door: 'world', ...night }).allowed, [])
  })

  it('shuts the door when nothing is settled', () => {
    assert.equal(actionsOf(initialAccess, 'undetermined')[0], 'revert-change')
  })
})

describe('content/alerts/ARM_AnomalousOperation.Execution', () => {
  it('takes hidden code without a record for an intrusion, from the usual device too', () => {
    const outcome = found(execution, {
      code: 'harmful',
      record: 'none',
      machine: 'clean',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(execution, 'tp').slice(0, 2), ['suspend-user', 'isolate-vm?'])
  })

  it('does not let a ticket or a word hide harmful code', () => {
    const ran = { code: 'harmful', machine: 'unknown', 'sign-in': 'usual', word: 'yes' }
    for (const record of ['change', 'none']) {
      const outcome = found(execution, { ...ran, record })
      assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-authorised-admin']], record)
    }
  })

  it('settles a repair by ticket, and by phone', () => {
    const repair = { machine: 'clean', 'sign-in': 'usual' }
    assert.deepEqual(found(execution, { code: 'plain', record: 'change', ...repair, word: 'unknown' }).allowed, [
      'btp-authorised-admin',
    ])
    assert.deepEqual(found(execution, { code: 'plain', record: 'none', ...repair, word: 'yes' }).allowed, [
      'btp-authorised-admin',
    ])
    assert.deepEqual(found(execution, { code: 'plain', record: 'none', ...repair, word: 'unknown' }).allowed, [])
  })

  it('settles an agent installed by Azure itself, on the usual device only', () => {
    const agent = { code: 'builtin', record: 'none', machine: 'clean', word: 'unknown' }
    assert.deepEqual(found(execution, { ...agent, 'sign-in': 'usual' }).allowed, ['fp-builtin'])
    assert.deepEqual(found(execution, { ...agent, 'sign-in': 'new' }).allowed, [])
  })

  it('takes more code than the person ran for an intruder in the same session', () => {
    const outcome = found(execution, {
      code: 'known',
      record: 'none',
      machine: 'clean',
      'sign-in': 'usual',
      word: 'no',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
  })
})

describe('content/alerts/ARM_AnomalousOperation.LateralMovement', () => {
  it('lets one act on an unsettled alert and a step further from a new place', () => {
    const step = { bridge: 'identity', record: 'none', before: 'found', crossed: 'unknown', word: 'unknown' }
    assert.deepEqual(found(lateralMovement, { ...step, 'sign-in': 'new' }).allowed, ['tp'])
    assert.deepEqual(found(lateralMovement, { ...step, 'sign-in': 'usual' }).allowed, [])
    assert.ok(actionsOf(lateralMovement, 'tp').includes('escalate'))
  })

  it('takes unexplained commands on the far side for an intruder', () => {
    const outcome = found(lateralMovement, {
      bridge: 'other',
      record: 'none',
      before: 'none',
      crossed: 'harmful',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
  })

  it('settles a peering by its ticket', () => {
    const outcome = found(lateralMovement, {
      bridge: 'other',
      record: 'change',
      before: 'none',
      crossed: 'task',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['btp-authorised-admin'])
  })

  it('asks for a record, not for a word alone, when it leads to strangers', () => {
    const outside = { bridge: 'outside', before: 'none', crossed: 'nothing', 'sign-in': 'usual', word: 'yes' }
    assert.deepEqual(found(lateralMovement, { ...outside, record: 'change' }).allowed, ['btp-authorised-admin'])
    assert.deepEqual(found(lateralMovement, { ...outside, record: 'none' }).contradicted, ['btp-authorised-admin'])
  })

  it('settles work on the own estate', () => {
    const outcome = found(lateralMovement, {
      bridge: 'own',
      record: 'none',
      before: 'none',
      crossed: 'task',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['fp-own-estate'])
  })
})
