import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const mapping = [await loadGuide('ARM_MicroBurst.AzDomainInfo'), await loadGuide('ARM_MicroBurst.AzureDomainInfo')]
const commands = [await loadGuide('ARM_MicroBurst.AzVMBulkCMD'), await loadGuide('ARM_MicroBurst.AzureRmVMBulkCMD')]

for (const guide of mapping) {
  describe(`content/alerts/${guide.type}`, () => {
    it('infers no tactic where the source gives none', () => {
      assert.deepEqual([guide.tactics, guide.severity, guide.guidance], [[], 'low', 'winnow'])
    })

    it('settles a booked test that only read, after one more look', () => {
      assert.equal(found(guide, { test: 'booked' }).next, 'beyond')
      assert.deepEqual(found(guide, { test: 'booked', beyond: 'keys' }), {
        allowed: ['btp-authorised-test'],
        contradicted: [],
        open: [],
        next: null,
      })
    })

    it('shows a contradiction when changes came that the test does not explain', () => {
      const outcome = found(guide, { test: 'booked', beyond: 'harmful', caller: 'new', word: 'unknown' })
      assert.deepEqual(outcome.contradicted, ['tp-further', 'btp-authorised-test'])
    })

    it('takes a caller who denies for stolen access, and says what the tool got', () => {
      for (const caller of ['usual', 'new', 'stolen', 'provider', 'unknown']) {
        const outcome = found(guide, { test: 'none', caller, beyond: 'reads', word: 'no' })
        assert.deepEqual(outcome.allowed, ['tp-mapping'], caller)
      }
      assert.deepEqual(found(guide, { test: 'outside', caller: 'usual', beyond: 'keys', word: 'no' }).allowed, [
        'tp-further',
      ])
      assert.ok(!actionsOf(guide, 'tp-mapping').includes('rotate-keys?'))
      assert.ok(actionsOf(guide, 'tp-further').includes('rotate-keys?'))
    })

    it('lets one act on a stolen sign-in before anybody was reached', () => {
      const outcome = found(guide, { test: 'none', caller: 'stolen', beyond: 'reads', word: 'unknown' })
      assert.deepEqual(outcome.allowed, ['tp-mapping'])
    })

    it('does not excuse somebody of ours because they did it themselves', () => {
      const outcome = found(guide, { test: 'none', caller: 'usual', beyond: 'reads', word: 'alone' })
      assert.deepEqual(outcome.allowed, ['tp-unordered'])
    })

    it('knows an inventory script that is not the tool, by word or as a registered scanner', () => {
      for (const caller of ['usual', 'new', 'provider', 'routine']) {
        const outcome = found(guide, { test: 'none', caller, beyond: 'reads', word: 'script' })
        assert.deepEqual(outcome.allowed, ['fp-own-inventory'], caller)
      }
      assert.deepEqual(found(guide, { test: 'none', caller: 'routine', beyond: 'reads', word: 'unknown' }).allowed, [
        'fp-own-inventory',
      ])
    })

    it('tells an order of ours from the agreed review of a provider', () => {
      assert.deepEqual(found(guide, { test: 'none', caller: 'usual', beyond: 'reads', word: 'ordered' }).allowed, [
        'btp-ordered',
      ])
      assert.deepEqual(found(guide, { test: 'none', caller: 'provider', beyond: 'reads', word: 'ordered' }).allowed, [
        'btp-provider',
      ])
    })

    it('stays undetermined when nothing is booked and nobody is reached', () => {
      const outcome = found(guide, { test: 'none', caller: 'usual', beyond: 'reads', word: 'unknown' })
      assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
      assert.deepEqual(actionsOf(guide, 'undetermined'), [
        'contact-user',
        'contact-provider?',
        'review-activity',
        'revoke-sessions?',
      ])
    })
  })
}

for (const guide of commands) {
  describe(`content/alerts/${guide.type}`, () => {
    it('takes harmful code for an intruder whoever called, unless it was ordered', () => {
      for (const caller of ['usual', 'provider', 'new', 'stolen', 'unknown']) {
        const outcome = found(guide, { test: 'none', caller, code: 'harmful', word: 'unknown' })
        assert.deepEqual(outcome.allowed, ['tp-code-run'], caller)
      }
      const take = { test: 'none', caller: 'usual', code: 'harmful', word: 'ordered' }
      const ordered = found(guide, { ...take, machines: 'malicious' })
      assert.deepEqual(ordered.contradicted, ['tp-code-run', 'btp-ordered'])
      assert.deepEqual(found(guide, { ...take, machines: 'explained' }).allowed, ['btp-ordered'])
    })

    it('holds every machine reached, and replaces what was kept on them', () => {
      const actions = actionsOf(guide, 'tp-code-run')
      assert.deepEqual(actions.slice(0, 2), ['suspend-user', 'isolate-vm'])
      assert.ok(actions.includes('rotate-secrets'))
      assert.ok(!actionsOf(guide, 'tp-refused').includes('isolate-vm'))
    })

    it('tells an attempt that ran nothing from code that ran', () => {
      assert.deepEqual(found(guide, { test: 'none', caller: 'stolen', code: 'refused', word: 'no' }).allowed, [
        'tp-refused',
      ])
    })

    it('goes by the machines when the script cannot be read', () => {
      const outcome = found(guide, {
        test: 'none',
        caller: 'usual',
        code: 'unknown',
        machines: 'malicious',
        word: 'unknown',
      })
      assert.deepEqual(outcome.allowed, ['tp-code-run'])
    })

    it('knows fleet maintenance by run command', () => {
      const outcome = found(guide, {
        test: 'none',
        caller: 'usual',
        code: 'known',
        machines: 'clean',
        word: 'script',
      })
      assert.deepEqual(outcome.allowed, ['fp-fleet-script'])
    })

    it('knows a registered patch job at night, when nobody is to be reached', () => {
      const job = { test: 'none', caller: 'routine', code: 'known', word: 'unknown' }
      assert.deepEqual(found(guide, { ...job, machines: 'clean' }).allowed, ['fp-fleet-script'])
      assert.deepEqual(found(guide, { ...job, machines: 'unknown' }).allowed, [])
    })

    it('settles a booked test whose machines show nothing that it does not explain', () => {
      for (const code of ['known', 'harmful']) {
        const outcome = found(guide, { test: 'booked', code, machines: 'explained' })
        assert.deepEqual(outcome, { allowed: ['btp-authorised-test'], contradicted: [], open: [], next: null })
      }
      const more = found(guide, { test: 'booked', code: 'harmful', machines: 'malicious' })
      assert.deepEqual(more.contradicted, ['tp-code-run', 'btp-authorised-test'])
    })

    it('does not take a booking for another account or hour as a test', () => {
      const outcome = found(guide, { test: 'outside', caller: 'new', code: 'plain', machines: 'clean', word: 'no' })
      assert.deepEqual(outcome.allowed, ['tp-code-run'])
    })
  })
}
