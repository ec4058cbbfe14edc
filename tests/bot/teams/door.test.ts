import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { restore, stub } from 'sinon'
import { people } from '../../support/activities.js'
import { appId, openRig, type Rig, tenantId } from './rig.js'

const seconds = (from: number) => Math.floor(Date.now() / 1000) + from
const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
describe('bot/teams/authentication', () => {
  let rig: Rig
  // The framework's own check writes to the console about every forged token; ours writes nothing there.
  before(() => stub(console, 'error').throws())
  after(() => restore())
  beforeEach(async () => (rig = await openRig()))
  afterEach(() => rig.close())

  const hello = (but: object = {}) => rig.activities.message('hello', { by: people.ana, but: { ...but } })
  const claims = () => ({ iss: 'https://api.botframework.com', aud: appId, serviceurl: service(), exp: seconds(600) })
  const service = () => rig.connector.serviceUrl

  it('lets a genuine request of our tenant in and sends with our own token', async () => {
    rig.answers.said = () => [{ text: 'hello yourself' }]
    assert.equal((await rig.send(hello())).status, 200)
    assert.equal(rig.heard.said[0]?.text, 'hello')
    assert.equal(rig.connector.context[0]?.authorization, 'Bearer ours')
  })

  const unproven: Record<string, () => string | null> = {
    'no token': () => null,
    'an empty one': () => 'Bearer ',
    'something that is no token': () => 'Bearer garbage',
    'another scheme': () => `Basic ${rig.issuer.sign(service())}`,
    'a forged signature': () => `Bearer ${rig.issuer.sign(service(), {}, 'forger')}`,
    'no signature at all (alg none)': () => `Bearer ${part({ alg: 'none', kid: 'teams' })}.${part(claims())}.`,
    'the public key as a shared secret (HS256)': () => {
      const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'teams' })}.${part(claims())}`
      return `Bearer ${signed}.${createHmac('sha256', rig.issuer.publicKeyPem).update(signed).digest('base64url')}`
    },
    'a key that is not for Teams': () => `Bearer ${rig.issuer.sign(service(), {}, 'webchat')}`,
    'an expired token': () => `Bearer ${rig.issuer.sign(service(), { exp: seconds(-600) })}`,
    'a token of the future': () => `Bearer ${rig.issuer.sign(service(), { nbf: seconds(600) })}`,
    'a token for another app': () => `Bearer ${rig.issuer.sign(service(), { aud: 'somebody-else' })}`,
    'a token of another issuer': () => `Bearer ${rig.issuer.sign(service(), { iss: 'https://evil.example' })}`,
    'a token for another service': () => `Bearer ${rig.issuer.sign('https://evil.example/')}`,
    'a token for no service': () => `Bearer ${rig.issuer.sign(service(), { serviceurl: undefined })}`,
    // Tokens of the emulator come from Entra ID and name no service.
    'a token of the emulator': () => {
      const iss = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/'
      return `Bearer ${rig.issuer.sign(service(), { iss, appid: appId, ver: '1.0', serviceurl: undefined }, 'teams')}`
    },
  }
  for (const [name, authorization] of Object.entries(unproven))
    it(`answers 401 to ${name} and says nothing of why`, async () => {
      const { status, body } = await rig.send(hello(), authorization())
      assert.equal(status, 401)
      assert.deepEqual(body, {
        code: 'Unauthorized',
        message: 'This request could not be proven to come from Microsoft Teams.',
      })
      assert.ok(rig.heardNothing())
    })

  const others: Record<string, [number, () => object]> = {
    'without a serviceUrl': [401, () => ({ serviceUrl: undefined })],
    'with an empty serviceUrl': [401, () => ({ serviceUrl: '' })],
    'with a serviceUrl the token is not for': [401, () => ({ serviceUrl: 'http://127.0.0.1:9/' })],
    'of another channel than Teams': [401, () => ({ channelId: 'emulator' })],
    'of another tenant': [403, () => ({ conversation: { id: 'a:1', tenantId: 'foreign' }, channelData: {} })],
    'whose channel data name another tenant': [403, () => ({ channelData: { tenant: { id: 'foreign' } } })],
    'whose tenant is no text': [403, () => ({ conversation: { id: 'a:1', tenantId: [tenantId] }, channelData: null })],
    'whose channel data name a tenant that is no text': [403, () => ({ channelData: { tenant: { id: [tenantId] } } })],
    'of no tenant': [403, () => ({ conversation: { id: 'a:1' }, channelData: null })],
  }
  for (const [name, [status, but]] of Object.entries(others))
    it(`refuses an activity ${name}`, async () => {
      assert.equal((await rig.send(hello(but()))).status, status)
      assert.ok(rig.heardNothing())
    })

  it('refuses another channel that signs properly', async () => {
    const authorization = `Bearer ${rig.issuer.sign(service(), {}, 'webchat')}`
    assert.equal((await rig.send(hello({ channelId: 'webchat' }), authorization)).status, 401)
    assert.ok(rig.heardNothing())
  })

  it('tells the operator, not the caller, why a token was refused', async () => {
    const { text } = await rig.send(hello(), `Bearer ${rig.issuer.sign(service(), { aud: 'somebody-else' })}`)
    assert.doesNotMatch(text, /somebody-else/)
    assert.match(rig.logged.join(), /somebody-else/)
  })

  it('answers 503 while the keys cannot be fetched, so that the click can be tried again', async () => {
    rig.issuer.fail()
    assert.equal((await rig.send(hello())).status, 503)
    assert.ok(rig.heardNothing())
  })

  it('refuses a stranger from the headers alone, and hears nobody before', async () => {
    const stranger = await rig.door({ headers: {}, socket: {} })
    assert.deepEqual('status' in stranger && [stranger.status, stranger.why], [401, 'no token'])
    const teams = await rig.door({ headers: { authorization: `Bearer ${rig.issuer.sign(service())}` }, socket: {} })
    assert.ok('hear' in teams)
    assert.equal((await teams.hear(hello())).status, 200)
    assert.equal((await teams.hear(hello({ serviceUrl: 'http://127.0.0.1:9/' }))).status, 401)
  })

  it('lets requests in with the keys it has while the issuer is down', async () => {
    await rig.send(hello())
    rig.issuer.fail('silence')
    const token = rig.issuer.sign(service(), { exp: seconds(1234) })
    assert.equal((await rig.send(hello(), `Bearer ${token}`)).status, 200)
  })

  it('names the field when a body is no activity', async () => {
    const without = async (field: string) => (await rig.send(hello({ [field]: undefined }))).body
    for (const field of ['type', 'from', 'conversation', 'recipient'])
      assert.deepEqual(await without(field), {
        code: 'BadRequest',
        message: `This is no activity: "${field}" is missing or not valid.`,
      })
    for (const body of ['[]', '"x"', '{oops', 'null', '{}']) assert.equal((await rig.send(body)).status, 400)
    assert.ok(rig.heardNothing())
  })
})
