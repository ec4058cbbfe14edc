import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const guideOf = (tactic: string) => loadGuide(`ARM_AnomalousServiceOperation.${tactic}`)

describe('content/alerts/ARM_AnomalousServiceOperation in scenarios', () => {
  it('CredentialAccess: keys of many stores listed with a stolen secret, from hosting, by night', async () => {
    const guide = await guideOf('CredentialAccess')
    const context = { principal: 'ours', record: 'none', secrets: 'sweep', 'sign-in': 'odd', 'key-use': 'unknown' }
    assert.deepEqual(found(guide, context).allowed, ['tp-stolen-principal'])
    assert.deepEqual(actionsOf(guide, 'tp-stolen-principal'), [
      'disable-service-principal',
      'mark-compromised?',
      'rotate-keys',
      'rotate-secrets',
      'rotate-sp-credentials',
      'block-address?',
      'preserve-evidence',
      'remove-delegation?',
    ])
  })

  it('CredentialAccess: a pull request made our pipeline print its secrets', async () => {
    const guide = await guideOf('CredentialAccess')
    const context = { principal: 'ours', record: 'unapproved', secrets: 'sweep', 'sign-in': 'usual' }
    assert.deepEqual(found(guide, context).allowed, ['tp-hijacked-run'])
    const first = actionsOf(guide, 'tp-hijacked-run').slice(0, 4)
    assert.deepEqual(first, ['stop-resources', 'suspend-user', 'rotate-keys', 'rotate-secrets'])
  })

  it('CredentialAccess: testers who listed keys leave keys to renew', async () => {
    const guide = await guideOf('CredentialAccess')
    assert.deepEqual(found(guide, { principal: 'tester' }), {
      allowed: ['btp-authorised-test'],
      contradicted: [],
      open: [],
      next: null,
    })
    assert.deepEqual(actionsOf(guide, 'btp-authorised-test'), ['rotate-keys', 'close-alert'])
  })

  it('Collection: a disk exported to an address nobody knows is not excused by a quiet sign-in', async () => {
    const guide = await guideOf('Collection')
    const context = { principal: 'managed', copied: 'explained', destination: 'outside', record: 'none' }
    assert.deepEqual(found(guide, { ...context, 'sign-in': 'usual', owner: 'unknown' }).allowed, [
      'tp-stolen-principal',
    ])
    assert.deepEqual(actionsOf(guide, 'tp-stolen-principal').slice(0, 2), [
      'disable-service-principal',
      'revert-change',
    ])
  })

  it('Collection: a migration to the place named in its ticket is authorised, and test data must stay', async () => {
    const guide = await guideOf('Collection')
    const moved = { principal: 'ours', copied: 'explained', destination: 'agreed', record: 'approved' }
    assert.deepEqual(found(guide, moved).allowed, ['btp-approved-change'])
    const test = found(guide, { principal: 'tester', destination: 'outside' })
    assert.deepEqual([test.allowed, test.contradicted], [[], ['btp-authorised-test']])
  })

  it('DefenseEvasion: logging switched off and new roles in the gap', async () => {
    const guide = await guideOf('DefenseEvasion')
    const context = { controls: 'weakened', principal: 'ours', record: 'none', gap: 'harmful' }
    assert.deepEqual(found(guide, context).allowed, ['tp-stolen-principal'])
    assert.deepEqual(actionsOf(guide, 'tp-stolen-principal').slice(0, 4), [
      'disable-service-principal',
      'reenable-logging',
      'reenable-protection?',
      'revert-change',
    ])
  })

  it('DefenseEvasion: a policy that puts settings back weakens nothing', async () => {
    const guide = await guideOf('DefenseEvasion')
    const context = { controls: 'template', principal: 'managed', record: 'none', gap: 'quiet', 'sign-in': 'usual' }
    assert.deepEqual(found(guide, { ...context, owner: 'unknown' }).allowed, ['fp-settings-as-code'])
  })

  it('DefenseEvasion: planned maintenance is closed only with the way back noted', async () => {
    const guide = await guideOf('DefenseEvasion')
    const context = { controls: 'explained', principal: 'ours', record: 'approved', gap: 'quiet' }
    assert.deepEqual(found(guide, context).allowed, ['btp-approved-change'])
    assert.deepEqual(actionsOf(guide, 'btp-approved-change'), ['revert-change', 'close-alert'])
  })

  it('Execution: an approved pipeline with an unapproved commit is not an approved run', async () => {
    const guide = await guideOf('Execution')
    const context = { principal: 'ours', record: 'unapproved', code: 'unknown', machines: 'infected' }
    assert.deepEqual(found(guide, context).allowed, ['tp-hijacked-run'])
  })

  it('Execution: the machines are isolated, not deleted, and their secrets replaced', async () => {
    const actions = actionsOf(await guideOf('Execution'), 'tp-stolen-principal')
    assert.deepEqual(actions.slice(0, 2), ['disable-service-principal', 'isolate-vm'])
    assert.ok(actions.includes('rotate-secrets'))
  })

  it('Execution: an administrator who ran a new script with the app by night, and says so', async () => {
    const guide = await guideOf('Execution')
    const context = { principal: 'ours', record: 'none', code: 'explained', machines: 'clean', 'sign-in': 'explained' }
    assert.deepEqual(found(guide, { ...context, owner: 'confirmed' }).allowed, ['btp-approved-change'])
  })

  it('Impact: resources and their backups deleted', async () => {
    const guide = await guideOf('Impact')
    const context = { damage: 'destroyed', record: 'none', principal: 'unknown', backups: 'attacked' }
    assert.deepEqual(found(guide, context).allowed, ['tp-stolen-principal'])
    const actions = actionsOf(guide, 'tp-stolen-principal')
    assert.deepEqual(actions.slice(0, 4), [
      'disable-service-principal',
      'escalate',
      'remove-role-assignment',
      'revert-change',
    ])
    assert.ok(actions.includes('restore-resources'))
  })

  it('Impact: a clean-up that hit production by mistake is stopped and restored before it is closed', async () => {
    const guide = await guideOf('Impact')
    const context = {
      damage: 'destroyed',
      record: 'unapproved',
      principal: 'ours',
      backups: 'intact',
      'sign-in': 'usual',
    }
    assert.deepEqual(found(guide, { ...context, owner: 'mistake' }).allowed, ['btp-own-mistake'])
    assert.deepEqual(actionsOf(guide, 'btp-own-mistake'), [
      'stop-resources',
      'restore-resources',
      'contact-owner',
      'close-alert',
    ])
  })

  it('Impact: a test that destroyed what nothing explains contradicts itself', async () => {
    const outcome = found(await guideOf('Impact'), { damage: 'destroyed', record: 'none', principal: 'tester' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['btp-authorised-test']])
  })

  it('InitialAccess: an app let in by consent opens a database to the internet', async () => {
    const guide = await guideOf('InitialAccess')
    const context = { principal: 'stranger', opening: 'open', visitors: 'guests', record: 'none' }
    assert.deepEqual(found(guide, context).allowed, ['tp-planted-app'])
    assert.deepEqual(actionsOf(guide, 'tp-planted-app').slice(0, 4), [
      'disable-service-principal',
      'remove-role-assignment',
      'revoke-oauth-tokens',
      'revert-change',
    ])
  })

  it('LateralMovement: a machine’s identity used elsewhere cuts ways and isolates machines', async () => {
    const guide = await guideOf('LateralMovement')
    const context = { principal: 'managed', reach: 'unknown', record: 'none', arrival: 'unknown', 'sign-in': 'odd' }
    assert.deepEqual(found(guide, context).allowed, ['tp-stolen-principal'])
    const first = actionsOf(guide, 'tp-stolen-principal').slice(0, 3)
    assert.deepEqual(first, ['disable-service-principal', 'revert-change', 'isolate-vm'])
  })

  it('Persistence: a credential nobody stands behind outweighs a quiet sign-in', async () => {
    const guide = await guideOf('Persistence')
    const context = { principal: 'ours', record: 'none', foothold: 'unknown', credentials: 'rogue', used: 'own' }
    assert.deepEqual(found(guide, { ...context, 'sign-in': 'usual' }).allowed, ['tp-stolen-principal'])
    assert.ok(actionsOf(guide, 'tp-stolen-principal').includes('remove-webhook-or-schedule?'))
  })

  it('PrivilegeEscalation: rights taken back first, also from a receiver nobody vouches for', async () => {
    const guide = await guideOf('PrivilegeEscalation')
    const context = { principal: 'ours', grant: 'raised', record: 'none', grantee: 'unknown', 'sign-in': 'unknown' }
    assert.deepEqual(found(guide, context).allowed, ['tp-stolen-principal'])
    const actions = actionsOf(guide, 'tp-stolen-principal')
    assert.deepEqual(actions.slice(0, 2), ['disable-service-principal', 'remove-role-assignment'])
    assert.ok(actions.includes('suspend-user?'))
  })

  it('PrivilegeEscalation: a landing zone that grants as designed is a false positive', async () => {
    const guide = await guideOf('PrivilegeEscalation')
    const context = { principal: 'ours', grant: 'designed', record: 'approved' }
    assert.deepEqual(found(guide, context).allowed, ['fp-designed-grant'])
  })
})
