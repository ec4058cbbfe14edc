import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const credentialAccess = await loadGuide('ARM_AnomalousOperation.CredentialAccess')
const collection = await loadGuide('ARM_AnomalousOperation.Collection')
const impact = await loadGuide('ARM_AnomalousOperation.Impact')

describe('content/alerts/ARM_AnomalousOperation.CredentialAccess', () => {
  it('takes keys used by strangers for a stolen account before anybody was called', () => {
    const outcome = found(credentialAccess, { secrets: 'few', record: 'none', used: 'foreign' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(credentialAccess, 'tp').slice(0, 3), ['suspend-user', 'rotate-keys?', 'rotate-secrets?'])
  })

  it('takes the denied reading of one key for a stolen account, from the usual device too', () => {
    const outcome = found(credentialAccess, {
      secrets: 'few',
      record: 'none',
      used: 'unknown',
      'sign-in': 'usual',
      word: 'no',
    })
    assert.deepEqual(outcome, { allowed: ['tp'], contradicted: [], open: [], next: null })
  })

  it('lets one act on keys read in a row from a new device when nobody is reached', () => {
    const night = { secrets: 'many', record: 'none', used: 'unknown', 'sign-in': 'new', word: 'unknown' }
    assert.deepEqual(found(credentialAccess, night).allowed, ['tp'])
    assert.deepEqual(found(credentialAccess, { ...night, record: 'unknown' }).allowed, [])
    assert.deepEqual(found(credentialAccess, { ...night, 'sign-in': 'usual' }).allowed, [])
  })

  it('settles a storage account opened in the portal, by the word of the person or by traces', () => {
    const portal = { secrets: 'ordinary', record: 'none' }
    assert.deepEqual(found(credentialAccess, { ...portal, used: 'unknown', 'sign-in': 'new', word: 'yes' }).allowed, [
      'fp-ordinary',
    ])
    assert.deepEqual(found(credentialAccess, { ...portal, used: 'no', 'sign-in': 'usual', word: 'unknown' }).allowed, [
      'fp-ordinary',
    ])
    assert.deepEqual(found(credentialAccess, { ...portal, used: 'no', 'sign-in': 'new', word: 'unknown' }).allowed, [])
    assert.deepEqual(
      found(credentialAccess, { ...portal, used: 'foreign', 'sign-in': 'usual', word: 'unknown' }).allowed,
      ['tp'],
    )
  })

  it('does not excuse keys used by strangers because the person did read them', () => {
    const outcome = found(credentialAccess, {
      secrets: 'few',
      record: 'none',
      used: 'foreign',
      'sign-in': 'usual',
      word: 'yes',
    })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-authorised-admin']])
  })

  it('tells the curious from the authorised', () => {
    const read = { secrets: 'many', record: 'none', used: 'no', 'sign-in': 'usual' }
    assert.deepEqual(found(credentialAccess, { ...read, word: 'reasonless' }).allowed, ['tp-insider'])
    assert.deepEqual(found(credentialAccess, { ...read, word: 'yes' }).allowed, ['btp-authorised-admin'])
    assert.ok(!actionsOf(credentialAccess, 'tp-insider').includes('mark-compromised'))
  })

  it('settles a booked test with two answers, and a provider without a call to a person', () => {
    assert.deepEqual(found(credentialAccess, { secrets: 'many', record: 'test' }).next, null)
    assert.deepEqual(found(credentialAccess, { secrets: 'many', record: 'test' }).allowed, ['btp-authorised-test'])
    const provider = found(credentialAccess, { secrets: 'many', record: 'provider', used: 'no', 'sign-in': 'unknown' })
    assert.deepEqual([provider.allowed, provider.next], [['btp-delegated-admin'], null])
  })
})

describe('content/alerts/ARM_AnomalousOperation.Collection', () => {
  it('has the title that says Data Collection, and knows the shorter one', () => {
    assert.match(collection.title, /'Data Collection'/)
    assert.match(collection.matches.titles[0] ?? '', /'Collection'/)
  })

  it('takes data fetched by strangers for theft when nobody accounts for it', () => {
    const outcome = found(collection, {
      taken: 'out',
      record: 'none',
      fetched: 'foreign',
      'sign-in': 'usual',
      word: 'unknown',
    })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.deepEqual(actionsOf(collection, 'tp').slice(0, 2), ['suspend-user', 'revert-change'])
  })

  it('settles a migration on record, whose target is not ours', () => {
    const outcome = found(collection, {
      taken: 'out',
      record: 'change',
      fetched: 'foreign',
      'sign-in': 'usual',
      word: 'yes',
    })
    assert.deepEqual(outcome.allowed, ['btp-authorised-admin'])
  })

  it('asks for a reason when data went to strangers on the word of the person alone', () => {
    const outcome = found(collection, {
      taken: 'out',
      record: 'none',
      fetched: 'foreign',
      'sign-in': 'usual',
      word: 'yes',
    })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['tp', 'btp-authorised-admin']])
  })

  it('takes a leaver who copies for themselves for an insider', () => {
    const outcome = found(collection, {
      taken: 'out',
      record: 'none',
      fetched: 'unknown',
      'sign-in': 'usual',
      word: 'reasonless',
    })
    assert.deepEqual(outcome.allowed, ['tp-insider'])
  })

  it('settles exported templates as ordinary, unless the session is stolen', () => {
    const templates = { taken: 'ordinary', record: 'none', fetched: 'nowhere' }
    assert.deepEqual(found(collection, { ...templates, 'sign-in': 'usual', word: 'unknown' }).allowed, ['fp-ordinary'])
    assert.deepEqual(found(collection, { ...templates, 'sign-in': 'stolen', word: 'unknown' }).allowed, ['tp'])
  })
})

