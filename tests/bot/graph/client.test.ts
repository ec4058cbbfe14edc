import assert from 'node:assert/strict'
import type { GraphRequest } from '../../../bot/graph/client.js'
import { openGraph } from '../../../bot/graph/client.js'
import { inWords } from '../../../bot/graph/failure.js'
import { type FakeGraph, clientOf, graphAlert, instantClock, openFakeGraph } from '../../support/fake-graph.js'
import { until } from '../../support/until.js'

describe('bot/graph/client', () => {
  let fake: FakeGraph
  beforeEach(async () => {
    fake = await openFakeGraph()
    fake.put(graphAlert('a'))
  })
  afterEach(() => fake.close())

  const get: GraphRequest = { method: 'GET', path: '/security/alerts_v2', permission: 'SecurityAlert.Read.All' }
  const failureOf = async (but: Partial<GraphRequest> = {}, clock = instantClock(), timeoutMs = 5000) => {
    const answer = await clientOf(fake, { clock, timeoutMs }).ask({ ...get, ...but })
    return answer.ok ? null : answer.failure
  }

  it('asks below its base, with a token, and answers with JSON and Graph’s own time', async () => {
    const answer = await clientOf(fake).ask({ ...get, query: { $top: '5' }, headers: { Prefer: 'x' } })
    assert.ok(answer.ok)
    assert.equal(answer.at, fake.now())
    assert.match(JSON.stringify(answer.body), /"id":"a"/)
    const [asked] = fake.asked
    assert.deepEqual(
      [
        asked?.url.pathname,
        asked?.url.searchParams.get('$top'),
        asked?.headers.authorization,
        asked?.headers['prefer'],
      ],
      ['/v1.0/security/alerts_v2', '5', 'Bearer graph-token', 'x'],
    )
  })

  it('sends JSON where there is something to say, and takes an empty answer', async () => {
    fake.fail({ status: 204, body: '' })
    const answer = await clientOf(fake).ask({ ...get, method: 'PATCH', body: { status: 'resolved' } })
    assert.ok(answer.ok && answer.body === null)
    assert.equal(fake.asked[0]?.body, '{"status":"resolved"}')
    assert.match(fake.asked[0]?.headers['content-type'] ?? '', /^application\/json/)
  })

  it('waits as long as Graph says where it limits, and asks again', async () => {
    const clock = instantClock()
    fake.fail({ status: 429, headers: { 'retry-after': '7' } }, { status: 503, headers: { 'retry-after': '3' } })
    assert.equal(await failureOf({}, clock), null)
    assert.deepEqual(clock.slept, [7000, 3000])
  })

  it('understands a time to wait until, by Graph’s own clock', async () => {
    const clock = instantClock()
    const until = new Date(Date.parse(fake.now()) + 20_000).toUTCString()
    fake.fail({ status: 429, headers: { 'retry-after': until } })
    assert.equal(await failureOf({}, clock), null)
    assert.deepEqual(clock.slept, [20_000])
  })

  it('says so where it would wait too long, and asks nothing else meanwhile', async () => {
    const clock = instantClock()
    const graph = clientOf(fake, { clock })
    fake.fail({ status: 429, headers: { 'retry-after': '600' } })
    assert.deepEqual(await graph.ask(get), { ok: false, failure: { kind: 'throttled', retryAfterMs: 600_000 } })
    assert.deepEqual(await graph.ask(get), { ok: false, failure: { kind: 'throttled', retryAfterMs: 600_000 } })
    assert.equal(fake.asked.length, 1)
    await clock.sleep(600_000)
    assert.ok((await graph.ask(get)).ok)
  })

  it('waits an hour at the most, whatever Graph says', async () => {
    fake.fail({ status: 429, headers: { 'retry-after': '999999999' } })
    assert.deepEqual(await failureOf(), { kind: 'throttled', retryAfterMs: 3_600_000 })
  })

  it('asks four times, farther and farther apart, where the server fails or the connection is cut', async () => {
    const clock = instantClock()
    fake.fail({ status: 502 }, 'cut', { status: 500 })
    assert.equal(await failureOf({}, clock), null)
    assert.deepEqual(clock.slept, [1000, 2000, 4000])
    fake.fail({ status: 500 }, { status: 500 }, { status: 500 }, { status: 504 })
    assert.deepEqual(await failureOf(), { kind: 'unreachable', says: 'HTTP 504' })
  })

  it('does not ask twice for what may have been done, but where it surely was not', async () => {
    fake.fail({ status: 502 })
    assert.deepEqual(await failureOf({ method: 'POST', body: {} }), { kind: 'unreachable', says: 'HTTP 502' })
    assert.equal(fake.asked.length, 1)
    fake.fail({ status: 429, headers: { 'retry-after': '1' } })
    assert.equal(await failureOf({ method: 'POST', body: {} }), null)
    fake.fail({ status: 502 })
    assert.equal(await failureOf({ method: 'POST', body: {}, repeatable: true }), null)
  })

  it('does not wait for ever', async () => {
    fake.fail('silence', 'silence', 'silence', 'silence')
    assert.deepEqual(await failureOf({}, instantClock(), 100), { kind: 'unreachable', says: 'no answer in time' })
  })

  it('names the permission that is lacking', async () => {
    fake.fail({ status: 403, body: '{"error":{"code":"Forbidden","message":"roles"}}' })
    const failure = await failureOf()
    assert.deepEqual(failure, { kind: 'forbidden', permission: 'SecurityAlert.Read.All' })
    assert.match(
      inWords({ kind: 'forbidden', permission: 'SecurityAlert.Read.All' }),
      /lacks the permission SecurityAlert.Read.All/,
    )
    assert.equal(fake.asked.length, 1)
  })

  it('tells by Graph’s code what it does not take, never by its message, which may quote what was asked', async () => {
    fake.fail({ status: 400, body: '{"error":{"code":"InvalidFilter","message":"secret query"}}' })
    assert.deepEqual(await failureOf(), { kind: 'invalid', says: 'InvalidFilter' })
    fake.fail({ status: 400, body: '{"error":{"code":"secret query","message":""}}' })
    assert.deepEqual(await failureOf(), { kind: 'invalid', says: 'HTTP 400' })
    fake.fail({ status: 404 })
    assert.deepEqual(await failureOf(), { kind: 'not-found' })
    fake.fail({ status: 401, body: '{"error":{"code":"InvalidAuthenticationToken"}}' })
    assert.deepEqual(await failureOf(), { kind: 'signed-out', says: 'InvalidAuthenticationToken' })
    fake.fail({ status: 200, body: '<html>a proxy</html>' })
    assert.deepEqual(await failureOf(), { kind: 'invalid', says: 'an answer that is no JSON' })
  })

  it('takes the token nowhere but to Graph: foreign links and redirections are not followed', async () => {
    const { host } = new URL(fake.baseUrl)
    const foreign = [
      'https://graph.example/v1.0/security/alerts_v2',
      `http://${host}@evil.example/v1.0/x`,
      `http://user@${host}/v1.0/x`,
      `http://${host}/beta/security/alerts_v2`,
      `http://${host}/v1.0/../steal`,
      `https://${host}/v1.0/x`,
      'http://',
    ]
    for (const path of foreign)
      assert.deepEqual(await failureOf({ path }), { kind: 'invalid', says: 'a link that leads elsewhere' })
    assert.equal(fake.asked.length, 0)
    fake.fail({ status: 302, headers: { location: 'http://evil.example/' } })
    assert.equal((await failureOf())?.kind, 'invalid')
    assert.ok((await clientOf(fake).ask({ ...get, path: `${fake.baseUrl}/security/alerts_v2?$skip=1` })).ok)
  })

  it('passes on why there is no token, and asks nothing', async () => {
    const failure = { kind: 'signed-out', says: 'AADSTS7000222' } as const
    const graph = openGraph({ token: async () => ({ ok: false, failure }), baseUrl: fake.baseUrl })
    assert.deepEqual(await graph.ask(get), { ok: false, failure })
    assert.equal(fake.asked.length, 0)
  })

  it('stops at once when it is told to', async () => {
    const stop = new AbortController()
    fake.fail('silence')
    const failure = failureOf({ signal: stop.signal })
    await until(() => fake.asked.length === 1)
    stop.abort()
    assert.equal((await failure)?.kind, 'unreachable')
    assert.equal(fake.asked.length, 1)
  })
})
