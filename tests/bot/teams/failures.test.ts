import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { deliveryFailure } from '../../../bot/teams/failures.js'
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
  beforeEach(async () => (rig = await openRig({ now: () => noon })))
  afterEach(() => rig.close())
  /** A Teams that says nothing is given up soon, once it is asked; one that answers has the time it needs. */
  const impatient = async (): Promise<void> => {
    await rig.close()
    rig = await openRig({ now: () => noon, timeoutMs: 400 })
  }

  const post = () => rig.messenger.post(rig.place(incidents), card('new'))
  const failing = async (on: 'post' | 'update', failure: Omit<Failure, 'on'>): Promise<DeliveryFailure> => {
    const posted = on === 'update' ? await post() : null
    rig.connector.failNext({ on, ...failure, times: 9 })
    return caught(posted ? rig.messenger.update(posted, card('later')) : post())
  }

  /** What a refusal without a code of Teams' own means. */
  const table: readonly [number | 'reset' | 'silence', post: Kind, update: Kind][] = [
    [302, 'transient', 'transient'],
    [400, 'transient', 'transient'],
    [401, 'transient', 'transient'],
    [403, 'transient', 'transient'],
    [404, 'transient', 'transient'],
    [405, 'transient', 'transient'],
    [410, 'transient', 'transient'],
    [412, 'transient', 'transient'],
    [413, 'permanent', 'permanent'],
    [418, 'transient', 'transient'],
    [429, 'transient', 'transient'],
    [500, 'unknown', 'transient'],
    [501, 'transient', 'transient'],
    [502, 'unknown', 'transient'],
    [503, 'unknown', 'transient'],
    [504, 'unknown', 'transient'],
    ['reset', 'unknown', 'transient'],
    ['silence', 'unknown', 'transient'],
  ]
  for (const [status, ...kinds] of table)
    for (const [index, on] of (['post', 'update'] as const).entries())
      it(`takes ${status} on a ${on} for ${kinds[index]} after exactly one request, code or page`, async () => {
        if (status === 'silence') await impatient()
        assert.equal((await failing(on, { status })).kind, kinds[index])
        assert.equal((await failing(on, { status, body: 'page' })).kind, kinds[index])
        assert.equal(rig.connector.count(on), 2)
      })

  const named: readonly [number, string, post: Kind, update: Kind][] = [
    [400, 'BadSyntax', 'permanent', 'permanent'],
    [400, 'Bad Argument', 'permanent', 'permanent'],
    [400, 'ServiceError', 'transient', 'transient'],
    [401, 'BotNotRegistered', 'transient', 'transient'],
    [403, 'BotNotInConversationRoster', 'permanent', 'permanent'],
    [403, 'ConversationBlockedByUser', 'permanent', 'permanent'],
    [403, 'BotDisabledByAdmin', 'permanent', 'permanent'],
    [403, 'MessageWritesBlocked', 'permanent', 'permanent'],
    [403, 'ForbiddenOperationException', 'permanent', 'permanent'],
    [403, 'NotEnoughPermissions', 'permanent', 'permanent'],
    [403, 'InvalidBotApiHost', 'transient', 'transient'],
    [404, 'ConversationNotFound', 'permanent', 'missing'],
    [404, 'ActivityNotFoundInConversation', 'transient', 'missing'],
    [404, 'ServiceError', 'transient', 'transient'],
    [413, 'MessageSizeTooBig', 'permanent', 'permanent'],
  ]
  for (const [status, code, ...kinds] of named)
    for (const [index, on] of (['post', 'update'] as const).entries())
      it(`takes ${status} ${code} on a ${on} for ${kinds[index]}, and keeps the code`, async () => {
        const failure = await failing(on, { status, code })
        assert.deepEqual([failure.kind, failure.code], [kinds[index], code])
      })

  it('does not know whether a post arrived when it is taken without an id, or a page answers', async () => {
    for (const status of [200, 201])
      for (const body of ['page', 'nothing'] as const) {
        assert.equal((await failing('post', { status, body })).kind, 'unknown')
        const inThread = rig.messenger.post(rig.place(`${incidents};messageid=17`), card('new'))
        assert.equal((await caught(inThread)).kind, 'unknown')
      }
  })

  it('opens a chat again when no id of one came back', async () => {
    for (const [body, person] of [
      ['page', people.mia],
      ['nothing', people.bo],
    ] as const) {
      rig.connector.failNext({ on: 'direct', status: 201, body })
      const direct = () => rig.messenger.direct(person.id, rig.place(incidents))
      assert.equal((await caught(direct())).kind, 'transient')
      assert.match((await direct()).conversationId, /^a:1/)
    }
  })

  it('takes a chat that Teams will not open for final for that person, but not a page on the way', async () => {
    const direct = () => rig.messenger.direct(people.mia.id, rig.place(incidents))
    for (const status of [400, 403, 404]) {
      rig.connector.failNext({ on: 'direct', status, code: 'NotFound' })
      assert.equal((await caught(direct())).kind, 'permanent')
      rig.connector.failNext({ on: 'direct', status, body: 'page' })
      assert.equal((await caught(direct())).kind, 'transient')
    }
    rig.connector.failNext({ on: 'member', status: 404, code: 'MemberNotFoundInConversation' })
    assert.equal((await caught(rig.messenger.roster(rig.place(incidents)))).kind, 'permanent')
    rig.connector.failNext({ on: 'direct', status: 401, code: 'Unauthorized' })
    assert.equal((await caught(direct())).kind, 'transient')
  })

  it('keeps the code Teams gives', async () => {
    const missing = await caught(rig.messenger.update({ place: rig.place('a:1ana'), messageId: '404' }, card('x')))
    assert.deepEqual([missing.kind, missing.code], ['missing', 'ActivityNotFoundInConversation'])
    const nowhere = await caught(rig.messenger.post(rig.place('19:gone@thread.tacv2'), card('x')))
    assert.deepEqual([nowhere.kind, nowhere.code], ['permanent', 'ConversationNotFound'])
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
        const failure = deliveryFailure({ name: 'RestError', statusCode: 403, ...body }, 'post', noon)
        assert.deepEqual([failure.kind, failure.code], ['permanent', code])
      }
    }
  })

  it('tells what concerns one message from what concerns the whole conversation', () => {
    const isWide = (failure: object) => deliveryFailure({ name: 'RestError', ...failure }, 'update', noon).everybody
    const response = { headers: { get: () => '1' } }
    for (const failure of [
      { statusCode: 429 },
      { statusCode: 401 },
      { statusCode: 503, response },
      { code: 'ECONNREFUSED' },
    ]) {
      assert.equal(isWide(failure), true)
    }
    for (const statusCode of [400, 403, 404, 412, 502, 504]) assert.equal(isWide({ statusCode }), false)
  })

  it('is told that a message is too big', async () => {
    const tooBig = await caught(rig.messenger.post(rig.place(incidents), { text: 'x'.repeat(60_000) }))
    assert.deepEqual([tooBig.kind, tooBig.code], ['permanent', 'MessageSizeTooBig'])
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
      assert.deepEqual([failure.kind, failure.retryAfterMs], ['transient', ms])
    })

  it('never posts twice, even when the message stands there although Teams said 504', async () => {
    assert.equal((await failing('post', { status: 504, after: 'stored' })).kind, 'unknown')
    assert.equal(rig.connector.messages().length, 1)
  })

  it('takes a refused connection for not sent', async () => {
    await rig.connector.close()
    assert.deepEqual((await caught(post())).kind, 'transient')
  })

  it('takes an unknown host for not sent', () => {
    const dns = Object.assign(new Error('getaddrinfo ENOTFOUND x'), { name: 'RestError', code: 'ENOTFOUND' })
    assert.equal(deliveryFailure(dns, 'post', noon).kind, 'transient')
    const connecting = Object.assign(new Error('connect ETIMEDOUT 1.2.3.4'), { name: 'RestError', code: 'ETIMEDOUT' })
    assert.equal(deliveryFailure(connecting, 'post', noon).kind, 'transient')
  })

  it('takes a mistake of our own for final', () => {
    for (const odd of [new TypeError('x'), 'x', null, undefined, 7])
      assert.equal(deliveryFailure(odd, 'post', noon).kind, 'permanent')
  })

  it('opens chats and asks for members again after any trouble on the way', async () => {
    const trouble = async (status: Failure['status']) => {
      rig.connector.failNext({ on: 'direct', status })
      assert.equal((await caught(rig.messenger.direct(people.mia.id, rig.place(incidents)))).kind, 'transient')
    }
    for (const status of [429, 500, 504, 'reset'] as const) await trouble(status)
    assert.equal(rig.connector.count('direct'), 4)
    await impatient()
    await trouble('silence')
    assert.equal(rig.connector.count('direct'), 1)
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
      'transient',
      'NoToken',
      0,
    ])
  })

  it('hands on the code by which Entra ID says what is wrong with the credentials', async () => {
    const told = 'invalid_client: 7000222 - [2026-01-02]: AADSTS7000222: The provided client secret keys are expired.'
    assert.deepEqual(await sent(() => Promise.reject(new Error(told))), ['transient', 'AADSTS7000222', 0])
  })

  it('does not wait for a token for ever', async () => {
    assert.deepEqual(await sent(() => new Promise(() => undefined)), ['transient', 'NoToken', 0])
  })
})
