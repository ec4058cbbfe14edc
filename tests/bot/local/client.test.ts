import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keptFile, readKept, runs } from '../../../bot/local/kept-client.js'
import { type LocalClient, startLocalClient } from '../../../bot/local/client.js'
import { closeNow, listenOnLoopback, sendJson } from '../../support/loopback.js'
import { preload } from '../../support/program.js'

const freePort = async (): Promise<number> => {
  const server = createServer()
  const { port } = new URL(await listenOnLoopback(server))
  await closeNow(server)
  return Number(port)
}

describe('bot/local/client', function () {
  this.timeout(120_000)
  let folder = ''
  let port = 0
  let bot = ''
  const clients: LocalClient[] = []
  /** The client waits until the Winnow it speaks to answers. */
  const winnow = createServer((_, response) => sendJson(response, 200))
  before(async () => {
    bot = `${await listenOnLoopback(winnow)}/api/messages`
    folder = await mkdtemp(join(tmpdir(), 'winnow-client-'))
    port = await freePort()
  })
  after(async () => {
    await Promise.all(clients.map(({ stop }) => stop()))
    await closeNow(winnow)
    await rm(folder, { recursive: true, force: true })
  })

  /** Where no program can be found, so none that opens a browser either. */
  const bareServer = { PATH: join(tmpdir(), 'nowhere') }
  const start = async (botUrl: string) => {
    const client = await startLocalClient(folder, port, botUrl, bareServer)
    clients.push(client)
    return client
  }

  /** The status of an answer; 101 is an upgrade. */
  const ask = (path: string, headers: Readonly<Record<string, string>>, method = 'GET') =>
    new Promise<number>((resolve, reject) => {
      const asked = request({
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host: `localhost:${port}`, ...headers },
      })
      asked.once('response', (response) => resolve(response.resume().statusCode ?? 0))
      asked.once('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode ?? 0)
      })
      asked.once('error', reject).end()
    })
  const isReached = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 20_000 })
      const told = (reached: boolean) => () => {
        socket.destroy()
        resolve(reached)
      }
      socket.once('connect', told(true)).once('error', told(false)).once('timeout', told(false))
    })

  it('comes up without a browser, is reached from this machine only, and serves no page but its own', async () => {
    const { url, fresh } = await start(bot)
    assert.deepEqual([url, fresh], [`http://localhost:${port}`, true])
    assert.ok(await isReached('127.0.0.1'))
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal }) => !internal)
      .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
    for (const host of ['127.0.0.2', ...others]) assert.equal(await isReached(host), false, host)

    const config = '/_internal/v1/config'
    assert.equal(await ask(config, {}), 200)
    assert.equal(await ask(config, { host: `evil.example:${port}` }), 403)
    assert.equal(await ask(config, { origin: 'http://evil.example' }), 403)
    assert.equal(await ask('/_conversation/v1/invoke', { origin: 'null' }, 'POST'), 403)
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    const stream = '/_ws_conversation/v1/conversations/stream'
    assert.equal(await ask(stream, { ...upgrade, origin: `http://localhost:${port}` }), 101)
    assert.equal(await ask(stream, { ...upgrade, origin: 'http://evil.example' }), 403)
    assert.equal(await ask(stream, { ...upgrade, host: `evil.example:${port}` }), 403)
    assert.equal(await ask('/_winnow', {}, 'DELETE'), 403)
    assert.equal(await ask('/_winnow', { authorization: `Bearer ${'t'.repeat(43)}` }, 'DELETE'), 403)
    assert.ok(await isReached('127.0.0.1'))
  })

  it('is found again after a crash of Winnow, unless it speaks to a Winnow at another address', async () => {
    const former = await readKept(folder)
    assert.equal((await start(bot)).fresh, false)
    const other = await start(bot.replace('127.0.0.1', 'localhost'))
    assert.equal(other.fresh, true)
    assert.ok(former && !(await runs(former)))
    const again = await start(bot.replace('127.0.0.1', 'localhost'))
    assert.equal(again.fresh, false)
    await again.stop()
    assert.equal(await isReached('127.0.0.1'), false)
  })

  it('ends nobody whom an empty or foreign file names, and says so when somebody else has the port', async () => {
    const other = createServer((_, response) => sendJson(response, 200, '28:winnow'))
    await listenOnLoopback(other, port)
    for (const text of ['', String(process.pid), JSON.stringify({ port, botUrl: bot, token: 't'.repeat(43) })]) {
      await writeFile(join(folder, keptFile), text)
      await writeFile(join(folder, 'pid'), text)
      await assert.rejects(start(bot), {
        code: 'local/no-client',
        message: /taken.*Set PLAYGROUND_PORT|set PLAYGROUND_PORT/,
      })
      assert.equal(await readFile(join(folder, keptFile), 'utf8'), text)
      assert.ok(other.listening)
    }
    await closeNow(other)
  })
})

describe('bot/local/guard', function () {
  this.timeout(120_000)

  it('lets nothing listen but on 127.0.0.1, however it is asked to, nor start a program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-guard-'))
    const port = await freePort()
    await writeFile(join(folder, keptFile), JSON.stringify({ port, botUrl: '', token: 't'.repeat(43) }))
    const script = `
      const net = require('node:net'), http = require('node:http'), { spawn } = require('node:child_process')
      const forms = [[${port}], [${port}, '0.0.0.0'], ['${port}', '::', 511], [{ port: ${port} }], [{ host: '0.0.0.0', port: ${port} }]]
      const listen = (server, form) => new Promise((resolve) =>
        server.listen(...form, () => { const { address } = server.address(); server.close(() => resolve(address)) }))
      const thrown = (form) => { try { net.createServer().listen(...form); return 'listens' } catch { return 'thrown' } }
      const run = async () => {
        const told = []
        for (const form of forms) told.push(await listen(net.createServer(), form), await listen(http.createServer(), form))
        for (const form of [[], [0], [{ path: '/tmp/x' }], ['/tmp/x'], [{ fd: 0 }], [${port + 1}]]) told.push(thrown(form))
        const child = spawn('xdg-open', ['http://localhost'])
        child.once('error', () => told.push('no such program')).once('exit', (code) => console.log(JSON.stringify([...told, code])))
      }
      void run()`
    const words = [...preload('bot/local/guard'), '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: folder })
    assert.deepEqual(JSON.parse(stdout), [...Array(10).fill('127.0.0.1'), ...Array(6).fill('thrown'), 0])
    await rm(join(folder, keptFile))
    await assert.rejects(promisify(execFile)(process.execPath, words, { cwd: folder }), /client\.json/)
    await rm(folder, { recursive: true, force: true })
  })
})
