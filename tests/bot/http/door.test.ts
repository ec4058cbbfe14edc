import assert from 'node:assert/strict'
import { Fault } from '../../../triage/fault.js'
import { close, listen } from '../../../bot/http/server.js'
import type { Messages } from '../../../bot/http/routes.js'
import { talk } from '../../support/loopback.js'
import { type Doors, doorsOf } from './doors.js'

const head = (path: string, ...more: readonly string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...more, '', ''].join('\r\n')
const proof = 'Authorization: Bearer k'
const both = ['/api/alerts', '/api/messages'] as const
const refusing: Messages = async () => ({ status: 401, body: { code: 'Unauthorized', message: 'No.' }, why: 'forged' })
const statusOf = (heard: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1])

describe('bot/http: a caller', () => {
  let doors: Doors
  let origin = ''
  const opened = async (parts?: Parameters<typeof doorsOf>[0]) => {
    doors = doorsOf(parts)
    origin = `http://127.0.0.1:${await listen(doors.server, 0, '127.0.0.1')}`
  }
  afterEach(() => close(doors.server, 0))

  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(origin + path, {
      method: 'POST',
      headers: { authorization: 'Bearer k', 'content-type': 'application/json', ...headers },
      body,
    })

  it('who asks for another protocol is answered in HTTP/1.1, with and without a key', async () => {
    await opened()
    const upgrade = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__']
    const asked = ['GET /health HTTP/1.1', 'Host: x', ...upgrade, '', ''].join('\r\n')
    assert.match(await talk(origin, asked, { stop: '}' }), /^HTTP\/1\.1 200 [^]*\{"ok":true\}$/)
    const alerts = head('/api/alerts', 'Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 2', proof)
    assert.equal(statusOf(await talk(origin, `${alerts}{}`, { stop: '}' })), 202)
    const stranger = head('/api/alerts', 'Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 2')
    assert.equal(statusOf(await talk(origin, `${stranger}{}`)), 401)
  })

  it('who wants a tunnel is cut off', async () => {
    await opened()
    assert.equal(await talk(origin, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n'), '')
  })

  it('who is not proven is refused before the body has come, and it is never waited for', async () => {
    await opened({ messages: refusing })
    for (const path of both) {
      assert.equal(statusOf(await talk(origin, `${head(path, 'Content-Length: 1000')}{`)), 401, path)
      assert.equal(statusOf(await talk(origin, `${head(path, 'Transfer-Encoding: chunked')}1\r\n{\r\n`)), 401, path)
      const asking = await talk(origin, head(path, 'Content-Length: 9', 'Expect: 100-continue'))
      assert.equal(statusOf(asking), 401, path)
    }
  })

  it('who asks first is told to go on, once proven', async () => {
    await opened()
    for (const path of both) {
      const asking = head(path, 'Content-Length: 2', 'Expect: 100-continue', 'Connection: close', proof)
      const heard = await talk(origin, [asking, '{}'], { pauseMs: 20 })
      assert.match(heard, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 20[02] /)
    }
  })

  it('who tells a length over the limit is refused without any of it being read', async () => {
    await opened()
    for (const path of both) {
      const heard = await talk(origin, head(path, `Content-Length: ${1024 * 1024 + 1}`, proof))
      assert.match(heard, /^HTTP\/1\.1 413 [^]*Connection: close[^]*larger than 1048576 bytes/)
    }
    for (const path of both)
      assert.equal((await post(path, '{}'.padEnd(1024 * 1024))).status, path === '/api/alerts' ? 202 : 200)
  })

  it('who tells none is cut at the limit, not drained', async () => {
    await opened({ limits: { bodyBytes: 1000 } })
    const chunk = `100\r\n${'x'.repeat(256)}\r\n`
    for (const path of both) {
      const chunks = Array.from({ length: 40 }, () => chunk)
      const heard = await talk(origin, [head(path, 'Transfer-Encoding: chunked', proof), ...chunks], { pauseMs: 5 })
      assert.match(heard, /^HTTP\/1\.1 413 [^]*Connection: close/)
    }
    assert.deepEqual(
      doors.refused().map(({ status, code }) => [status, code]),
      [
        [413, 'http/413'],
        [413, 'http/413'],
      ],
    )
  })

  it('whose body comes in one piece with its headers is heard, one after the other on one connection', async () => {
    const taken: unknown[] = []
    const take = async (body: unknown) => {
      taken.push(body)
      return { alerts: [], ignored: [] }
    }
    await opened({ take })
    const asking = head('/api/alerts', 'Content-Length: 9', proof)
    const last = head('/api/alerts', 'Content-Length: 9', 'Connection: close', proof)
    const heard = await talk(origin, [`${asking}{"id": 1}`, `${asking}{"id": 2}${last}{"id": 3}`], { pauseMs: 20 })
    assert.deepEqual(taken, [{ id: 1 }, { id: 2 }, { id: 3 }])
    assert.equal(heard.match(/HTTP\/1\.1 202/g)?.length, 3)
  })

  it('who sends together with others is taken in with them in one turn, as far as there is room in it', async () => {
    let [turn, isOver] = [0, false]
    const count = (): void => {
      turn += 1
      if (!isOver) setImmediate(count)
    }
    count()
    /** In how many turns three alerts are taken in that arrive at once, at two doors. */
    const turnsWith = async (togetherLength: number): Promise<number> => {
      const turns: number[] = []
      const take = async () => {
        turns.push(turn)
        return { alerts: [], ignored: [] }
      }
      await opened({ take, limits: { togetherLength } })
      const one = `${head('/api/alerts', 'Content-Length: 2', proof)}{}`
      const other = `${head('/api/alerts/graph', 'Content-Length: 2', proof)}{}`
      const last = `${head('/api/alerts', 'Content-Length: 2', 'Connection: close', proof)}{}`
      await talk(origin, `${one}${other}${last}`)
      assert.equal(turns.length, 3)
      return new Set(turns).size
    }
    try {
      assert.equal(await turnsWith(6), 1)
      await close(doors.server, 0)
      assert.equal(await turnsWith(4), 2)
    } finally {
      isOver = true
    }
  })

  it('whose body was read and is wrong keeps the connection', async () => {
    await opened()
    const bad = `${head('/api/alerts', 'Content-Length: 2', proof)}{]`
    const good = `${head('/api/alerts', 'Content-Length: 2', 'Connection: close', proof)}{}`
    const heard = await talk(origin, [bad, good], { pauseMs: 20 })
    assert.match(heard, /^HTTP\/1\.1 400 [^]*HTTP\/1\.1 202 /)
  })

  it('whose body trickles or stops is cut off with 408', async () => {
    await opened({ limits: { pauseMs: 60, bodyMs: 150 } })
    for (const path of both) {
      assert.equal(statusOf(await talk(origin, `${head(path, 'Content-Length: 1000', proof)}{`)), 408, path)
      const trickle = ['{}', ...Array.from({ length: 38 }, () => ' ')]
      const heard = await talk(origin, [head(path, 'Content-Length: 40', proof), ...trickle], { pauseMs: 20 })
      assert.equal(statusOf(heard), 408, path)
    }
  })

  it('whose body comes slowly but steadily is heard', async () => {
    await opened({ limits: { pauseMs: 1000 } })
    for (const path of both) {
      const pieces = ['{}', ...Array.from({ length: 13 }, () => ' ')]
      const asking = head(path, 'Content-Length: 15', 'Connection: close', proof)
      assert.match(await talk(origin, [asking, ...pieces], { pauseMs: 90 }), /^HTTP\/1\.1 20[02] /)
    }
  })

  it('who takes no answer is cut off when nothing moves', async () => {
    const never = () => new Promise<never>(() => undefined)
    await opened({ take: never, messages: never, limits: { stuckMs: 60 } })
    for (const path of both) assert.equal(await talk(origin, `${head(path, 'Content-Length: 2', proof)}{}`), '')
  })

  it('whose headers do not come in time is cut off', async () => {
    await opened({ limits: { headersMs: 60 } })
    assert.equal(statusOf(await talk(origin, 'POST /api/alerts HTTP/1.1\r\nHost:')), 408)
    await talk(origin, '')
  })

  it('who holds a connection between requests is let go after a while', async () => {
    const get = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n'
    await opened({})
    assert.match(await talk(origin, get, { stop: '}' }), /Keep-Alive: timeout=65\r/)
    await close(doors.server, 0)
    await opened({ limits: { keepAliveMs: 30 } })
    assert.equal(statusOf(await talk(origin, get)), 200)
  })

  it('who sends JSON in UTF-8 as it is may say so', async () => {
    await opened()
    const types = ['application/json', 'application/json;charset=UTF-8', 'Application/JSON; odata=x; charset="utf-8"']
    for (const path of both)
      for (const type of types)
        for (const encoding of ['identity', 'Identity'])
          assert.ok((await post(path, '{}', { 'content-type': type, 'content-encoding': encoding })).ok)
  })

  it('who sends another encoding or charset is refused with 415, or with 400 when only the bytes tell', async () => {
    await opened()
    for (const path of both) {
      for (const encoding of ['gzip', 'br', 'identity, gzip'])
        assert.equal((await post(path, '{}', { 'content-encoding': encoding })).status, 415, encoding)
      for (const charset of ['latin1', 'utf-16', '"iso-8859-1"', 'utf-8x'])
        assert.equal((await post(path, '{}', { 'content-type': `application/json; charset=${charset}` })).status, 415)
      assert.equal((await post(path, '{}', { 'content-type': 'text/plain' })).status, 415)
      const bytes = await post(path, Buffer.from('{"title":"caf\xe9"}', 'latin1'))
      assert.equal(bytes.status, 400)
      assert.match(await bytes.text(), /not UTF-8/)
      assert.equal((await post('/api/messages', '{')).status, 400)
    }
  })

  it('whose payload breaks the reading gets 422, never 503: sent again, it would break again', async () => {
    let deep: unknown = []
    await opened({
      take: async (body) => {
        deep = body
        throw new Fault('intake/unreadable', 'Not readable.', { cause: new RangeError('Maximum call stack: secret') })
      },
    })
    const refused = await post('/api/alerts', '{"a":1}')
    assert.deepEqual(
      [refused.status, await refused.json()],
      [422, { code: 'intake/unreadable', message: 'Not readable.' }],
    )
    assert.deepEqual(deep, { a: 1 })
    assert.deepEqual(doors.errors(), ['a payload could not be read'])
    assert.doesNotMatch(JSON.stringify(doors.logged), /secret/)
  })

  it('who is quoted in an answer can make neither a terminal nor a browser act', async () => {
    const sent = 'a\u202eb\u0007<script>\u{e0041}'
    await opened({
      take: async (body) => {
        if (body !== null) throw new Fault('intake/malformed', `"${sent}" is no field.\n  Leave it out.`)
        const alert = { caseId: 'c', source: 'winnow', sourceAlertId: sent, type: 'other', status: 'new' as const }
        return { alerts: [alert], ignored: [] }
      },
    })
    const message = await post('/api/alerts', '{}')
    const text = await message.text()
    assert.match(text, /^[\x20-\x7e]*$/)
    assert.doesNotMatch(text, /</)
    assert.equal(JSON.parse(text).message, '"a[U+202E]b[U+0007]<script>[U+E0041]" is no field.\n  Leave it out.')
    assert.equal(message.headers.get('x-content-type-options'), 'nosniff')
    const taken = await (await post('/api/alerts', 'null')).text()
    assert.match(taken, /^[\x20-\x7e]*$/)
    assert.equal(JSON.parse(taken).alerts[0].sourceAlertId, sent)
  })

  it('who is refused is in the log by the name of the key, with code and size, but neither body nor key', async () => {
    let unavailable = false
    const closed = { status: 503, body: { code: 'Unavailable', message: 'Later.' }, why: 'no keys' }
    await opened({ messages: async (request) => (unavailable ? closed : refusing(request)) })
    await post('/api/alerts', '{"title":"secret"', { 'content-type': 'application/json' })
    await post('/api/alerts', '{"title":"secret"}', { authorization: 'Bearer stolen' })
    await post('/api/messages', '{"text":"secret"}')
    await fetch(`${origin}/nope?secret`)
    await talk(origin, 'nonsense secret\r\n\r\n')
    unavailable = true
    await post('/api/messages', '{"text":"secret"}')
    const common = { caller: null, why: undefined }
    assert.deepEqual(doors.refused(), [
      { ...common, door: '/api/alerts', caller: 'one', status: 400, code: 'intake/not-json', bytes: 17 },
      { ...common, door: '/api/alerts', status: 401, code: 'http/401', bytes: 18 },
      { ...common, door: '/api/messages', status: 401, code: 'Unauthorized', bytes: 17, why: 'forged' },
      { ...common, door: 'elsewhere', status: 404, code: 'http/404', bytes: 0 },
      { door: 'none', caller: null, status: 400, code: 'HPE_INVALID_METHOD', bytes: 19 },
      { ...common, door: '/api/messages', status: 503, code: 'Unavailable', bytes: 17, why: 'no keys' },
    ])
    assert.doesNotMatch(JSON.stringify(doors.logged), /secret|stolen/)
  })
})
