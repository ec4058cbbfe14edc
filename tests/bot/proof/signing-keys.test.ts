import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSigningKeys, type SigningKeys } from '../../../bot/proof/signing-keys.js'
import { type Issuer, openIssuer } from '../../support/issuer.js'

const day = 24 * 60 * 60 * 1000

describe('bot/proof/signing-keys', () => {
  let issuer: Issuer
  let keys: SigningKeys
  let logged: string[]
  let time: number
  beforeEach(async () => {
    issuer = await openIssuer('app')
    logged = []
    time = 1000
    const log = { warn: (_: object, text: string) => void logged.push(text), error: () => undefined }
    keys = openSigningKeys({ metadataUrl: issuer.metadataUrl, timeoutMs: 1500, now: () => time, log, whose: 'teams' })
  })
  afterEach(() => issuer.close())

  const endorsed = async (kid: string) => {
    const found = await keys.find(kid)
    return found === null || found === 'unavailable' ? found : found.endorsements
  }
  /** Let a refresh that nobody waits for end: whoever asks for an unknown key meanwhile waits for the same one. */
  const settled = () => keys.find('nobody')

  it('are fetched when the first is asked for, once however many ask', async () => {
    assert.equal(issuer.fetched(), 0)
    const found = await Promise.all(['teams', 'webchat', 'teams', 'other'].map(endorsed))
    assert.deepEqual(found, [['msteams'], ['webchat'], ['msteams'], null])
    assert.equal(issuer.fetched(), 1)
  })

  it('are fetched again for an unknown one, at most once a minute', async () => {
    await endorsed('teams')
    issuer.publish('teams', 'next')
    for (let times = 0; times < 5; times += 1) assert.equal(await endorsed('next'), null)
    time += 59_999
    assert.deepEqual([await endorsed('next'), issuer.fetched()], [null, 1])
    time += 1
    assert.deepEqual([await endorsed('next'), issuer.fetched()], [['msteams'], 2])
  })

  it('are fetched again after a day, without anybody waiting, and then one that was given up is unknown', async () => {
    const first = await keys.find('teams')
    assert.ok(first !== null && first !== 'unavailable')
    assert.equal(keys.isCurrent('teams', first), true)
    issuer.publish('next')
    time += day - 1
    assert.deepEqual([await endorsed('teams'), issuer.fetched()], [['msteams'], 1])
    time += 1
    assert.equal(await keys.find('teams'), first)
    while (keys.isCurrent('teams', first)) await sleep(5)
    assert.equal(issuer.fetched(), 2)
    assert.deepEqual([await endorsed('teams'), await endorsed('next')], [null, ['msteams']])
  })

  it('stay known while the issuer is down, and are asked for again once a minute', async () => {
    await endorsed('teams')
    for (const how of ['refuse', 'silence'] as const) {
      issuer.fail(how)
      time += 3 * day
      assert.deepEqual(await endorsed('teams'), ['msteams'])
      assert.equal(await settled(), 'unavailable')
      assert.deepEqual(await endorsed('teams'), ['msteams'])
    }
    assert.equal(logged.length, 2)
    issuer.fail('not at all')
    issuer.publish('next')
    time += 60_000
    assert.deepEqual(await endorsed('next'), ['msteams'])
  })

  it('stay known when the issuer publishes none', async () => {
    await endorsed('teams')
    issuer.publish()
    time += 60_000
    assert.equal(await endorsed('next'), 'unavailable')
    assert.deepEqual(await endorsed('teams'), ['msteams'])
  })

  it('are unavailable, not unknown, until the first fetch has gone well; it is tried again after five seconds', async () => {
    issuer.fail('silence')
    assert.equal(await endorsed('teams'), 'unavailable')
    issuer.fail('not at all')
    assert.equal(await endorsed('teams'), 'unavailable')
    time += 5000
    assert.deepEqual(await endorsed('teams'), ['msteams'])
  })
})
