import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { openProofs } from '../../../bot/http/intake-proof.js'
import { signatureOf } from '../../../bot/http/intake-signatures.js'
import type { Intake } from '../../../bot/http/routes.js'
import { close, listen } from '../../../bot/http/server.js'
import { type Issuer, openIssuer } from '../../support/issuer.js'
import { talk } from '../../support/loopback.js'
import { type Doors, doorsOf } from './doors.js'

const tenantId = '11111111-1111-4111-8111-111111111111'
const clientId = 'aaaaaaaa-1111-4111-8111-111111111111'
const secret = createSecretKey('winnow_0123456789_0123456789_0123456789', 'utf8')

describe('bot/http/intake-proof: the alert door', () => {
  let issuer: Issuer
  let doors: Doors
  let origin = ''
  let took: { readonly body: unknown; readonly source: string | null }[]
  const opened = async (take: Intake['take'] = async () => ({ alerts: [], ignored: [] })) => {
    took = []
    const entra = {
      tenantId,
      audiences: ['api://winnow'],
      callers: [{ name: 'playbook', source: 'sentinel', clientId }] as const,
    }
    const signing = { seconds: 300, callers: [{ name: 'feed', source: 'graph', secret }] as const }
    const { metadataUrl } = issuer
    const clocks = { now: Date.now, monotonic: () => performance.now() }
    const proofs = await openProofs(
      { entra, signing },
      { metadataUrl, timeoutMs: 1500, ...clocks, log: { warn: () => undefined } },
    )
    doors = doorsOf({
      proofs,
      take: async (body, source) => {
        took.push({ body, source })
        return take(body, source)
      },
    })
    origin = `http://127.0.0.1:${await listen(doors.server, 0, '127.0.0.1')}`
  }
  beforeEach(async () => {
    issuer = await openIssuer('unused')
  })
  afterEach(async () => {
    await close(doors.server, 0)
    await issuer.close()
  })

  const token = (claims: Record<string, unknown> = {}) =>
    issuer.sign('', {
      iss: `https://sts.windows.net/${tenantId}/`,
      aud: 'api://winnow',
      tid: tenantId,
      appid: clientId,
      ...claims,
    })
  const signed = (body: string, at = Math.floor(Date.now() / 1000)): Readonly<Record<string, string>> => ({
    'X-Winnow-Key': 'feed',
    'X-Winnow-Timestamp': String(at),
    'X-Winnow-Signature': signatureOf(secret, String(at), body),
  })
  const post = async (headers: Readonly<Record<string, string>>, body = '{}', path = '/api/alerts') => {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    const { code, message }: { code?: string; message?: string } = Object(await response.json())
    return { status: response.status, code, message, headers: response.headers }
  }
  const callers = () =>
    doors.logged.flatMap(({ details, text }) => (text === 'alerts taken in' ? [details['caller']] : []))

  it('opens for a key, a token and a signature, and tells the log whose it was', async () => {
    await opened()
    for (const headers of [{ authorization: 'Bearer k' }, { authorization: `Bearer ${token()}` }, signed('{}')])
      assert.equal((await post(headers)).status, 202)
    assert.deepEqual(callers(), ['one', 'playbook', 'feed'])
    assert.deepEqual(
      took.map(({ source }) => source),
      [null, 'sentinel', 'graph'],
    )
  })

  it('opens for a token and a signature at the address of their source alone', async () => {
    await opened()
    const bearer = { authorization: `Bearer ${token()}` }
    assert.equal((await post(bearer, '{}', '/api/alerts/sentinel')).status, 202)
    assert.equal((await post(bearer, '{}', '/api/alerts/graph')).status, 403)
    assert.equal((await post(signed('{}'), '{}', '/api/alerts/graph')).status, 202)
    assert.equal((await post(signed('{}'), '{}', '/api/alerts/sentinel')).status, 403)
  })

  it('refuses a token that is not good, counts it, and tells the log alone what is wrong', async () => {
    await opened()
    const { status, code, message, headers } = await post({ authorization: `Bearer ${token({ appid: tenantId })}` })
    assert.deepEqual([status, code], [401, 'http/token'])
    assert.match(headers.get('www-authenticate') ?? '', /^Bearer/)
    assert.doesNotMatch(message ?? '', new RegExp(tenantId))
    const [refused] = doors.refused()
    assert.match(String(refused?.['why']), /^a token of an app that is not allowed/)
    assert.deepEqual([refused?.['door'], refused?.['caller']], ['/api/alerts', null])
    const health = await fetch(`${origin}/health`, { headers: { authorization: 'Bearer k' } })
    assert.deepEqual(Object(await health.json()).refused, [{ door: '/api/alerts', status: 401, count: 1 }])
  })

  it('says that tokens cannot be checked while Entra ID is down, and still takes keys', async () => {
    await opened()
    issuer.fail()
    const { status, headers } = await post({ authorization: `Bearer ${token()}` })
    assert.deepEqual([status, headers.get('retry-after')], [503, '30'])
    assert.equal((await post({ authorization: 'Bearer k' })).status, 202)
  })

  it('reads no body of a token or a signature that the head refuses', async () => {
    await opened()
    const head = (...more: readonly string[]) =>
      ['POST /api/alerts HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 1000', ...more]
        .concat('', '')
        .join('\r\n')
    const lines = (headers: Readonly<Record<string, string>>) =>
      Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    const old = Math.floor(Date.now() / 1000) - 400
    for (const headers of [
      { Authorization: `Bearer ${token({ aud: 'api://other' })}` },
      signed('{}', old),
      { ...signed('{}'), 'X-Winnow-Key': 'nobody' },
      { ...signed('{}'), 'X-Winnow-Signature': 'v1=00' },
    ])
      assert.match(await talk(origin, `${head(...lines(headers))}{`), /^HTTP\/1\.1 401 /)
    assert.deepEqual(took, [])
  })

  it('refuses a body that was changed on the way before anything looks at it', async () => {
    await opened()
    const { status, code } = await post(signed('{"id":"1"}'), '{"id":"2"}')
    assert.deepEqual([status, code], [401, 'http/signature'])
    assert.deepEqual(took, [])
    assert.deepEqual(
      [doors.refused()[0]?.['caller'], doors.refused()[0]?.['why']],
      [null, 'a signature that does not hold'],
    )
  })

  it('refuses a replay, also of two at once, but takes the same alert signed anew', async () => {
    await opened()
    const body = '{"id":"1","title":"ä"}'
    const now = Math.floor(Date.now() / 1000)
    const first = signed(body, now)
    const both = await Promise.all([post(first, body), post(first, body)])
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [202, 409],
    )
    const { code, message } = await post(first, body)
    assert.equal(code, 'http/replayed')
    assert.equal(doors.refused()[0]?.['caller'], 'feed')
    assert.match(message ?? '', /received before.*nothing was done again/)
    assert.equal((await post(signed(body, now + 1), body)).status, 202)
    assert.equal(took.length, 2)
  })

  it('takes the same signed request again when it could not be stored', async () => {
    let broken = true
    await opened(async () => {
      if (broken) throw new Error('disk')
      return { alerts: [], ignored: [] }
    })
    const headers = signed('{}')
    assert.equal((await post(headers)).status, 503)
    broken = false
    assert.equal((await post(headers)).status, 202)
    assert.equal((await post(headers)).status, 409)
  })

  it('lets a signature decide where there is one, whatever key comes with it', async () => {
    await opened()
    assert.equal((await post({ ...signed('{"id":"1"}'), authorization: 'Bearer k' }, '{}')).status, 401)
  })
})
