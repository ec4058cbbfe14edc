import assert from 'node:assert/strict'
import { DeliveryFailure, type Messenger } from '../../../bot/chat.js'
import { type ChatRequest, watchChat } from '../../../bot/watch/chat-watch.js'
import { posted } from '../../support/cast.js'

describe('bot/watch/chat-watch', () => {
  const open = () => {
    const next: { failure: Error | null } = { failure: null }
    const time = { now: 0 }
    const heard: ChatRequest[] = []
    const does = async <T>(answer: T): Promise<T> => {
      time.now += 250
      if (next.failure) throw next.failure
      return answer
    }
    const inner: Messenger = {
      post: () => does(posted()),
      update: () => does(undefined),
      direct: () => does(posted().place),
      roster: () => does([]),
    }
    const { messenger, state } = watchChat(
      inner,
      () => time.now,
      (request) => void heard.push(request),
    )
    const fails = async (failure: Error) => {
      next.failure = failure
      await assert.rejects(messenger.update(posted(), { text: 'x' }), failure)
      return state()
    }
    return { messenger, state, heard, fails, next }
  }

  it('knows nothing before the first request', () => {
    assert.deepEqual(open().state(), { token: null, reached: null, code: '' })
  })

  it('hands every request on, and tells how long it took', async () => {
    const { messenger, state, heard } = open()
    assert.deepEqual(await messenger.post(posted().place, { text: 'x' }), posted())
    assert.deepEqual(await messenger.direct('u', posted().place), posted().place)
    assert.deepEqual(await messenger.roster(posted().place), [])
    assert.deepEqual(state(), { token: true, reached: true, code: '' })
    assert.deepEqual(
      heard,
      ['post', 'direct', 'roster'].map((what) => ({ what, outcome: 'ok', seconds: 0.25 })),
    )
  })

  it('tells a token that could not be had from a chat that did not answer', async () => {
    const { fails, heard } = open()
    assert.deepEqual(await fails(new DeliveryFailure('transient', 'AADSTS7000215')), {
      token: false,
      reached: null,
      code: 'AADSTS7000215',
    })
    assert.deepEqual(await fails(new DeliveryFailure('transient', 'ECONNREFUSED')), {
      token: true,
      reached: false,
      code: 'ECONNREFUSED',
    })
    assert.equal((await fails(new DeliveryFailure('transient', 'HTTP 401'))).token, false)
    assert.deepEqual(
      heard.map(({ outcome }) => outcome),
      ['transient', 'transient', 'transient'],
    )
  })

  it('takes a refusal, and being too fast, for an answer', async () => {
    const { fails } = open()
    assert.equal((await fails(new DeliveryFailure('permanent', 'BotNotInConversationRoster'))).reached, true)
    assert.equal((await fails(new DeliveryFailure('transient', 'HTTP 429', 1000))).reached, true)
    assert.equal((await fails(new DeliveryFailure('unknown', 'HTTP 502'))).reached, false)
  })

  it('learns nothing from a mistake of our own', async () => {
    const { messenger, fails, heard } = open()
    await messenger.roster(posted().place)
    assert.deepEqual(await fails(new TypeError('x')), { token: true, reached: true, code: '' })
    assert.equal(heard.at(-1)?.outcome, 'failed')
  })
})
