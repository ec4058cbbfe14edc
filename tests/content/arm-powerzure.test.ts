import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const elevated = await loadGuide('ARM_PowerZure.AzureElevatedPrivileges')
const targets = await loadGuide('ARM_PowerZure.GetAzureTargets')
const storage = await loadGuide('ARM_PowerZure.ShowStorageContent')
const runbooks = await loadGuide('ARM_PowerZure.AzureRunbookContent')
const start = await loadGuide('ARM_PowerZure.StartRunbook')
const code = await loadGuide('ARM_PowerZure.RunCodeOnBehalf')
const door = await loadGuide('ARM_PowerZure.MaintainPersistence')
const all = [elevated, targets, storage, runbooks, start, code, door]

describe('content/alerts/ARM_PowerZure.*', () => {
  for (const guide of all) {
    describe(guide.type, () => {
      const own = guide.verdicts.filter(({ class: verdictClass }) => verdictClass !== 'TP').map(({ id }) => id)

      it('asks the test calendar first and the caller last', () => {
        assert.equal(guide.checks[0]?.id, 'test')
        assert.equal(guide.checks.at(-1)?.id, 'word')
        assert.deepEqual(found(guide, { test: 'booked' }).allowed, ['btp-authorised-test'])
      })

      it('takes no denial for anything but stolen access', () => {
        const denied = { test: 'none', caller: 'usual', word: 'no' }
        for (const check of guide.checks
          .slice(2, -1)
          .flatMap(({ id, options }) => options.map((one) => [id, one.id]))) {
          const { allowed } = found(guide, { ...denied, [check[0] ?? '']: check[1] ?? '' })
          assert.ok(!allowed.some((id) => own.includes(id)), check.join(': '))
        }
      })

      it('leaves a usual sign-in undetermined when nobody was reached and nothing harmful was seen', () => {
        const quiet = Object.fromEntries(guide.checks.slice(2, -1).map(({ id, options }) => [id, options[0]?.id ?? '']))
        const outcome = found(guide, { test: 'none', caller: 'usual', ...quiet, word: 'unknown' })
        assert.deepEqual([outcome.allowed, outcome.contradicted, outcome.next], [[], [], null])
      })

      it('does not let an order excuse the signs of theft, nor theft override an order without a reason', () => {
        const known = Object.fromEntries(guide.checks.slice(2, -1).map(({ id, options }) => [id, options[0]?.id ?? '']))
        const outcome = found(guide, { test: 'none', caller: 'stolen', ...known, word: 'ordered' })
        assert.deepEqual(outcome.allowed, [])
        assert.ok(outcome.contradicted.includes('btp-ordered'))
        assert.ok(outcome.contradicted.some((id) => id.startsWith('tp-')))
      })

      it('hands somebody who used the tool without an order to the incident lead', () => {
        const known = Object.fromEntries(guide.checks.slice(2, -1).map(({ id, options }) => [id, options[0]?.id ?? '']))
        const outcome = found(guide, { test: 'none', caller: 'usual', ...known, word: 'alone' })
        assert.deepEqual(outcome.allowed, ['tp-unordered'])
        assert.ok(actionsOf(guide, 'tp-unordered').slice(0, 2).includes('escalate'))
      })
    })
  }
})

