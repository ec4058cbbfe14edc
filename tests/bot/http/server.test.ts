import assert from 'node:assert/strict'
import { isFault } from '../../../triage/fault.js'
import { close, listen } from '../../../bot/http/server.js'
import { talk } from '../../support/loopback.js'
import { type Doors, doorsOf } from './doors.js'

describe('bot/http/server', () => {
  let doors: Doors
  let origin = ''
  const opened = async (parts?: Parameters<typeof doorsOf>[0]) => {
    doors = doorsOf(parts)
    origin = `http://127.0.0.1:${await listen(doors.server, 0, '127.0.0.1')}`
  }
  afterEach(() => close(doors.server, 0))

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(origin + path, {
      method: 'POST',
      headers: { authorization: 'Bearer k', 'content-type': 'application/json', ...headers },
      body,
    })

  it('says where things are to callers at a wrong address or with a wrong method', async () => {
    await opened()
    for (const path of ['/', '/nope', '/api/alerts/1', '/api', '/../etc/passwd', '/health/x', '/%00'])
      assert.equal((await fetch(origin + path)).status, 404, path)
    for (const [method, path] of [
      ['POST', '/metrics'],
      ['GET', '/api/alerts'],
      ['PUT', '/api/alerts'],
      ['DELETE', '/health'],
      ['GET', '/api/messages'],
    ] as const) {
      const answer = await fetch(origin + path, { method })
      const text = await answer.text()
      assert.equal(answer.status, 405, `${method} ${path}`)
      assert.match(text, /doesn't accept that method/)
    }
    const text = await (await fetch(`${origin}/nope`)).text()
    assert.deepEqual(JSON.parse(text), {
      code: 'http/404',
      message: 'Nothing is served at this address. Alerts go to POST /api/alerts.',
    })
  })

  it('tells the log of a wrong method, but not of who only asks whether somebody is there', async () => {
    await opened()
    for (const method of ['HEAD', 'GET']) await fetch(`${origin}/api/messages`, { method })
    assert.deepEqual(
      doors.refused().map((refused) => [Object(refused).door, Object(refused).status]),
      [['/api/messages', 405]],
    )
  })

  it('answers in JSON whatever the caller would rather have', async () => {
    await opened()
    for (const accept of ['text/html', 'image/png', '*/*', 'nonsense']) {
      const answer = await post('/api/alerts', '{}', { accept })
      assert.equal(answer.status, 202, accept)
      assert.deepEqual(await answer.json(), { alerts: [], ignored: [] })
    }
  })

  it('never shows a caller what went wrong inside', async () => {
    const fail = async () => {
      throw new Error('secret /srv/data at line 7')
    }
    await opened({ take: fail, messages: fail })
    const answer = await post('/api/alerts', '{}')
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '30'])
    assert.doesNotMatch(await answer.text(), /secret|line 7/)
    assert.deepEqual(doors.errors(), ['alerts could not be stored'])
    const other = await post('/api/messages', '{}')
    assert.equal(other.status, 500)
    assert.doesNotMatch(await other.text(), /secret|line 7/)
  })

  it('says which port is taken and what to do', async () => {
    await opened()
    const port = Number(new URL(origin).port)
    const { server } = doorsOf()
    await assert.rejects(listen(server, port, '127.0.0.1'), (error) => {
      assert.ok(isFault(error, 'server/port'))
      assert.match(error.message, new RegExp(`Port ${port} is in use.*set PORT`))
      return true
    })
  })

  it('logs what goes wrong in the server after it listens', async () => {
    await opened()
    doors.server.server.emit('error', new Error('accept EMFILE'))
    assert.deepEqual(doors.errors(), ['the HTTP server had an error'])
  })

  it('stops in time although a caller is slow', async () => {
    await opened()
    const heard = talk(
      origin,
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    )
    await fetch(`${origin}/health`)
    await close(doors.server, 30)
    await heard
  })

  it('stops at once although connections are held open without a request, or half a one', async () => {
    await opened()
    const held = [
      '',
      'POST /api/mess',
      'GET /health HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /health HTTP/1.1\r\nUpgrade: x\r\n',
    ].map((text) => talk(origin, text))
    await fetch(`${origin}/health`)
    await close(doors.server, 3_600_000)
    await Promise.all(held)
  })

  it('lets a request that is under way end before it stops', async () => {
    let answer = (): void => undefined
    const asked = new Promise<void>((arrived) => {
      const take = () => new Promise<never>((_, reject) => ((answer = () => reject(new Error('late'))), arrived()))
      void opened({ take }).then(() => under.push(post('/api/alerts', '{}')))
    })
    const under: Promise<Response>[] = []
    await asked
    const closed = close(doors.server, 3_600_000)
    answer()
    assert.equal((await under[0])?.status, 503)
    await closed
  })
})
