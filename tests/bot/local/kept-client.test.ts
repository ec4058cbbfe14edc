import assert from 'node:assert/strict'
import { type IncomingMessage, createServer } from 'node:http'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, keep, keptFile, readKept, runs } from '../../../bot/local/kept-client.js'
import { closeNow, listenOnLoopback, sendJson } from '../../support/loopback.js'

const token = 't'.repeat(43)

describe('bot/local/kept-client', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-kept-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is kept for this user alone', async () => {
    const client = { port: 56_150, botUrl: 'http://127.0.0.1:3978/api/messages', token }
    await keep(folder, client)
    assert.deepEqual(await readKept(folder), client)
    assert.equal((await stat(join(folder, keptFile))).mode & 0o777, 0o600)
  })

  it('is nobody when the file is missing, empty, cut off or something else', async () => {
    assert.equal(await readKept(folder), null)
    for (const text of ['', '0', '1234', '{"port":56150', '{}', '[]', '{"port":0,"botUrl":"","token":""}']) {
      await writeFile(join(folder, keptFile), text)
      assert.equal(await readKept(folder), null, text)
    }
  })

  it('neither takes for the client nor ends what else listens on its port', async () => {
    const asked: IncomingMessage[] = []
    const other = createServer((request, response) => {
      asked.push(request)
      sendJson(response, 404)
    })
    const port = Number(new URL(await listenOnLoopback(other)).port)
    const client = { port, botUrl: '', token }
    assert.equal(await runs(client), false)
    await end(client)
    assert.ok(other.listening)
    assert.ok(asked.every(({ url }) => url === '/_winnow'))
    await closeNow(other)
    assert.equal(await runs(client), false)
    await end(client)
  })
})
