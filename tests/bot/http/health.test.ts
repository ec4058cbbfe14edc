import assert from 'node:assert/strict'
import { close, listen } from '../../../bot/http/server.js'
import { type Doors, doorsOf } from './doors.js'

const withKey = { headers: { authorization: 'Bearer k' } }

describe('bot/http/health', () => {
  let doors: Doors
  let origin = ''
  const opened = async (health: Parameters<typeof doorsOf>[0]) => {
    doors = doorsOf(health)
    origin = `http://127.0.0.1:${await listen(doors.server, 0, '127.0.0.1')}`
  }
  afterEach(() => close(doors.server, 0))

  const ill = {
    ok: false,
    problems: ['the disk is full'],
    details: { version: '1.2 "x"', openCases: 3, owedCards: 2, owedSince: '2030-01-01T00:00:30.000Z', nothing: null },
  }
  const answers = async (path: string, init?: RequestInit) => {
    const answer = await fetch(origin + path, init)
    return [answer.status, await answer.text()]
  }

  it('says to anybody whether all is well, and nothing else', async () => {
    await opened({})
    assert.deepEqual(await answers('/health'), [200, '{"ok":true}'])
    assert.deepEqual(await answers('/health', { method: 'HEAD' }), [200, ''])
    await close(doors.server, 0)
    await opened({ health: ill })
    assert.deepEqual(await answers('/health'), [503, '{"ok":false}'])
    assert.deepEqual(await answers('/health', { method: 'HEAD' }), [503, ''])
  })

  it('says with an intake key what is wrong, and what was refused', async () => {
    await opened({ health: ill })
    await fetch(`${origin}/nope`)
    const [status, text] = await answers('/health', withKey)
    assert.equal(status, 503)
    assert.deepEqual(JSON.parse(String(text)), { ...ill, refused: [{ door: 'elsewhere', status: 404, count: 1 }] })
    assert.equal((await answers('/health', { headers: { authorization: 'Bearer wrong' } }))[0], 401)
  })

  it('says the same to Prometheus, with a key', async () => {
    await opened({ health: ill })
    for (let times = 0; times < 2; times += 1) assert.equal((await answers('/metrics'))[0], 401)
    const answer = await fetch(`${origin}/metrics`, withKey)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    const lines = (await answer.text()).split('\n')
    assert.deepEqual(
      lines.filter((line) => line !== '' && !line.startsWith('# HELP')),
      [
        '# TYPE winnow_ok gauge',
        'winnow_ok 0',
        '# TYPE winnow_problems gauge',
        'winnow_problems 1',
        '# TYPE winnow_open_cases gauge',
        'winnow_open_cases 3',
        '# TYPE winnow_owed_cards gauge',
        'winnow_owed_cards 2',
        '# TYPE winnow_owed_since_timestamp_seconds gauge',
        'winnow_owed_since_timestamp_seconds 1893456030',
        '# TYPE winnow_info gauge',
        'winnow_info{version="1.2 \\"x\\""} 1',
        '# TYPE winnow_refused_total counter',
        'winnow_refused_total{door="/metrics",status="401"} 2',
      ],
    )
  })

  it('says to anybody that it is alive, whatever is wrong', async () => {
    await opened({ health: ill })
    assert.deepEqual(await answers('/healthz'), [200, '{"alive":true}'])
    assert.deepEqual(await answers('/healthz', { method: 'HEAD' }), [200, ''])
  })

  it('says to anybody whether all work can be done, and with a key what keeps it from that', async () => {
    const report = { ready: false, checks: { channel: { ok: false, text: 'No channel is set.' } } }
    await opened({ operation: { ready: () => report } })
    assert.deepEqual(await answers('/readyz'), [503, '{"ready":false}'])
    assert.deepEqual(await answers('/readyz', withKey), [503, JSON.stringify(report)])
    assert.equal((await answers('/readyz', { headers: { authorization: 'Bearer wrong' } }))[0], 401)
    await close(doors.server, 0)
    await opened({ operation: { ready: () => ({ ready: true, checks: {} }) } })
    assert.deepEqual(await answers('/readyz'), [200, '{"ready":true}'])
  })

  it('adds the meters to the numbers for Prometheus', async () => {
    await opened({ operation: { meters: async () => 'winnow_more 1\n' } })
    assert.match(String((await answers('/metrics', withKey))[1]), /^winnow_ok 1\n[^]*^winnow_more 1\n$/m)
  })
})
