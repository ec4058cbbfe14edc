import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const rbac = await loadGuide('ARM_AnomalousRBACRoleAssignment')
const classic = await loadGuide('ARM_AnomalousClassicRoleAssignment')
const elevate = await loadGuide('ARM_AnomalousElevateAccess')

describe('content/alerts/ARM_AnomalousRBACRoleAssignment', () => {
  it('asks first whether PIM was used, since severity hangs on it', () => {
    assert.equal(found(rbac, {}).next, 'route')
  })

  it('lets an approved activation that fits the work pass', () => {
    const outcome = found(rbac, {
      route: 'approved',
      record: 'none',
      grant: 'plausible',
      word: 'yes',
      'sign-in': 'usual',
    })
    assert.ok(outcome.allowed.includes('fp-routine'))
    assert.ok(!outcome.allowed.includes('tp'))
  })

  it('knows an intruder who gives themselves Owner at night, before anybody is reached', () => {
    const outcome = found(rbac, { route: 'direct', record: 'none', grant: 'dangerous', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(rbac, 'tp').slice(0, 2), ['remove-role-assignment', 'suspend-user'])
  })

  it('believes a denial more than an approval', () => {
    const outcome = found(rbac, { route: 'approved', record: 'none', grant: 'plausible', word: 'no' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [['tp'], ['fp-routine']])
  })

  it('settles an onboarding ticket and a booked test by the record', () => {
    const calm = { word: 'unknown', 'sign-in': 'usual' }
    assert.deepEqual(found(rbac, { route: 'direct', record: 'change', ...calm }).allowed, ['btp-authorised-grant'])
    assert.deepEqual(found(rbac, { route: 'direct', record: 'test' }).allowed, ['btp-authorised-test'])
  })

  it('asks for a reason when somebody vouches for a dangerous role that no record knows', () => {
    const given = { route: 'direct', record: 'none', grant: 'dangerous', word: 'yes', 'sign-in': 'usual' }
    assert.deepEqual([found(rbac, given).allowed, found(rbac, given).contradicted], [[], ['btp-authorised-grant']])
  })
})

describe('content/alerts/ARM_AnomalousClassicRoleAssignment', () => {
  it('takes an honest mistake for what it is', () => {
    const outcome = found(classic, { record: 'none', account: 'known', word: 'mistake', 'sign-in': 'usual' })
    assert.deepEqual(outcome.allowed, ['btp-mistake'])
    assert.deepEqual(actionsOf(classic, 'btp-mistake'), ['remove-role-assignment', 'close-alert'])
  })

  it('does not wait for a call when a stranger was made administrator', () => {
    assert.deepEqual(found(classic, { record: 'none', account: 'stranger', word: 'unknown' }).allowed, ['tp'])
  })

  it('believes a denial, whatever a record says', () => {
    const outcome = found(classic, { record: 'change', word: 'no', 'sign-in': 'usual' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [['tp'], ['btp-authorised-grant']])
  })

  it('stays open while nobody says anything', () => {
    const quiet = { record: 'none', account: 'known', word: 'unknown', 'sign-in': 'usual' }
    assert.deepEqual(found(classic, quiet).allowed, [])
  })
})

describe('content/alerts/ARM_AnomalousElevateAccess', () => {
  it('settles the repair of an orphaned subscription', () => {
    const repair = { record: 'change', afterwards: 'repair', word: 'yes', role: 'usual', 'sign-in': 'usual' }
    assert.deepEqual(found(elevate, repair).allowed, ['btp-authorised-repair'])
    assert.deepEqual(actionsOf(elevate, 'btp-authorised-repair'), ['remove-elevated-access', 'close-alert'])
  })

  it('calls for help when roles were given and nobody can be reached', () => {
    const outcome = found(elevate, { record: 'none', afterwards: 'harmful', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.equal(actionsOf(elevate, 'tp')[0], 'escalate')
  })

  it('knows a fresh Global Administrator with an odd sign-in', () => {
    const fresh = { record: 'none', afterwards: 'repair', word: 'unknown', role: 'fresh', 'sign-in': 'odd' }
    assert.deepEqual(found(elevate, fresh).allowed, ['tp'])
  })

  it('does not let a word cover what went beyond the repair', () => {
    const beyond = { record: 'none', afterwards: 'harmful', word: 'yes', role: 'usual', 'sign-in': 'usual' }
    assert.deepEqual(
      [found(elevate, beyond).allowed, found(elevate, beyond).contradicted],
      [[], ['btp-authorised-repair']],
    )
  })

  it('takes curiosity for what it is, and takes the access back', () => {
    const tried = { record: 'none', afterwards: 'repair', word: 'curious', role: 'usual', 'sign-in': 'usual' }
    assert.deepEqual(found(elevate, tried).allowed, ['btp-tried-out'])
  })
})