describe('content/alerts/ARM_PowerZure.AzureElevatedPrivileges', () => {
  it('takes back the raised access before anything else but calling for help', () => {
    const seized = { test: 'none', caller: 'stolen', after: 'idle', word: 'unknown' }
    assert.deepEqual(found(elevated, seized).allowed, ['tp-seized'])
    assert.deepEqual(actionsOf(elevated, 'tp-seized').slice(0, 4), [
      'escalate',
      'remove-elevated-access',
      'suspend-user',
      'mark-compromised',
    ])
  })

  it('lets one act on roles given and unexplained before anybody was called', () => {
    assert.deepEqual(found(elevated, { test: 'none', caller: 'usual', after: 'harmful' }).allowed, ['tp-seized'])
    assert.deepEqual(found(elevated, { test: 'booked', caller: 'usual', after: 'harmful' }).allowed, [])
  })

  it('settles the switch used for a reason, a trial and a drill, each with the access given back', () => {
    const night = { test: 'none', caller: 'usual', after: 'explained' }
    assert.deepEqual(found(elevated, { ...night, word: 'script' }).allowed, ['fp-ordinary-elevation'])
    assert.deepEqual(found(elevated, { ...night, word: 'trial' }).allowed, ['btp-tried-out'])
    for (const id of ['fp-ordinary-elevation', 'btp-ordered', 'btp-tried-out', 'btp-authorised-test', 'undetermined']) {
      assert.equal(actionsOf(elevated, id)[0], 'remove-elevated-access', id)
    }
  })

  it('takes a refused attempt from a new device for a stolen administrator', () => {
    const refused = { test: 'none', caller: 'new', after: 'refused', word: 'unknown' }
    assert.deepEqual(found(elevated, refused).allowed, ['tp-refused'])
  })
})

describe('content/alerts/ARM_PowerZure.GetAzureTargets', () => {
  it('tells a list from what was done with it', () => {
    const taken = { test: 'none', caller: 'stolen', word: 'unknown' }
    assert.deepEqual(found(targets, { ...taken, beyond: 'reads' }).allowed, ['tp-mapping'])
    assert.deepEqual(found(targets, { ...taken, beyond: 'harmful' }).allowed, ['tp-further'])
    assert.deepEqual(found(targets, { test: 'unknown', caller: 'usual', beyond: 'harmful' }).allowed, ['tp-further'])
    assert.ok(actionsOf(targets, 'tp-further').includes('rotate-keys?'))
  })

  it('settles an inventory of ours, a provider’s audit and a curious administrator', () => {
    const plain = { test: 'none', beyond: 'reads' }
    const routine = { ...plain, caller: 'routine', word: 'unknown' }
    assert.deepEqual(found(targets, routine).allowed, ['fp-own-inventory'])
    const audit = { ...plain, caller: 'provider', word: 'ordered' }
    assert.deepEqual(found(targets, audit).allowed, ['btp-provider'])
    const curious = { ...plain, caller: 'usual', word: 'trial' }
    assert.deepEqual(found(targets, curious).allowed, ['btp-tried-out'])
    assert.deepEqual(found(targets, { ...curious, beyond: 'harmful' }).allowed, [])
  })

  it('does not take testers at their word outside of their hours', () => {
    const outside = { test: 'outside', caller: 'new', beyond: 'reads' }
    assert.deepEqual(found(targets, { ...outside, word: 'unknown' }).allowed, ['tp-mapping'])
    assert.deepEqual(found(targets, { ...outside, word: 'alone' }).allowed, ['tp-unordered'])
  })
})

describe('content/alerts/ARM_PowerZure.ShowStorageContent', () => {
  it('renews keys when they were handed out, or may have been', () => {
    for (const got of ['keys', 'data', 'unknown']) {
      assert.deepEqual(found(storage, { test: 'none', caller: 'new', got, word: 'unknown' }).allowed, ['tp-taken'], got)
    }
    assert.deepEqual(actionsOf(storage, 'tp-taken').slice(0, 2), ['suspend-user', 'rotate-keys'])
  })

  it('stops the caller alone when only names were seen', () => {
    assert.deepEqual(found(storage, { test: 'none', caller: 'usual', got: 'names', word: 'no' }).allowed, ['tp-listed'])
    assert.ok(!actionsOf(storage, 'tp-listed').includes('rotate-keys'))
  })

  it('does not let a booked test or a routine script excuse data taken unexplained', () => {
    assert.deepEqual(found(storage, { test: 'booked', got: 'data' }).allowed, [])
    const script = { test: 'none', caller: 'routine', got: 'data', word: 'script' }
    assert.deepEqual(found(storage, script).allowed, [])
    assert.deepEqual(found(storage, { ...script, got: 'keys' }).allowed, ['fp-own-script'])
  })
})
