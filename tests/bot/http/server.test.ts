import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { isFault } from '../../../triage/fault.js'
import { close, listen, openServer } from '../../../bot/http/server.js'
import { hashKey } from '../../../bot/http/intake-keys.js'

const intakeKey = { name: 'one', hash: Buffer.from(hashKey('k'), 'hex') }
const nothing = async () => ({ alerts: [], ignored: [] })

/** The doors with what stands behind them as a test needs it. */
const serverOf = (
  parts: { take?: (body: unknown) => Promise<never>; messages?: () => Promise<never>; ok?: boolean } = {},
) => {
  const logged: string[] = []
  const log = { info: () => undefined, error: (_: object, text: string) => void logged.push(text) }
  const health = () => ({ ok: parts.ok ?? true, problems: parts.ok === false ? ['the disk is full'] : [] })
  const messages = parts.messages ?? (async () => ({ status: 200, body: { heard: true } }))
  const server = openServer({ keys: [intakeKey], take: parts.take ?? nothing, log }, messages, health)
  return { server, logged }
}

describe('bot/server', () => {
  let doors: ReturnType<typeof serverOf>
  let origin = ''
  const opened = async (parts?: Parameters<typeof serverOf>[0]) => {
    doors = serverOf(parts)
    origin = `http://127.0.0.1:${await listen(doors.server, 0, '127.0.0.1')}`
  }
  afterEach(() => close(doors.server, 0))

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(origin + path, {
      method: 'POST',
      headers: { authorization: 'Bearer k', 'content-type': 'application/json', ...headers },
      body,
    })

  it('tells that all is well, or what is not', async () => {
    await opened()
    const well = await fetch(`${origin}/health`)
    assert.deepEqual([well.status, await well.json()], [200, { ok: true, problems: [] }])
    await close(doors.server)
    await opened({ ok: false })
    const ill = await fetch(`${origin}/health`)
    assert.deepEqual([ill.status, await ill.json()], [503, { ok: false, problems: ['the disk is full'] }])
  })

  it('says where things are to callers at a wrong address or with a wrong method', async () => {
    await opened()
    for (const path of ['/', '/nope', '/api/alerts/1', '/api', '/../etc/passwd', '/health/x', '/%00'])
      assert.equal((await fetch(origin + path)).status, 404, path)
    for (const [method, path] of [
      ['GET', '/api/alerts'],
      ['PUT', '/api/alerts'],
      ['DELETE', '/health'],
      ['GET', '/api/messages'],
    ] as const) {
      const answer = await fetch(origin + path, { method })
      const text = await answer.text()
      assert.equal(answer.status, 405, `${method} ${path}`)
      assert.match(text, /another method/)
    }
    const text = await (await fetch(`${origin}/nope`)).text()
    assert.deepEqual(JSON.parse(text), {
      code: 'http/404',
      message: 'There is nothing here. Alerts go to POST /api/alerts.',
    })
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
      throw new Error('secret /work/data at line 7')
    }
    await opened({ take: fail, messages: fail })
    const answer = await post('/api/alerts', '{}')
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '30'])
    assert.doesNotMatch(await answer.text(), /secret|line 7/)
    assert.deepEqual(doors.logged, ['alerts could not be stored'])
    const other = await post('/api/messages', '{}')
    assert.equal(other.status, 500)
    assert.doesNotMatch(await other.text(), /secret|line 7/)
  })

  it('takes only JSON of at most 1 MiB, uncompressed, from Teams as well', async () => {
    await opened()
    assert.deepEqual(await (await post('/api/messages', '{}')).json(), { heard: true })
    assert.equal((await post('/api/messages', '{')).status, 400)
    assert.equal((await post('/api/messages', '{}', { 'content-encoding': 'gzip' })).status, 415)
    assert.equal((await post('/api/messages', ' '.repeat(1024 * 1024 + 1))).status, 413)
  })

  it('says which port is taken and what to do', async () => {
    await opened()
    const port = Number(new URL(origin).port)
    const { server } = serverOf()
    await assert.rejects(listen(server, port, '127.0.0.1'), (error) => {
      assert.ok(isFault(error, 'server/port'))
      assert.match(error.message, new RegExp(`Port ${port} is in use.*set PORT`))
      return true
    })
  })

  it('stops in time although a caller is slow', async () => {
    await opened()
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    socket.on('error', () => undefined)
    await new Promise<void>((resolve) =>
      socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{', () => resolve()),
    )
    const closed = new Promise((resolve) => socket.resume().once('close', resolve))
    await fetch(`${origin}/health`)
    await close(doors.server, 30)
    await closed
  })
})
