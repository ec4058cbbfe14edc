import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import type { SigningKey } from '../../../bot/proof/signing-keys.js'
import { openTokens } from '../../../bot/teams/tokens.js'
import { type Issuer, openIssuer } from '../../support/issuer.js'
import { appId } from './rig.js'

const service = 'https://smba.example/emea/'

describe('bot/teams/tokens', () => {
  let issuer: Issuer
  let key: SigningKey | null | 'unavailable'
  let asked: number
  let time: number
  const keys = {
    find: async () => ((asked += 1), key),
    isCurrent: (_: string, one: SigningKey) => one === key,
  }
  let check: ReturnType<typeof openTokens>
  beforeEach(async () => {
    issuer = await openIssuer(appId)
    key = { key: issuer.publicKey, endorsements: ['msteams'] }
    asked = 0
    time = Math.floor(Date.now() / 1000) * 1000
    check = openTokens({ appId, keys, now: () => time })
  })
  afterEach(() => issuer.close())

  const seconds = (from: number) => time / 1000 + from
  const statusOf = async (token: string) => {
    const checked = await check(`Bearer ${token}`)
    return 'status' in checked ? checked.status : checked.serviceUrl
  }

  it('vouch for the service they name', async () => {
    assert.equal(await statusOf(issuer.sign(service)), service)
  })

  it('are known by their hash once their signature held, and all else is checked each time', async () => {
    const token = issuer.sign(service, { exp: seconds(60) })
    for (let times = 0; times < 3; times += 1) assert.equal(await statusOf(token), service)
    assert.equal(asked, 1)
    time += 60_000 + 300_000
    assert.equal(await statusOf(token), 401)
  })

  it('are not known by a hash when only the signature differs', async () => {
    const token = issuer.sign(service)
    assert.equal(await statusOf(token), service)
    const forged = issuer.sign(service, {}, 'forger')
    assert.equal(await statusOf(forged), 401)
    assert.equal(await statusOf(forged), 401)
    assert.equal(await statusOf(`${token.slice(0, -4)}AAAA`), 401)
  })

  it('are no longer known when their key is given up', async () => {
    const token = issuer.sign(service)
    assert.equal(await statusOf(token), service)
    key = { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, endorsements: ['msteams'] }
    assert.equal(await statusOf(token), 401)
    key = null
    assert.equal(await statusOf(token), 401)
  })

  it('hold five minutes longer and earlier than they say, for clocks differ', async () => {
    const at = (claims: object) => statusOf(issuer.sign(service, { ...claims }))
    assert.equal(await at({ exp: seconds(-299) }), service)
    assert.equal(await at({ exp: seconds(-300) }), 401)
    assert.equal(await at({ nbf: seconds(300) }), service)
    assert.equal(await at({ nbf: seconds(301) }), 401)
  })

  it('must name issuer, app, end and service as single texts, exactly', async () => {
    for (const claims of [
      { iss: undefined },
      { iss: 'https://api.botframework.com/' },
      { iss: ['https://api.botframework.com'] },
      { aud: undefined },
      { aud: [appId] },
      { aud: [appId, 'other'] },
      { aud: appId.toUpperCase() + 'X' },
      { exp: undefined },
      { exp: String(seconds(600)) },
      { nbf: 'soon' },
      { serviceurl: undefined },
      { serviceurl: '' },
      { serviceurl: [service] },
    ])
      assert.equal(await statusOf(issuer.sign(service, claims)), 401, JSON.stringify(claims))
    assert.equal(asked, 0)
  })

  it('must be signed with a key that is endorsed for Teams', async () => {
    for (const endorsements of [[], ['webchat'], ['msteamsx']]) {
      key = { key: issuer.publicKey, endorsements }
      assert.equal(await statusOf(issuer.sign(service)), 401)
    }
  })

  it('prove nothing while the keys are unavailable, and that is told apart', async () => {
    key = 'unavailable'
    assert.equal(await statusOf(issuer.sign(service)), 503)
  })

  it('come alone behind "Bearer"', async () => {
    const token = issuer.sign(service)
    for (const header of [undefined, '', token, `Basic ${token}`, `Bearer ${token} ${token}`, `Bearer ${token}.x`]) {
      assert.ok('status' in (await check(header)), header)
    }
    assert.ok('serviceUrl' in (await check(`bearer  ${token}`)))
  })
})
