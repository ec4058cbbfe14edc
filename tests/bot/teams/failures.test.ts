import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { undelivered } from '../../../bot/teams/failures.js'
import { incidents, people } from '../../support/activities.js'
import type { Failure } from '../../support/fake-connector.js'
import { card, openRig, type Rig } from './rig.js'

type Kind = DeliveryFailure['kind']

const caught = async (promise: Promise<unknown>): Promise<DeliveryFailure> => {
  const error: unknown = await promise.then(
    () => assert.fail('it arrived'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof DeliveryFailure, String(error))
  return error
}

describe('bot/teams/failures', () => {
  let rig: Rig
  const noon = Date.parse('2030-01-01T12:00:00Z')
  beforeEach(async () => (rig = await openRig({ now: () => noon, timeoutMs: 400 })))
  afterEach(() => rig.close())

  const post = () => rig.messenger.post(rig.place(incidents), card('new'))
  const failing = async (on: 'post' | 'update', failure: Omit<Failure, 'on'>): Promise<DeliveryFailure> => {
    const posted = on === 'update' ? await post() : null
    rig.connector.failNext({ on, ...failure, times: 9 })
    return caught(posted ? rig.messenger.update(posted, card('later')) : post())
  }

  const table: readonly [number | 'reset' | 'silence', post: Kind, update: Kind][] = [
    [400, 'never', 'never'],
    [401, 'never', 'never'],
    [403, 'never', 'never'],
    [404, 'never', 'gone'],
    [412, 'not-now', 'not-now'],
    [413, 'never', 'never'],
    [429, 'not-now', 'not-now'],
    [500, 'unknown', 'not-now'],
    [501, 'never', 'never'],
    [502, 'unknown', 'not-now'],
    [503, 'unknown', 'not-now'],
    [504, 'unknown', 'not-now'],
    ['reset', 'unknown', 'not-now'],
    ['silence', 'unknown', 'not-now'],
  ]
  for (const [status, ...kinds] of table)
    for (const [index, on] of (['post', 'update'] as const).entries())
      it(`takes ${status} on a ${on} for ${kinds[index]} after exactly one request`, async () => {
        assert.equal((await failing(on, { status })).kind, kinds[index])
        assert.equal(rig.connector.count(on), 1)
      })

  it('keeps the code Teams gives', async () => {
    const missing = await caught(rig.messenger.update({ place: rig.place('a:1ana'), messageId: '404' }, card('x')))
    assert.deepEqual([missing.kind, missing.code], ['gone', 'ActivityNotFoundInConversation'])
    const nowhere = await caught(rig.messenger.post(rig.place('19:gone@thread.tacv2'), card('x')))
    assert.deepEqual([nowhere.kind, nowhere.code], ['never', 'ConversationNotFound'])
    const { code } = await failing('post', { status: 403, code: 'BotNotInConversationRoster' })
    assert.equal(code, 'BotNotInConversationRoster')
  })

  it('knows the four final refusals wherever Teams names them', () => {
    const finals = [
      'ConversationBlockedByUser',
      'BotNotInConversationRoster',
      'BotDisabledByAdmin',
      'MessageWritesBlocked',
    ]
    for (const code of finals) {
      const bodies = [
        { details: { error: { code } } },
        { details: { error: { code: 'Forbidden', innerError: { subCode: code } } } },
        { message: JSON.stringify({ subCode: code, details: 'Thread is not writable' }) },
      ]
      for (const body of bodies) {
        const failure = undelivered({ name: 'RestError', statusCode: 403, ...body }, 'post', noon)
        assert.deepEqual([failure.kind, failure.code], ['never', code])
      }
    }
  })

  it('tells what concerns one message from what concerns the whole conversation', () => {
    const isWide = (failure: object) => undelivered({ name: 'RestError', ...failure }, 'update', noon).everybody
    const response = { headers: { get: () => '1' } }
    for (const failure of [{ statusCode: 429 }, { statusCode: 503, response }, { code: 'ECONNREFUSED' }]) {
      assert.equal(isWide(failure), true)
    }
    for (const statusCode of [412, 502, 504]) assert.equal(isWide({ statusCode }), false)
  })

  it('is told that a message is too big', async () => {
    const tooBig = await caught(rig.messenger.post(rig.place(incidents), { text: 'x'.repeat(60_000) }))
    assert.deepEqual([tooBig.kind, tooBig.code], ['never', 'MessageSizeTooBig'])
  })

  const waits: readonly [string | undefined, number | null][] = [
    ['7', 7000],
    ['Tue, 01 Jan 2030 12:00:30 GMT', 30_000],
    ['Tue, 01 Jan 2030 11:59:00 GMT', 0],
    ['999999999', 3_600_000],
    ['soon', null],
    [undefined, null],
  ]
  for (const [retryAfter, ms] of waits)
    it(`takes a Retry-After of ${retryAfter ?? 'nothing'} for ${ms ?? 'no'} ms`, async () => {
      const failure = await failing('post', { status: 429, ...(retryAfter !== undefined && { retryAfter }) })
      assert.deepEqual([failure.kind, failure.retryAfterMs], ['not-now', ms])
    })

  it('never posts twice, even when the message stands there although Teams said 504', async () => {
    assert.equal((await failing('post', { status: 504, after: 'stored' })).kind, 'unknown')
    assert.equal(rig.connector.messages().length, 1)
  })

  it('takes a refused connection for not sent', async () => {
    await rig.connector.close()
    assert.deepEqual((await caught(post())).kind, 'not-now')
  })

  it('takes an unknown host for not sent', () => {
    const dns = Object.assign(new Error('getaddrinfo ENOTFOUND x'), { name: 'RestError', code: 'ENOTFOUND' })
    assert.equal(undelivered(dns, 'post', noon).kind, 'not-now')
    const connecting = Object.assign(new Error('connect ETIMEDOUT 1.2.3.4'), { name: 'RestError', code: 'ETIMEDOUT' })
    assert.equal(undelivered(connecting, 'post', noon).kind, 'not-now')
  })

  it('takes a mistake of our own for final', () => {
    for (const odd of [new TypeError('x'), 'x', null, undefined, 7])
      assert.equal(undelivered(odd, 'post', noon).kind, 'never')
  })

  it('opens chats and asks for members again after any trouble on the way', async () => {
    for (const status of [429, 500, 504, 'reset', 'silence'] as const) {
      rig.connector.failNext({ on: 'direct', status })
      assert.equal((await caught(rig.messenger.direct(people.mia.id, rig.place(incidents)))).kind, 'not-now')
    }
    assert.equal(rig.connector.count('direct'), 5)
  })
})

const sent = async (token: () => Promise<string>) => {
  const rig = await openRig({ token, timeoutMs: 100 })
  const error: unknown = await rig.messenger.post(rig.place(incidents), card('x')).catch((reason: unknown) => reason)
  const requests = rig.connector.context.length
  await rig.close()
  assert.ok(error instanceof DeliveryFailure)
  return [error.kind, error.code, requests]
}

describe('bot/teams/connector', () => {
  it('sends nothing and says not now when no token can be had', async () => {
    assert.deepEqual(await sent(() => Promise.reject(new Error('Entra ID cannot be reached'))), [
      'not-now',
      'NoToken',
      0,
    ])
  })

  it('hands on the code by which Entra ID says what is wrong with the credentials', async () => {
    const told = 'invalid_client: 7000222 - [2026-01-02]: AADSTS7000222: The provided client secret keys are expired.'
    assert.deepEqual(await sent(() => Promise.reject(new Error(told))), ['not-now', 'AADSTS7000222', 0])
  })

  it('does not wait for a token for ever', async () => {
    assert.deepEqual(await sent(() => new Promise(() => undefined)), ['not-now', 'NoToken', 0])
  })
})
