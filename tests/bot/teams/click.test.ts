import assert from 'node:assert/strict'
import { incidents, people } from '../../support/activities.js'
import { words } from '../../support/words.js'
import { card, openRig, type Rig } from './rig.js'

const { ana, bo } = people
const errorType = 'application/vnd.microsoft.error'
const unreadable = words['refusal.bad-click']
const sorry = words['sorry']

const withAction = (action: object) => ({ by: ana, but: { value: { action } } })

describe('bot/teams/turn: a click', () => {
  let rig: Rig
  beforeEach(async () => (rig = await openRig()))
  afterEach(() => rig.close())
  const thread = `${incidents};messageid=17`

  it('tells who clicked what, where, on which message', async () => {
    await rig.send(
      rig.activities.invoke('claim', { case: 'c1', note: 'typed' }, '17', { by: ana, conversation: thread }),
    )
    assert.deepEqual(rig.heard.clicks, [
      {
        verb: 'claim',
        data: { case: 'c1', note: 'typed' },
        by: { id: ana.aadObjectId, name: ana.name },
        place: rig.place(incidents),
        personal: false,
        messageId: '17',
        posted: { place: rig.place(thread), messageId: '17' },
        via: 'execute',
        reader: { zone: '', locale: '' },
      },
    ])
  })

  it('tells in which time zone and language its person reads, where the client says so', async () => {
    const but = (more: Readonly<Record<string, unknown>>) => ({ by: ana, but: more })
    const clientInfo = {
      type: 'clientInfo',
      locale: 'sv-SE',
      country: 'SE',
      platform: 'Web',
      timezone: 'Europe/Stockholm',
    }
    await rig.send(rig.activities.invoke('claim', {}, '17', but({ entities: [null, { type: 'other' }, clientInfo] })))
    await rig.send(rig.activities.invoke('claim', {}, '17', but({ localTimezone: 'Asia/Tokyo', locale: 'ja-JP' })))
    await rig.send(
      rig.activities.invoke('claim', {}, '17', but({ localTimezone: 7, entities: [{ ...clientInfo, timezone: {} }] })),
    )
    assert.deepEqual(
      rig.heard.clicks.map(({ reader }) => reader),
      [
        { zone: 'Europe/Stockholm', locale: 'sv-SE' },
        { zone: 'Asia/Tokyo', locale: 'ja-JP' },
        { zone: '', locale: 'sv-SE' },
      ],
    )
  })

  it('is answered with a card in place of the one clicked', async () => {
    const { status, body } = await rig.send(rig.activities.invoke('claim', {}, '17', { by: ana }))
    assert.equal(status, 200)
    const value = { type: 'AdaptiveCard', version: '1.5', title: 'answer' }
    assert.deepEqual(body, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value })
  })

  it('is answered with a sentence when the listener has no card for it', async () => {
    rig.answers.click = () => ({ text: 'That case is closed.' })
    const { status, body } = await rig.send(rig.activities.invoke('claim', {}, '17', { by: ana }))
    assert.equal(status, 200)
    const type = 'application/vnd.microsoft.activity.message'
    assert.deepEqual(body, { statusCode: 200, type, value: 'That case is closed.' })
  })

  it('counts a refresh by the client as a click', async () => {
    await rig.send(rig.activities.invoke('refresh', {}, '17', { by: bo, conversation: 'a:1bo' }, 'automatic'))
    const [click] = rig.heard.clicks
    assert.deepEqual([click?.verb, click?.personal, click?.place.conversationId], ['refresh', true, 'a:1bo'])
  })

  it('knows people without an object id or a name by what there is', async () => {
    const but = { from: { id: '29:1guest' } }
    await rig.send(rig.activities.invoke('claim', {}, '17', { by: ana, but }))
    assert.deepEqual(rig.heard.clicks[0]?.by, { id: '29:1guest', name: 'Somebody' })
  })

  it('is answered kindly, and the reason logged, when the listener throws', async () => {
    rig.answers.click = () => {
      throw new Error('secret inside')
    }
    const { status, body, text } = await rig.send(rig.activities.invoke('claim', {}, '17', { by: ana }))
    assert.equal(status, 200)
    assert.deepEqual(body, { statusCode: 500, type: errorType, value: { code: 'InternalError', message: sorry } })
    assert.doesNotMatch(text, /secret/)
    assert.match(rig.logged.join(), /secret inside/)
  })

  const malformed: Record<string, unknown> = {
    'no value': undefined,
    'a value that is no object': 'x',
    'no action': {},
    'an action that is no object': { action: [] },
    'neither verb nor data': { action: { type: 'Action.Execute' } },
    'an empty verb': { action: { verb: '', data: {} } },
    'a verb that is no text': { action: { verb: { toString: 1 }, data: {} } },
    'data that are no object': { action: { verb: 'claim', data: ['x'] } },
  }
  for (const [name, value] of Object.entries(malformed))
    it(`is answered kindly when it has ${name}`, async () => {
      const { status, body } = await rig.send(rig.activities.invoke('x', {}, '17', { by: ana, but: { value } }))
      assert.equal(status, 200)
      assert.deepEqual(body, { statusCode: 400, type: errorType, value: { code: 'BadRequest', message: unreadable } })
      assert.ok(rig.heardNothing())
    })

  it('may have no data, or its verb among them', async () => {
    await rig.send(rig.activities.invoke('', {}, '17', withAction({ verb: 'queue' })))
    await rig.send(rig.activities.invoke('', {}, '17', withAction({ data: { verb: 'mine' } })))
    assert.deepEqual(
      rig.heard.clicks.map(({ verb }) => verb),
      ['queue', 'mine'],
    )
  })

  it('carries no prototype along', async () => {
    const plain = rig.activities.invoke('claim', { a: 1 }, '17', { by: ana })
    await rig.send(JSON.stringify(plain).replace('{"a":1}', '{"__proto__":{"admin":true},"a":1}'))
    assert.equal(rig.heard.clicks[0]?.data['admin'], undefined)
  })

  it('answers 501 to questions Winnow does not know', async () => {
    const { status } = await rig.send(
      rig.activities.invoke('x', {}, '17', { by: ana, but: { name: 'composeExtension/query' } }),
    )
    assert.equal(status, 501)
    assert.ok(rig.heardNothing())
  })
})

