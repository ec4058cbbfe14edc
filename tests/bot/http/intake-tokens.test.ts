import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Entra } from '../../../bot/http/intake-callers.js'
import { type IntakeTokens, isToken, openIntakeTokens } from '../../../bot/http/intake-tokens.js'
import { newKey } from '../../../bot/local/key.js'
import { type Issuer, type Signer, openIssuer } from '../../support/issuer.js'

const tenantId = '11111111-1111-4111-8111-111111111111'
const clientId = 'aaaaaaaa-1111-4111-8111-111111111111'
const entra: Entra = {
  tenantId,
  audiences: ['api://winnow', '22222222-2222-4222-8222-222222222222'],
  callers: [
    { name: 'playbook', source: 'sentinel', clientId },
    { name: 'flow', clientId: 'bbbbbbbb-1111-4111-8111-111111111111' },
  ],
}
const versions = {
  one: { iss: `https://sts.windows.net/${tenantId}/`, aud: 'api://winnow', appid: clientId, ver: '1.0' },
  two: {
    iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    aud: '22222222-2222-4222-8222-222222222222',
    azp: clientId,
    ver: '2.0',
  },
} as const

describe('bot/http/intake-tokens', () => {
  let issuer: Issuer
  let tokens: IntakeTokens
  let logged: string[]
  let wall: number
  let time: number
  beforeEach(async () => {
    issuer = await openIssuer('unused')
    logged = []
    wall = Date.now()
    time = 1000
    const log = { warn: (_: object, text: string) => void logged.push(text) }
    const { metadataUrl } = issuer
    const clocks = { now: () => wall, monotonic: () => time }
    tokens = await openIntakeTokens(entra, { metadataUrl, timeoutMs: 1500, ...clocks, log })
  })
  afterEach(() => issuer.close())

  const signed = (claims: Record<string, unknown> = {}, by: Signer = 'teams') =>
    issuer.sign('', { serviceurl: undefined, tid: tenantId, ...versions.one, ...claims }, by)
  const who = async (token: string) => {
    const found = await tokens(token)
    return 'name' in found ? found.name : `${found.status} ${found.why}`
  }

  it('take a token of the tenant for Winnow by an allowed app, in the form of version 1 and of version 2', async () => {
    assert.equal(await who(signed()), 'playbook')
    assert.equal(await who(signed({ appid: undefined, ...versions.two })), 'playbook')
    assert.equal(await who(signed({ appid: entra.callers[1]?.clientId.toUpperCase(), idtyp: 'app' })), 'flow')
  })

  it('refuse one of another issuer, tenant, audience or app, and fetch no key for it', async () => {
    const elsewhere = '33333333-3333-4333-8333-333333333333'
    for (const [claims, why] of [
      [{ iss: 'https://sts.windows.net/' }, 'another issuer'],
      [{ iss: `https://sts.windows.net/${elsewhere}/` }, 'another issuer'],
      [{ iss: `https://login.microsoftonline.com/${elsewhere}/v2.0` }, 'another issuer'],
      [{ iss: `https://login.microsoftonline.com/common/v2.0` }, 'another issuer'],
      [{ iss: `https://sts.windows.net/${tenantId}/.evil.example/` }, 'another issuer'],
      [{ tid: elsewhere }, 'another tenant'],
      [{ tid: undefined }, 'another kind'],
      [{ aud: 'api://winnow2' }, 'another audience'],
      [{ aud: ['api://winnow', 'https://graph.microsoft.com'] }, 'another kind'],
      [{ aud: undefined }, 'another kind'],
      [{ appid: elsewhere }, 'not allowed'],
      [{ appid: undefined }, 'not allowed'],
      [{ azp: elsewhere }, 'not allowed'],
      [{ appid: elsewhere, azp: clientId }, 'not allowed'],
    ] as const) {
      const found = await who(signed(claims))
      assert.ok(found.startsWith('401') && found.includes(why), `${JSON.stringify(claims)}: ${found}`)
    }
    assert.equal(issuer.fetched(), 0)
  })

  it('refuse one that an app got for a person', async () => {
    assert.match(await who(signed({ scp: 'user_impersonation' })), /^401 .*for a person/)
    assert.match(await who(signed({ idtyp: 'user' })), /^401 .*for a person/)
  })

  it('refuse one that has expired or is not valid yet, by more than a minute', async () => {
    const now = Math.floor(wall / 1000)
    assert.equal(await who(signed({ exp: now - 55 })), 'playbook')
    assert.match(await who(signed({ exp: now - 65 })), /^401 .*expired/)
    assert.equal(await who(signed({ nbf: now + 55 })), 'playbook')
    assert.match(await who(signed({ nbf: now + 65 })), /^401 .*not valid yet/)
    for (const claims of [{ exp: undefined }, { nbf: undefined }, { exp: '9999999999' }])
      assert.match(await who(signed(claims)), /^401 /)
  })

  it('refuse one that was taken before as soon as it expires', async () => {
    const token = signed({ exp: Math.floor(wall / 1000) + 100 })
    assert.equal(await who(token), 'playbook')
    wall += 170_000
    assert.match(await who(token), /^401 .*expired/)
  })

  it('refuse a forged signature, alg none, and HS256 with the public key', async () => {
    assert.match(await who(signed({}, 'forger')), /^401 .*does not hold: ERR_JWS_SIGNATURE_VERIFICATION_FAILED/)
    const [head = '', body = '', signature = ''] = signed().split('.')
    const headed = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url')
    const hs256 = `${headed({ alg: 'HS256', kid: 'teams', typ: 'JWT' })}.${body}`
    const confused = createHmac('sha256', issuer.publicKeyPem).update(hs256).digest('base64url')
    const changed = Buffer.from(body, 'base64url').toString().replace('1.0', '9.0')
    for (const token of [
      `${headed({ alg: 'none', kid: 'teams' })}.${body}.AA`,
      `${headed({ alg: 'none', kid: 'teams' })}.${body}.`,
      `${hs256}.${confused}`,
      `${headed({ alg: 'RS512', kid: 'teams' })}.${body}.${signature}`,
      `${headed({ alg: 'RS256', kid: 'teams', crit: ['exp'] })}.${body}.${signature}`,
      `${headed({ alg: 'RS256' })}.${body}.${signature}`,
      `${head}.${Buffer.from(changed).toString('base64url')}.${signature}`,
      `${head}.${body}.${signature.slice(4)}`,
      'a.b.c',
      '..',
    ])
      assert.match(await who(token), /^401 /, token)
    assert.equal(await who(signed()), 'playbook')
  })

  it('fetch no more than once a minute, however many unknown keys strangers name', async () => {
    assert.equal(await who(signed()), 'playbook')
    // Signed beforehand: signing holds up the fetch that the first of them begins.
    const strange = Array.from({ length: 50 }, () => signed({}, 'next'))
    const storm = async () => Promise.all(strange.map(who))
    for (let times = 0; times < 4; times += 1)
      for (const found of await storm()) assert.match(found, /^401 .*unknown key "next"/)
    assert.equal(issuer.fetched(), 1)
    time += 60_000
    await storm()
    assert.equal(issuer.fetched(), 2)
  })

  it('take a token by a new key once it is published, and none by one that was given up', async () => {
    const old = signed()
    assert.equal(await who(old), 'playbook')
    issuer.publish('next')
    time += 60_000
    assert.equal(await who(signed({}, 'next')), 'playbook')
    assert.match(await who(old), /^401 .*unknown key/)
  })

  it('cannot tell while the keys were never fetched, and know the old ones while the issuer is down', async () => {
    issuer.fail()
    assert.match(await who(signed()), /^503 /)
    issuer.fail('not at all')
    time += 5000
    assert.equal(await who(signed()), 'playbook')
    issuer.fail('silence')
    time += 3 * 24 * 60 * 60 * 1000
    assert.equal(await who(signed({ jti: 'another' })), 'playbook')
    assert.match(await who(signed({}, 'next')), /^503 /)
    assert.ok(logged.every((text) => text.startsWith('entra: ')) && logged.length > 0)
  })

  it('are told from keys of ours by their form', () => {
    assert.equal(isToken(signed()), true)
    for (let times = 0; times < 50; times += 1) assert.equal(isToken(newKey()), false)
  })
})
