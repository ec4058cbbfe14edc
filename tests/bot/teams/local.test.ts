import assert from 'node:assert/strict'
import { close, listen } from '../../../bot/http/server.js'
import { incidents, people } from '../../support/activities.js'
import { doorsOf } from '../http/doors.js'
import { card, openRig, type Rig } from './rig.js'

const { ana, mia } = people

describe('bot/teams/local', () => {
  let rig: Rig
  beforeEach(async () => (rig = await openRig({ local: true })))
  afterEach(() => rig.close())

  const handed = (from: { remoteAddress?: string; headers?: Record<string, string>; serviceUrl?: string } = {}) => {
    const { remoteAddress, headers = {}, serviceUrl = rig.connector.serviceUrl } = from
    const body = rig.activities.message('hello', { by: ana, but: { serviceUrl } })
    return rig.hand({ body, headers, socket: { remoteAddress } })
  }

  it('serves the same machine without any token', async () => {
    rig.answers.said = () => [{ text: 'hello yourself' }]
    assert.equal((await rig.send(rig.activities.message('hello', { by: ana }))).status, 200)
    assert.equal(rig.connector.messages().length, 1)
    assert.equal(rig.connector.context[0]?.authorization, undefined)
    for (const remoteAddress of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      assert.equal((await handed({ remoteAddress })).status, 200)
  })

  it('hears of each page that is opened, once, also when it is loaded again at once', async () => {
    const from = { by: ana, conversation: 'a:1ana' }
    for (const times of [1, 2]) {
      await rig.send(rig.activities.joined(from))
      await rig.send(rig.activities.installed(from))
      assert.equal(rig.heard.installed.length, times)
    }
  })

  it('refuses every other machine', async () => {
    for (const remoteAddress of ['10.0.0.8', '::ffff:10.0.0.8', 'fe80::1', '127.0.0.1.evil.example', '', undefined])
      assert.equal((await handed({ ...(remoteAddress !== undefined && { remoteAddress }) })).status, 403)
    assert.ok(rig.heardNothing())
  })

  it('refuses what comes through a proxy, a tunnel, or from a web page that pretends to be local', async () => {
    const remoteAddress = '127.0.0.1'
    for (const headers of [
      { 'x-forwarded-for': '1.2.3.4' },
      { forwarded: 'for=1.2.3.4' },
      { host: 'evil.example:3978' },
    ])
      assert.equal((await handed({ remoteAddress, headers })).status, 403)
    assert.equal((await handed({ remoteAddress, headers: { host: 'localhost:3978' } })).status, 200)
    assert.equal((await handed({ remoteAddress, headers: { host: '[::1]:3978' } })).status, 200)
  })

  it('refuses to be made to answer elsewhere', async () => {
    const remoteAddress = '127.0.0.1'
    for (const serviceUrl of ['https://evil.example/', 'http://127.0.0.1.evil.example/', 'nonsense'])
      assert.equal((await handed({ remoteAddress, serviceUrl })).status, 403)
    assert.equal((await handed({ remoteAddress, serviceUrl: '' })).status, 401)
    assert.ok(rig.heardNothing())
  })

  it('finds people by object id in the roster, because the local client does not', async () => {
    const via = rig.place(`${incidents};messageid=17`)
    const chat = await rig.messenger.direct(mia.aadObjectId, via)
    assert.deepEqual(rig.connector.context.at(-1)?.body['members'], [{ id: mia.id }])
    await rig.messenger.post(chat, card('question'))
    const roster = await rig.messenger.roster(via)
    assert.ok(roster.some(({ ids, guest }) => ids.includes(mia.aadObjectId) && !guest))
  })
})

describe('bot/teams behind the HTTP door', () => {
  it('answers clicks, words, unknown questions and nonsense', async () => {
    const rig = await openRig({ local: true })
    const doors = doorsOf({ messages: rig.door })
    const port = await listen(doors.server, 0, '127.0.0.1')
    const send = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body: JSON.stringify(body),
      })
    const clicked = await send(rig.activities.invoke('claim', {}, '17', { by: ana }))
    assert.equal(clicked.status, 200)
    assert.match(await clicked.text(), /^\{"statusCode":200,"type":"application\/vnd\.microsoft\.card\.adaptive"/)
    const spoke = await send(rig.activities.message('hello', { by: ana }))
    assert.deepEqual([spoke.status, await spoke.text()], [200, ''])
    const unknown = await send(
      rig.activities.invoke('x', {}, '17', { by: ana, but: { name: 'composeExtension/query' } }),
    )
    assert.deepEqual([unknown.status, await unknown.text()], [501, ''])
    const odd = await send([])
    assert.deepEqual([odd.status, Object(await odd.json()).code], [400, 'BadRequest'])
    assert.equal((await send({}, { 'x-forwarded-for': '1.2.3.4' })).status, 403)
    assert.deepEqual(
      doors.refused().map(({ status, code, why }) => [status, code, why]),
      [
        [400, 'BadRequest', undefined],
        [403, 'Forbidden', 'it comes through a proxy'],
      ],
    )
    await close(doors.server, 0)
    await rig.close()
  })
})
