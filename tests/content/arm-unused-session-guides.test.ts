import assert from 'node:assert/strict'
import { match } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const account = await loadGuide('ARM_UnusedAccountPersistence')
const powershell = await loadGuide('ARM_UnusedAppPowershellPersistence')
const portal = await loadGuide('ARM_UnusedAppIbizaPersistence')
const other = await loadGuide('other')

describe('content/alerts/ARM_Unused…Persistence', () => {
  it('are told apart by title, with every preview marker', () => {
    for (const guide of [account, powershell, portal]) {
      for (const title of [
        guide.title,
        `PREVIEW - ${guide.title}`,
        `PREVIEW – ${guide.title}`,
        `${guide.title} (Preview)`,
      ]) {
        const reading = aReading({ family: 'resource-manager', key: null, title })
        assert.equal(match(reading, [account, powershell, portal, other]).guide.type, guide.type, title)
      }
    }
  })

  it('settle a booked test with two answers, and leave no way in of the testers', () => {
    for (const [guide, first] of [
      [account, { rest: 'staff' }],
      [powershell, { caller: 'habitual' }],
      [portal, { caller: 'rarely' }],
    ] as const) {
      const outcome = found(guide, { ...first, record: 'test' })
      assert.deepEqual([outcome.allowed, outcome.next], [['btp-authorised-test'], null], guide.type)
      assert.deepEqual(actionsOf(guide, 'btp-authorised-test'), ['revert-change', 'close-alert'])
    }
  })

  it('let the manager say whether the work was a task', () => {
    for (const guide of [account, powershell, portal]) {
      assert.match(guide.checks.find(({ manager }) => manager)?.manager?.ask ?? '', /task/, guide.type)
    }
  })
})

describe('content/alerts/ARM_UnusedAppPowershellPersistence', () => {
  const script = { caller: 'newcomer', record: 'none', made: 'ours' }

  it('takes a device code nobody explains for theft before anybody was called', () => {
    assert.deepEqual(found(powershell, { ...script, run: 'stolen' }).allowed, ['tp'])
    assert.ok(actionsOf(powershell, 'tp').includes('isolate-device?'))
  })

  it('asks for a reason when the person vouches for what looks stolen', () => {
    const outcome = found(powershell, { ...script, run: 'stolen', duty: 'yes', word: 'yes' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-authorised-script']])
  })

  it('settles a new script by the word of its author', () => {
    const outcome = found(powershell, { ...script, run: 'usual', duty: 'unknown', word: 'yes' })
    assert.deepEqual(outcome.allowed, ['btp-authorised-script'])
  })

  it('settles a job that moved to PowerShell and lets nobody in, without a call', () => {
    const job = { caller: 'job', record: 'none', made: 'nothing', run: 'usual', duty: 'unknown', word: 'unknown' }
    assert.deepEqual(found(powershell, job).allowed, ['btp-authorised-script'])
    assert.deepEqual(found(powershell, { ...job, made: 'outsider' }).allowed, ['tp'])
  })

  it('takes a leaver with a script for an intruder, with two to vouch otherwise', () => {
    const left = { caller: 'stranger', record: 'none', made: 'ours', run: 'usual' }
    assert.deepEqual(found(powershell, { ...left, duty: 'no', word: 'reasonless' }).allowed, ['tp'])
    assert.deepEqual(found(powershell, { ...left, duty: 'unknown', word: 'yes' }).allowed, [])
    assert.deepEqual(found(powershell, { ...left, duty: 'yes', word: 'yes' }).allowed, ['btp-authorised-script'])
  })

  it('knows the one whose usual tool it is', () => {
    const usual = { caller: 'habitual', record: 'none', made: 'ours', run: 'usual' }
    assert.deepEqual(found(powershell, { ...usual, duty: 'unknown', word: 'yes' }).allowed, ['fp-habitual'])
    assert.deepEqual(found(powershell, { ...usual, duty: 'yes', word: 'unknown' }).allowed, ['fp-habitual'])
    assert.deepEqual(found(powershell, { ...usual, duty: 'unknown', word: 'unknown' }).allowed, [])
  })
})

describe('content/alerts/ARM_UnusedAppIbizaPersistence', () => {
  const hands = { record: 'none', made: 'ours', duty: 'unknown', word: 'unknown' }

  it('takes a session in two places for theft, though the portal is the usual tool', () => {
    assert.deepEqual(found(portal, { ...hands, caller: 'elsewhere', session: 'stolen' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(portal, 'tp')[0], 'suspend-user')
  })

  it('takes an automation account in the portal, that its keeper knows nothing of, for an intruder', () => {
    const machine = { ...hands, caller: 'machine', session: 'usual' }
    assert.deepEqual(found(portal, { ...machine, duty: 'no' }).allowed, ['tp'])
    assert.deepEqual(found(portal, { ...machine, duty: 'unknown' }).allowed, [])
  })

  it('settles the first day after a holiday by the word of the person or the manager', () => {
    const back = { ...hands, caller: 'rarely', session: 'usual' }
    assert.deepEqual(found(portal, { ...back, word: 'yes' }).allowed, ['btp-authorised-work'])
    assert.deepEqual(found(portal, { ...back, duty: 'yes' }).allowed, ['btp-authorised-work'])
    assert.deepEqual(found(portal, { ...back, word: 'no' }).allowed, ['tp'])
  })

  it('is a false positive where the portal is the usual tool and nothing speaks against it', () => {
    const usual = { ...hands, caller: 'elsewhere', session: 'usual' }
    assert.deepEqual(found(portal, { ...usual, word: 'yes' }).allowed, ['fp-portal-user'])
    assert.deepEqual(found(portal, { ...usual, made: 'nothing' }).allowed, ['fp-portal-user'])
    assert.deepEqual(found(portal, { ...usual, made: 'outsider' }).allowed, ['tp'])
  })

  it('asks the manager too when a person gave a stranger a role and vouches for it alone', () => {
    const guest = { ...hands, caller: 'elsewhere', made: 'outsider', session: 'usual', word: 'yes' }
    assert.deepEqual(found(portal, guest).allowed, [])
    assert.deepEqual(found(portal, { ...guest, duty: 'yes' }).allowed, ['btp-authorised-work'])
  })
})
