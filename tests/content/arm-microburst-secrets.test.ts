import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const keys = await loadGuide('ARM_MicroBurst.AzKeyVaultKeysREST')
const secrets = await loadGuide('ARM_MicroBurst.AzKeyVaultSecretsREST')
const storage = await loadGuide('ARM_MicroBurst.AZStorageKeysREST')

for (const [guide, taken] of [
  [secrets, 'tp-secrets-taken'],
  [storage, 'tp-keys-taken'],
] as const) {
  describe(`content/alerts/${guide.type}`, () => {
    it('takes a token used outside Azure for theft, before anybody was reached', () => {
      const outcome = found(guide, { test: 'none', caller: 'stolen', log: 'taken', used: 'unknown', word: 'unknown' })
      assert.deepEqual(outcome.allowed, [taken])
    })

    it('takes use from a strange place for theft, however usual the caller looks', () => {
      for (const caller of ['routine', 'usual', 'provider', 'unknown']) {
        const outcome = found(guide, { test: 'none', caller, log: 'unknown', used: 'foreign', word: 'unknown' })
        assert.deepEqual(outcome.allowed, [taken], caller)
      }
    })

    it('has nothing to replace when everything was refused', () => {
      const outcome = found(guide, { test: 'none', caller: 'usual', log: 'refused', word: 'no' })
      assert.deepEqual(outcome.allowed, ['tp-refused'])
      assert.ok(!actionsOf(guide, 'tp-refused').some((id) => id.startsWith('rotate')))
    })

    it('knows a backup or scanner, by word or on the register', () => {
      const quiet = { test: 'none', used: 'own' }
      assert.deepEqual(found(guide, { ...quiet, caller: 'usual', log: 'taken', word: 'script' }).allowed, [
        'fp-own-script',
      ])
      assert.deepEqual(found(guide, { ...quiet, caller: 'routine', log: 'own', word: 'unknown' }).allowed, [
        'fp-own-script',
      ])
      assert.deepEqual(found(guide, { ...quiet, caller: 'routine', log: 'taken', word: 'unknown' }).allowed, [])
    })

    it('settles a booked test and has the testers’ loot replaced', () => {
      assert.deepEqual(found(guide, { test: 'booked', log: 'taken', used: 'own' }), {
        allowed: ['btp-authorised-test'],
        contradicted: [],
        open: [],
        next: null,
      })
      assert.deepEqual(actionsOf(guide, 'btp-authorised-test'), [
        guide === storage ? 'rotate-keys' : 'rotate-secrets',
        'close-alert',
      ])
    })

    it('warns of a booked test while strangers use the loot', () => {
      const outcome = found(guide, { test: 'booked', log: 'taken', used: 'foreign', word: 'unknown' })
      assert.deepEqual(outcome.contradicted, [taken, 'btp-authorised-test'])
    })

    it('tells an order of ours, a provider’s work and a run of one’s own', () => {
      const some = { test: 'outside', log: 'taken', used: 'unknown' }
      assert.deepEqual(found(guide, { ...some, caller: 'new', word: 'ordered' }).allowed, ['btp-ordered'])
      assert.deepEqual(found(guide, { ...some, caller: 'provider', word: 'ordered' }).allowed, ['btp-provider'])
      assert.deepEqual(found(guide, { ...some, caller: 'usual', word: 'alone' }).allowed, ['tp-unordered'])
    })

    it('stays undetermined while the usual caller is not reached', () => {
      const outcome = found(guide, { test: 'none', caller: 'usual', log: 'taken', used: 'unknown', word: 'unknown' })
      assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
    })
  })
}

describe('content/alerts/ARM_MicroBurst.AZStorageKeysREST: its own', () => {
  it('renews the keys right after the caller is stopped', () => {
    assert.deepEqual(actionsOf(storage, 'tp-keys-taken').slice(0, 2), ['suspend-user', 'rotate-keys'])
    assert.deepEqual(storage.tactics, ['collection'])
  })
})

describe('content/alerts/ARM_MicroBurst.AzKeyVaultKeysREST', () => {
  it('renews keys that were used, and keys only seen when no log rules out their use', () => {
    assert.deepEqual(found(keys, { test: 'none', caller: 'usual', log: 'abused', word: 'unknown' }).allowed, [
      'tp-keys-abused',
    ])
    assert.ok(actionsOf(keys, 'tp-keys-abused').includes('rotate-keys'))
    assert.deepEqual(found(keys, { test: 'none', caller: 'new', log: 'listed', word: 'no' }).allowed, [
      'tp-keys-listed',
    ])
    assert.ok(actionsOf(keys, 'tp-keys-listed').includes('rotate-keys?'))
  })

  it('shows a contradiction when an order does not explain the use of keys', () => {
    const outcome = found(keys, { test: 'none', caller: 'usual', log: 'abused', word: 'ordered' })
    assert.deepEqual(outcome.contradicted, ['tp-keys-abused', 'btp-ordered'])
  })

  it('knows an inventory of expiry dates, and a booked test', () => {
    assert.deepEqual(found(keys, { test: 'none', caller: 'usual', log: 'listed', word: 'script' }).allowed, [
      'fp-own-script',
    ])
    for (const log of ['listed', 'explained', 'unknown']) {
      assert.deepEqual(found(keys, { test: 'booked', log }).allowed, ['btp-authorised-test'], log)
    }
  })

  it('stays undetermined without a vault log and without a word', () => {
    const outcome = found(keys, { test: 'none', caller: 'usual', log: 'unknown', word: 'unknown' })
    assert.deepEqual(outcome.allowed, [])
  })
})
