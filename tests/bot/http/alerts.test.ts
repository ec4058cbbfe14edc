import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Answer, type World, keys, openWorld } from '../../support/winnow.js'

const alert = { id: '42', title: 'Sign-in from two countries' }

describe('bot/http/routes: the alert door', () => {
  let world: World
  before(async () => {
    world = await openWorld({ store: 'memory' })
  })
  after(() => world.close())

  const isRefused = ({ status, body, text, headers }: Answer, expected: number, says: RegExp) => {
    assert.equal(status, expected, text)
    assert.match(headers.get('content-type') ?? '', /^application\/json/)
    assert.deepEqual(Object.keys(Object(body)), ['code', 'message'])
    assert.match(Object(body).message, says)
    assert.doesNotMatch(text, /node_modules|\bat \/|\.ts:\d|\.js:\d|Error:/)
  }
  const nothingStored = async () => assert.deepEqual(await world.app().openCases.rows(), [])

  it('does not open without a key, with a wrong one, or with one that was taken out', async () => {
    const headers = [
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${keys.one}` },
      { authorization: keys.one },
      { authorization: `Bearer ${keys.one} ${keys.one}` },
      { authorization: `Bearer ${keys.one.toUpperCase()}` },
      { authorization: `Bearer ${keys.revoked}` },
      { authorization: `Bearer ${'x'.repeat(10_000)}` },
    ]
    for (const header of headers) {
      const answer = await world.post(alert, header)
      isRefused(answer, 401, /^Send an intake key/)
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    }
    await nothingStored()
  })

  it('asks for the key before it looks at anything else', async () => {
    isRefused(await world.post('{', { authorization: '', 'content-type': 'text/plain' }), 401, /intake key/)
  })

  it('takes only JSON, as it is', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonx',
      'multipart/form-data',
      '',
    ])
      isRefused(await world.post(alert, { 'content-type': type }), 415, /Content-Type: application\/json/)
    for (const encoding of ['gzip', 'deflate', 'br', 'x'])
      isRefused(await world.post(alert, { 'content-encoding': encoding }), 415, /without Content-Encoding/)
    const body = gzipSync(JSON.stringify(alert))
    const headers = {
      authorization: `Bearer ${keys.one}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    }
    assert.equal((await fetch(world.url('/api/alerts'), { method: 'POST', headers, body })).status, 415)
    await nothingStored()
  })

  it('takes at most 1 MiB, whether the length is told or not', async () => {
    const large = JSON.stringify({ ...alert, description: 'x'.repeat(1024 * 1024) })
    isRefused(await world.post(large), 413, /larger than 1048576 bytes/)
    const chunks = new ReadableStream({
      start: (controller) => {
        for (let at = 0; at < large.length; at += 65_536)
          controller.enqueue(new TextEncoder().encode(large.slice(at, at + 65_536)))
        controller.close()
      },
    })
    const headers = { authorization: `Bearer ${keys.one}`, 'content-type': 'application/json' }
    const request: RequestInit = { method: 'POST', headers, body: chunks, duplex: 'half' }
    assert.equal((await fetch(world.url('/api/alerts'), request)).status, 413)
    const full = JSON.stringify({ ...alert, id: 'x' })
    isRefused(await world.post(full.padEnd(1024 * 1024 + 1)), 413, /larger/)
    await nothingStored()
  })

  it('says where a body is not JSON, is empty or is nested absurdly deep', async () => {
    isRefused(await world.post(''), 400, /empty/)
    isRefused(await world.post('{"id": "1",\n "title": }'), 400, /Unexpected token/)
    isRefused(await world.post('{"id":"1","title":"a","title":"b"}'), 400, /same key is there twice/)
    isRefused(await world.post('['.repeat(10_000) + ']'.repeat(10_000)), 400, /64|deep/)
    isRefused(await world.post('{"a":'.repeat(100_000)), 400, /./)
    isRefused(await world.post('\u0000\u0001'), 400, /JSON/)
    await nothingStored()
  })

  it('names every field that is not as it must be, and then stores nothing', async () => {
    const { body } = await world.post({
      alerts: [{ id: '1' }, { id: 7, title: '', severity: 'worst', occurredAt: 'noon' }],
    })
    for (const field of ['alerts[1].id', 'alerts[1].title', 'alerts[1].severity', 'alerts[1].occurredAt'])
      assert.ok(Object(body).message.includes(field), `${field}: ${Object(body).message}`)
    isRefused(await world.post({ id: '1' }), 422, /an id alone/)
    for (const odd of ['null', '7', '"x"', 'true', '{}', '[[]]', '[7]', '{"hello":"world"}'])
      isRefused(await world.post(odd), 422, /./)
    await nothingStored()
  })

  it('opens for each of several keys, and tells the log whose it was but not the key', async () => {
    for (const key of [keys.one, keys.two]) {
      const { status } = await world.post({ ...alert, id: key }, { authorization: `bearer  ${key} ` })
      assert.equal(status, 202)
    }
    const lines = world.logged.filter((line) => line.includes('alerts taken in'))
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).caller),
      ['k0', 'k1'],
    )
    for (const secret of Object.values(keys)) assert.ok(!world.logged.some((line) => line.includes(secret)))
    assert.ok(!world.logged.some((line) => line.includes(alert.title)))
  })

  it('answers with each alert’s case, and takes charsets, byte order marks and blanks', async () => {
    const { status, body } = await world.post(alert, { 'content-type': 'Application/JSON; charset=utf-8' })
    const [taken] = Object(body).alerts
    assert.equal(status, 202)
    assert.deepEqual(Object.keys(taken), ['caseId', 'source', 'sourceAlertId', 'type', 'status'])
    assert.match(taken.caseId, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    assert.deepEqual(
      { ...taken, caseId: '' },
      { caseId: '', source: 'winnow', sourceAlertId: '42', type: 'other', status: 'new' },
    )
    assert.equal((await world.post(`\ufeff  ${JSON.stringify(alert)}\n`)).status, 202)
  })

  it('takes a type that no guide has, and says which one was probably meant', async () => {
    const noteOf = async (but: object): Promise<unknown> => {
      const { status, body } = await world.post({ ...alert, title: 'x', ...but })
      assert.equal(status, 202)
      return Object(body).alerts[0].note
    }
    assert.equal(
      await noteOf({ id: 'n1', type: 'imposible-travel' }),
      'Unknown type "imposible-travel"; the generic guide is used. Did you mean "impossible-travel"?',
    )
    assert.equal(await noteOf({ id: 'n2', type: 'zz\u202E' }), 'Unknown type "zz[U+202E]"; the generic guide is used.')
    assert.equal(
      await noteOf({ id: 'n3', type: 'impossible', title: 'Impossible travel activity' }),
      'Unknown type "impossible"; the guide impossible-travel is used, by the title.',
    )
    for (const type of ['impossible-travel', 'ANUBIS_DETECTION_VELOCITY', 'Impossible-Travel', 'other', null]) {
      assert.equal(await noteOf({ id: `n-${type}`, type }), undefined, String(type))
    }
  })

  it('lives on when a caller goes away in the middle, or sends nonsense instead of HTTP', async () => {
    const head = `POST /api/alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${keys.one}\r\nContent-Type: application/json\r\n`
    const messages = 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
    for (const text of [
      `${head}Content-Length: 1000\r\n\r\n{"id":`,
      `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"id"\r\n`,
      `${messages}Content-Length: 1000\r\n\r\n{"type":`,
      head,
    ])
      await abandon(world.url(''), text)
    for (const text of [
      'nonsense\r\n\r\n',
      'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n',
      'POST /api/alerts HTTP/1.1\r\n\r\n',
    ])
      assert.match(await talk(world.url(''), text), /^HTTP\/1\.1 4\d\d /)
    assert.equal((await world.post({ ...alert, id: 'after' })).status, 202)
    assert.deepEqual(
      world.logged.filter((line) => line.includes('"level":50')),
      [],
    )
  })
})

/** Say that much, and hang up without waiting. */
const abandon = (url: string, text: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(text, () => setTimeout(() => socket.destroy(), 20))
    })
    socket.on('close', () => resolve())
    socket.on('error', () => undefined)
  })

/** Say that much, and hear the answer. */
const talk = (url: string, text: string): Promise<string> =>
  new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk
      socket.end()
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', () => undefined)
  })