describe('bot/teams/turn: a click of the older kind', () => {
  let rig: Rig
  beforeEach(async () => (rig = await openRig()))
  afterEach(() => rig.close())
  const value = { verb: 'claim', case: 'c1', note: '' }

  it('updates the card that was clicked', async () => {
    const { place, messageId } = await rig.messenger.post(rig.place(incidents), card('first'))
    const conversation = place.conversationId
    assert.equal((await rig.send(rig.activities.submit(value, messageId, { by: ana, conversation }))).status, 200)
    const [click] = rig.heard.clicks
    assert.deepEqual([click?.verb, click?.data, click?.via, click?.messageId], ['claim', value, 'submit', messageId])
    assert.deepEqual(
      rig.connector.cards().map(({ title }) => title),
      ['answer'],
    )
  })

  it('gets the card as a new message when the old one is gone', async () => {
    await rig.send(rig.activities.submit(value, '404', { by: ana, conversation: 'a:1ana' }))
    assert.deepEqual(
      rig.connector.cards('a:1ana').map(({ title }) => title),
      ['answer'],
    )
  })

  it('is answered with a sentence in the same thread', async () => {
    rig.answers.click = () => ({ text: 'Not yours.' })
    const conversation = `${incidents};messageid=17`
    await rig.send(rig.activities.submit(value, '17', { by: ana, conversation }))
    const [message] = rig.connector.messages()
    assert.deepEqual([message?.conversationId, message?.activity['text']], [conversation, 'Not yours.'])
  })

  it('is answered kindly when it cannot be read', async () => {
    for (const odd of ['x', 7, [], {}, { verb: 7 }]) {
      const { status } = await rig.send(rig.activities.submit(odd, '17', { by: ana, conversation: 'a:1ana' }))
      assert.equal(status, 200)
      assert.equal(rig.connector.messages().at(-1)?.activity['text'], unreadable)
    }
    assert.ok(rig.heardNothing())
  })
})