describe('content/alerts/ARM_AnomalousOperation.Impact', () => {
  const backups = { damage: 'mass', record: 'none' }

  it('lets one act on deleted backups from a new device when nobody is reached', () => {
    const outcome = found(impact, { ...backups, owner: 'unknown', 'sign-in': 'new', word: 'unknown' })
    assert.deepEqual(outcome.allowed, ['tp'])
    assert.ok(actionsOf(impact, 'tp').includes('restore-resources?'))
  })

  it('tells theft, grudge, mistake and order apart by what the person says', () => {
    const hurt = { ...backups, owner: 'no', 'sign-in': 'usual' }
    assert.deepEqual(found(impact, { ...hurt, word: 'no' }).allowed, ['tp'])
    assert.deepEqual(found(impact, { ...hurt, word: 'reasonless' }).allowed, ['tp-insider'])
    assert.deepEqual(found(impact, { ...hurt, word: 'mistake' }).allowed, ['btp-mistake'])
    assert.deepEqual(found(impact, { ...hurt, word: 'unknown' }).allowed, [])
    assert.deepEqual(found(impact, { ...hurt, owner: 'yes', word: 'yes' }).allowed, ['btp-authorised-admin'])
  })

  it('contradicts an order that the owner knows nothing of', () => {
    const outcome = found(impact, { ...backups, owner: 'no', 'sign-in': 'usual', word: 'yes' })
    assert.deepEqual([outcome.allowed, outcome.contradicted], [[], ['btp-authorised-admin']])
  })

  it('settles a cleared sandbox at night by its routine', () => {
    const sandbox = { damage: 'sandbox', record: 'none', owner: 'unknown', word: 'unknown' }
    assert.deepEqual(found(impact, { ...sandbox, 'sign-in': 'usual' }).allowed, ['fp-tidying'])
    assert.deepEqual(found(impact, { ...sandbox, 'sign-in': 'new' }).allowed, [])
  })

  it('has an honest mistake restored before it is closed', () => {
    const actions = actionsOf(impact, 'btp-mistake')
    assert.ok(actions.indexOf('restore-resources?') < actions.indexOf('close-alert'))
  })

  it('lets the manager say whether it was the task of the person', () => {
    assert.match(impact.checks.find(({ id }) => id === 'owner')?.manager?.ask ?? '', /task of deleting/)
  })
})
