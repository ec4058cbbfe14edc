import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const account = await loadGuide('ARM_UnusedAccountPersistence')

describe('content/alerts/ARM_UnusedAccountPersistence', () => {
  const woken = { rest: 'staff', record: 'none' }

  it('takes a denied session for a forgotten account taken over', () => {
    const outcome = found(account, { ...woken, made: 'ours', 'sign-in': 'usual', duty: 'unknown', word: 'no' })
    assert.deepEqual(outcome, { allowed: ['tp'], contradicted: [], open: [], next: null })
    assert.deepEqual(actionsOf(account, 'tp').slice(0, 4), [
      'suspend-user',
      'revert-change?',
      'mark-compromised',
      'reset-password',
    ])
  })

  it('lets one act at night on a way in made from a new device, when nobody is reached', () => {
    const night = { ...woken, 'sign-in': 'new', duty: 'unknown', word: 'unknown' }
    assert.deepEqual(found(account, { ...night, made: 'ours' }).allowed, ['tp'])
    assert.deepEqual(found(account, { ...night, made: 'nothing' }).allowed, [])
    assert.deepEqual(found(account, { ...night, made: 'ours', duty: 'yes' }).allowed, [])
    assert.ok(actionsOf(account, 'undetermined').includes('suspend-user?'))
  })

  it('settles a return from leave by the word of the person', () => {
    const outcome = found(account, { ...woken, made: 'ours', 'sign-in': 'new', duty: 'unknown', word: 'yes' })
    assert.deepEqual(outcome.allowed, ['btp-return'])
  })

  it('settles a return by the word of the manager, on the device of the person only', () => {
    const back = { ...woken, made: 'ours', duty: 'yes', word: 'unknown' }
    assert.deepEqual(found(account, { ...back, 'sign-in': 'usual' }).allowed, ['btp-return'])
    assert.deepEqual(found(account, { ...back, 'sign-in': 'new' }).allowed, [])
  })

  it('settles a break-glass drill, and has the password renewed', () => {
    const drill = { rest: 'keeper', record: 'drill', made: 'nothing', duty: 'unknown', word: 'unknown' }
    assert.deepEqual(found(account, { ...drill, 'sign-in': 'usual' }).allowed, ['btp-return'])
    assert.deepEqual(found(account, { ...drill, 'sign-in': 'stolen' }).allowed, [])
    assert.ok(actionsOf(account, 'btp-return').includes('reset-password?'))
  })

  it('closes the account of a leaver for good, whoever used it', () => {
    const left = { rest: 'leaver', record: 'none', made: 'nothing', 'sign-in': 'usual' }
    for (const word of ['no', 'reasonless', 'unknown']) {
      assert.deepEqual(found(account, { ...left, duty: 'no', word }).allowed, ['tp-leaver'], word)
    }
    assert.equal(actionsOf(account, 'tp-leaver')[0], 'disable-user')
  })

  it('asks for two to vouch before a leaver’s account is harmless', () => {
    const left = { rest: 'leaver', record: 'none', made: 'ours', 'sign-in': 'usual', word: 'yes' }
    assert.deepEqual(found(account, { ...left, duty: 'yes' }).allowed, ['btp-return'])
    assert.deepEqual(found(account, { ...left, duty: 'unknown' }).allowed, [])
    assert.ok(actionsOf(account, 'btp-return').includes('disable-user?'))
  })

  it('takes an account that nobody knows, and that made a way in, for taken over', () => {
    const nobody = { rest: 'ownerless', record: 'none', 'sign-in': 'usual', duty: 'unknown', word: 'unknown' }
    assert.deepEqual(found(account, { ...nobody, made: 'ours' }).allowed, ['tp'])
    assert.deepEqual(found(account, { ...nobody, made: 'nothing' }).allowed, [])
  })

  it('tells the curious from the one who makes a way back in', () => {
    const told = { ...woken, 'sign-in': 'usual', duty: 'no', word: 'reasonless' }
    assert.deepEqual(found(account, { ...told, made: 'nothing' }).allowed, ['btp-curious'])
    assert.deepEqual(found(account, { ...told, made: 'outsider' }).allowed, ['tp-insider'])
  })

  it('calls it a false positive only when the account never rested and its session is sound', () => {
    const active = { rest: 'active', record: 'none', made: 'nothing', duty: 'unknown', word: 'unknown' }
    assert.deepEqual(found(account, { ...active, 'sign-in': 'usual' }).allowed, ['fp-in-use'])
    assert.deepEqual(found(account, { ...active, 'sign-in': 'stolen' }).allowed, ['tp'])
    assert.deepEqual(found(account, { ...active, 'sign-in': 'new' }).allowed, [])
  })

  it('shows a contradiction when a provider’s task comes with signs of theft', () => {
    const outcome = found(account, {
      rest: 'keeper',
      record: 'provider',
      made: 'ours',
      'sign-in': 'stolen',
      duty: 'yes',
      word: 'unknown',
    })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-delegated-admin']])
  })
})
