import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { hashKey } from '../../../bot/http/intake-keys.js'
import { close, listen } from '../../../bot/http/server.js'
import { sourceNames } from '../../../intake/sources.js'
import { codesIn } from '../../support/actors.js'
import { openWorld, type World } from '../../support/winnow.js'
import { type Doors, doorsOf } from './doors.js'

describe('bot/http/routes: the source of alerts', () => {
  let doors: Doors
  let origin = ''
  let heard: unknown[] = []
  before(async () => {
    const bound = { name: 'bound', hash: Buffer.from(hashKey('g'), 'hex'), source: 'graph' } as const
    const take = async (body: unknown, source: unknown) => {
      heard.push([body, source])
      return { alerts: [], ignored: [] }
    }
    doors = doorsOf({ take, moreKeys: [bound] })
    origin = `http://127.0.0.1:${await listen(doors.server, 0, '127.0.0.1')}`
  })
  beforeEach(() => {
    heard = []
  })
  after(() => close(doors.server, 0))

  const post = async (path: string, body: string, key = 'k', type = 'application/json') => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type }
    const response = await fetch(origin + path, { method: 'POST', headers, body })
    return { status: response.status, text: await response.text() }
  }

  it('is told by the path, for each source', async () => {
    for (const source of sourceNames) assert.equal((await post(`/api/alerts/${source}`, '{}')).status, 202)
    assert.deepEqual(
      heard,
      sourceNames.map((source) => [{}, source]),
    )
    assert.equal((await post('/api/alerts/elsewhere', '{}')).status, 404)
  })

  it('is told by a key that is bound to one, and by nothing where neither says it', async () => {
    await post('/api/alerts', '{}', 'g')
    await post('/api/alerts/graph', '{}', 'g')
    await post('/api/alerts', '{}')
    assert.deepEqual(
      heard.map((one) => Object(one)[1]),
      ['graph', 'graph', null],
    )
  })

  it('is never another one than the key is bound to', async () => {
    const { status, text } = await post('/api/alerts/sentinel', '{}', 'g')
    assert.equal(status, 403)
    assert.match(text, /"http\/403".*for alerts of the source graph alone\. Send them to \/api\/alerts\/graph/)
    assert.deepEqual(heard, [])
    assert.deepEqual(
      doors
        .refused()
        .map(({ door, caller, status }) => [door, caller, status])
        .at(-1),
      ['/api/alerts/sentinel', 'bound', 403],
    )
  })

  it('may be a log: plain text with CEF lines is taken as it is, and no other plain text', async () => {
    const line = 'CEF:0|MCAS|SIEM_Agent|1|ALERT_X|x|1|externalId=1'
    assert.equal((await post('/api/alerts', line, 'k', 'text/plain; charset=utf-8')).status, 202)
    assert.deepEqual(heard, [[line, null]])
    for (const other of ['{"id":"1","title":"t"}', 'hello', '']) {
      const { status, text } = await post('/api/alerts', other, 'k', 'text/plain')
      assert.deepEqual([status, /application\/json/.test(text)], [415, true], other)
    }
  })

  it('may send events: their media types are JSON as well', async () => {
    for (const type of ['application/cloudevents+json', 'application/cloudevents-batch+json; charset=utf-8'])
      assert.equal((await post('/api/alerts', '[]', 'k', type)).status, 202)
  })
})

describe('bot/http/routes: pages and logs as they come', () => {
  let world: World
  before(async () => {
    world = await openWorld({ store: 'memory' })
  })
  after(() => world.close())

  it('opens the cases of the good alerts on a page, and names the bad one, each time it is sent', async () => {
    const page = {
      alerts: [
        { id: 'a', title: 'A' },
        { id: 'b', title: null },
        { id: 'c', title: 'C' },
      ],
    }
    for (const expected of ['new', 'known']) {
      const { status, body } = await world.post(page)
      assert.equal(status, 202)
      assert.deepEqual(
        Object(body).alerts.map(({ status }: { status: string }) => status),
        [expected, expected],
      )
      assert.deepEqual(Object(body).ignored, [
        { reason: 'alerts[1]: title: expected text, not nothing', position: 'alerts[1]', field: 'title' },
      ])
    }
  })

  it('opens a case for each alert of a log', async () => {
    const log: string = JSON.parse(readFileSync('intake/samples/cloud-apps-siem.json', 'utf8'))
    const { status, body } = await world.post(log, { 'content-type': 'text/plain' })
    assert.equal(status, 202)
    assert.equal(new Set(codesIn(body)).size, 2)
  })
})
