import assert from 'node:assert/strict'
import {
  firstLookMs,
  openPullChanges,
  overlapEveryMs,
  overlapMs,
  shortOverlapMs,
} from '../../../bot/pull/pull-changes.js'
import { openWatermark } from '../../../bot/pull/watermark.js'
import { memoryStore } from '../../../store/memory.js'
import { type FakeGraph, clientOf, graphAlert, openFakeGraph } from '../../support/fake-graph.js'

describe('bot/pull/pull-changes', () => {
  let fake: FakeGraph
  afterEach(() => fake.close())

  const open = async (order?: Parameters<typeof openFakeGraph>[0]) => {
    fake = await openFakeGraph(order)
    const store = memoryStore()
    const taken: string[] = []
    const stop = new AbortController()
    let full = false
    let time = 0
    const start = () =>
      openPullChanges({
        graph: clientOf(fake),
        watermark: openWatermark(store, 'graph-pull'),
        take: async (entries) => {
          if (full) throw new Error('the disk is full')
          taken.push(...entries.map((one) => String(Object(one).id)))
        },
        signal: stop.signal,
        clock: { now: () => time },
      })
    const kept = async () => String(Object((await store.kept('graph-pull')).value).until)
    return {
      start,
      taken,
      kept,
      store,
      stop,
      fill: (is: boolean) => void (full = is),
      pass: (ms: number) => void (time += ms),
    }
  }
  const minutes = (count: number) => count * 60_000
  const unique = (ids: readonly string[]) => [...new Set(ids)].toSorted()
  const put = (ids: readonly string[]) => {
    for (const id of ids) {
      fake.pass(1000)
      fake.put(graphAlert(id))
    }
  }
  const many = (count: number) => Array.from({ length: count }, (_, at) => `n${String(at).padStart(4, '0')}`)

  it('begins an hour ago, by Graph’s own clock, and keeps that before anything else', async () => {
    const { start, taken, kept } = await open()
    fake.put(graphAlert('older'))
    fake.pass(firstLookMs + minutes(16))
    fake.put(graphAlert('newer'))
    const { now } = fake
    fake.fail({ status: 200, body: '{"value":[]}' }, { status: 403 })
    assert.equal((await start()())?.kind, 'forbidden')
    assert.equal(await kept(), new Date(Date.parse(now()) - firstLookMs).toISOString())
    assert.equal(await start()(), null)
    assert.deepEqual(taken, ['newer'])
  })

  it('asks for what has changed since, the oldest first, with everything that is newer than the interface named', async () => {
    const { start } = await open()
    fake.put(graphAlert('a'))
    await start()()
    await start()()
    const last = fake.asked.at(-1)
    assert.deepEqual(Object.fromEntries(last?.url.searchParams ?? []), {
      $filter: `lastUpdateDateTime ge ${new Date(Date.parse(fake.now()) - overlapMs).toISOString()}`,
      $orderby: 'lastUpdateDateTime asc',
      $top: '100',
    })
    assert.equal(last?.headers['prefer'], 'include-unknown-enum-members')
  })

  it('reads what changed shortly before once more, for some of it is only found later', async () => {
    const { start, taken } = await open()
    fake.put(graphAlert('a'))
    await start()()
    fake.pass(minutes(5))
    fake.put({ ...graphAlert('late'), lastUpdateDateTime: new Date(Date.parse(fake.now()) - minutes(9)).toISOString() })
    fake.put(graphAlert('b'))
    await start()()
    assert.deepEqual(unique(taken), ['a', 'b', 'late'])
  })

  it('looks back so far once in five minutes, and a minute otherwise', async () => {
    const { start, pass, kept } = await open()
    fake.put(graphAlert('a'))
    const pull = start()
    const lookedBack = async () => {
      assert.equal(await pull(), null)
      const filter = fake.asked.at(-1)?.url.searchParams.get('$filter') ?? ''
      return Date.parse(await kept()) - Date.parse(filter.replace('lastUpdateDateTime ge ', ''))
    }
    await pull()
    assert.equal(await lookedBack(), shortOverlapMs)
    pass(overlapEveryMs - 1)
    assert.equal(await lookedBack(), shortOverlapMs)
    pass(1)
    assert.equal(await lookedBack(), overlapMs)
    assert.equal(await lookedBack(), shortOverlapMs)
    pass(overlapEveryMs)
    fake.fail({ status: 403 })
    assert.equal((await pull())?.kind, 'forbidden')
    assert.equal(await lookedBack(), overlapMs)
  })

  it('sees an alert again when it changes', async () => {
    const { start, taken } = await open()
    fake.put(graphAlert('a'))
    await start()()
    fake.pass(minutes(60))
    fake.put(graphAlert('b'))
    await start()()
    taken.length = 0
    await start()()
    assert.deepEqual(taken, ['b'])
    fake.pass(minutes(60))
    fake.put(graphAlert('a', { status: 'resolved' }))
    await start()()
    assert.deepEqual(taken, ['b', 'b', 'a'])
  })

  for (const order of ['kept', 'ignored', 'refused'] as const) {
    describe(`where the order is ${order}`, () => {
      it('reads page after page to the end', async () => {
        const { start, taken, kept } = await open(order)
        fake.pages(7)
        const ids = many(50)
        put(ids)
        assert.equal(await start()(), null)
        assert.deepEqual(unique(taken), ids)
        assert.equal(await kept(), fake.now())
      })

      it('misses none when alerts change and come between two pages', async () => {
        const { start, taken, store } = await open(order)
        fake.pages(10)
        const ids = many(60)
        put(ids)
        const change = (id: string) => () => put([id])
        fake.afterPages(() => undefined, change('n0000'), change('n0003'), change('new-1'), change('n0035'))
        assert.equal(await start()(), null)
        assert.equal(await start()(), null)
        assert.deepEqual(unique(taken), [...ids, 'new-1'])
        assert.ok((await store.kept('graph-pull')).version > 0)
      })

      it('goes on after an error in the middle, and loses nothing', async () => {
        const { start, taken } = await open(order)
        fake.pages(10)
        const ids = many(60)
        put(ids)
        const cuts = ['cut', 'cut', 'cut', 'cut'] as const
        fake.afterPages(
          () => undefined,
          () => undefined,
          () => fake.fail(...cuts),
        )
        assert.equal((await start()())?.kind, 'unreachable')
        assert.equal(await start()(), null)
        assert.deepEqual(unique(taken), ids)
      })

      it('follows many alerts of one moment by Graph’s links', async () => {
        const { start, taken } = await open(order)
        fake.pages(10)
        const ids = many(45)
        for (const id of ids) fake.put(graphAlert(id))
        assert.equal(await start()(), null)
        assert.deepEqual(unique(taken), ids)
      })
    })
  }

  it('moves on with each page, so that a restart in a long catch-up does not begin again', async () => {
    const { start, taken, kept } = await open()
    fake.pages(10)
    put(many(60))
    fake.afterPages(
      () => undefined,
      () => undefined,
      () => undefined,
      () => fake.fail({ status: 403 }),
    )
    assert.equal((await start()())?.kind, 'forbidden')
    assert.ok((await kept()) > new Date(Date.parse(fake.now()) - minutes(1)).toISOString())
    assert.equal(unique(taken).length, 28)
  })

  it('moves on only after what was read is stored', async () => {
    const { start, taken, kept, fill } = await open()
    fake.put(graphAlert('a'))
    fill(true)
    await assert.rejects(start()(), /disk is full/)
    const before = await kept()
    fake.pass(minutes(30))
    fill(false)
    assert.equal(await start()(), null)
    assert.deepEqual(taken, ['a'])
    assert.ok((await kept()) > before)
  })

  it('stays where it is when nothing has changed', async () => {
    const { start, kept } = await open()
    fake.put(graphAlert('a'))
    await start()()
    const before = await kept()
    fake.pass(minutes(600))
    assert.equal(await start()(), null)
    assert.equal(await kept(), before)
  })

  it('is not led into the future by an alert with a mistaken time', async () => {
    const { start, taken, kept } = await open()
    fake.put(graphAlert('usual'))
    fake.put(graphAlert('odd', { lastUpdateDateTime: '2099-01-01T00:00:00Z' }))
    assert.equal(await start()(), null)
    assert.equal(await kept(), fake.now())
    fake.pass(minutes(30))
    fake.put(graphAlert('a'))
    assert.equal(await start()(), null)
    assert.ok(taken.includes('a'))
  })

  it('finds back when what it kept lies in the future', async () => {
    const { start, taken, store } = await open()
    await store.keep('graph-pull', { until: '2098-01-01T00:00:00.000Z' })
    fake.put(graphAlert('a'))
    await start()()
    await start()()
    assert.deepEqual(taken, ['a'])
  })

  it('counts what it kept as nothing where that can’t be read', async () => {
    const { start, taken, store } = await open()
    await store.keep('graph-pull', { until: 'yesterday' })
    fake.put(graphAlert('a'))
    assert.equal(await start()(), null)
    assert.deepEqual(taken, ['a'])
  })

  it('takes alerts that tell no time, or a bad one', async () => {
    const { start, taken } = await open()
    fake.pages(2)
    for (const at of [undefined, 7, 'soon', null])
      fake.put({ ...graphAlert(`odd-${String(at)}`), lastUpdateDateTime: at })
    put(['a', 'b'])
    assert.equal(await start()(), null)
    assert.equal(unique(taken).length, 6)
  })

  it('does not follow a link to another place, and says so', async () => {
    const { start } = await open('ignored')
    fake.pages(2)
    put(many(5))
    fake.linksLeadTo((link) => link.replace(/^http:\/\/[^/]+/, 'http://evil.example'))
    assert.deepEqual(await start()(), { kind: 'invalid', says: 'a link that leads elsewhere' })
    fake.linksLeadTo(() => `${fake.baseUrl}/security/alerts_v2?%24top=2`)
    assert.deepEqual(await start()(), { kind: 'invalid', says: 'pages without an end' })
  })

  it('says so when the answer is no list', async () => {
    const { start } = await open()
    fake.fail({ status: 200, body: '{"value":[]}' }, { status: 200, body: '{"value":{}}' })
    assert.equal((await start()())?.kind, 'invalid')
  })

  it('takes nothing more once it is stopped', async () => {
    const { start, taken, stop } = await open()
    fake.pages(2)
    put(many(6))
    fake.afterPages(
      () => undefined,
      () => stop.abort(),
    )
    assert.equal((await start()())?.kind, 'unreachable')
    assert.deepEqual(taken, [])
  })
})
