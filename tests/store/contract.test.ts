import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Change, Store } from '../../store/store.js'
import type { Event } from '../../triage/event.js'
import { isFault } from '../../triage/fault.js'
import { adapters, type Opened } from './contract.js'
import { adding, append, card, closed, noted, notes, reopened } from './events.js'

const fault = (code: string) => (error: unknown) => isFault(error, code)

for (const adapter of adapters) {
  describe(`store/contract: ${adapter.name}`, () => {
    let opened: Opened
    let store: Store

    beforeEach(async () => {
      opened = await adapter.open()
      store = opened.store
    })

    afterEach(() => opened.dispose())

    it('puts another record in the place of a settled case, for good', async () => {
      await append(store, 'A', 'secret', closed)
      await append(store, 'B', 'other', closed)
      const diary = [noted('nothing'), closed]
      assert.equal(await store.replace('A', 1, { diary, cards: { channel: card(1) } }), 2)
      for (const reopen of [async () => store, opened.reopen]) {
        const one = await reopen()
        assert.deepEqual(await one.read('A'), { version: 2, diary, cards: { channel: card(1) } })
        assert.deepEqual(notes(await one.read('B')), ['other', 'closed'])
        assert.deepEqual(await one.open(), [])
      }
    })

    it('goes on from what was put there', async () => {
      await append(store, 'A', 'secret', closed)
      await store.replace('A', 1, { diary: [noted('nothing'), closed], cards: {} })
      assert.equal(await append(store, 'A', reopened, 'more'), 3)
      assert.deepEqual(notes(await (await opened.reopen()).read('A')), ['nothing', 'closed', 'reopened', 'more'])
    })

    it('replaces no open case, none of another version, and nothing by what could not be read again', async () => {
      await append(store, 'A', 'one')
      const record = { diary: [noted('x')], cards: {} }
      await assert.rejects(store.replace('A', 1, record), fault('store/open'))
      await append(store, 'A', closed)
      await assert.rejects(store.replace('A', 1, record), fault('store/stale'))
      await assert.rejects(store.replace('B', 0, record), (error) => isFault(error))
      assert.deepEqual(notes(await store.read('A')), ['one', 'closed'])
    })

    it('loses neither of a replacement and a write at the same time', async () => {
      const ids = Array.from({ length: 12 }, (_, round) => `R-${round}`)
      for (const caseId of ids) await append(store, caseId, 'secret', closed)
      // So that they are in their files.
      store = await opened.reopen()
      for (const [round, caseId] of ids.entries()) {
        const later = async (): Promise<number> => {
          for (let turn = 0; turn < round; turn += 1) await new Promise((go) => setImmediate(go))
          return store.write(caseId, 1, adding(reopened))
        }
        const [replaced, written] = await Promise.allSettled([
          store.replace(caseId, 1, { diary: [noted('nothing'), closed], cards: {} }),
          later(),
        ])
        const kept = notes(await store.read(caseId))
        assert.equal(kept[0], replaced.status === 'fulfilled' ? 'nothing' : 'secret')
        assert.equal(kept.includes('reopened'), written.status === 'fulfilled', `after ${round} turns`)
      }
    })

    it('reads version 0 and nothing else where nothing was written', async () => {
      assert.deepEqual(await store.read('NOBODY'), { version: 0, diary: [], cards: {} })
      assert.deepEqual(await store.open(), [])
    })

    it('gives back the events in the order they were added, and counts the writes', async () => {
      assert.equal(await store.write('A', 0, adding('one', 'two')), 1)
      assert.equal(await store.write('A', 1, adding('three')), 2)
      assert.deepEqual(await store.read('A'), {
        version: 2,
        diary: [noted('one'), noted('two'), noted('three')],
        cards: {},
      })
    })

    it('keeps any text as it is', async () => {
      const text = 'ünï ‮ \u0000 \ud800 "quoted"\n </script> __proto__'
      await append(store, 'A', text)
      assert.deepEqual(notes(await store.read('A')), [text])
      store = await opened.reopen()
      assert.deepEqual(notes(await store.read('A')), [text])
    })

    it('keeps events of types it does not know as they are', async () => {
      const later: Event = JSON.parse('{ "type": "of-a-later-version", "at": "2027", "by": {}, "more": [1] }')
      await store.write('A', 0, { events: [noted('one'), later], open: true })
      store = await opened.reopen()
      assert.deepEqual((await store.read('A')).diary, [noted('one'), later])
    })

    it('puts cards beside the diary, replaces them by name, and takes them away', async () => {
      await store.write('A', 0, {
        events: [noted('one')],
        cards: { channel: card(-1), 'analyst/u': card(0) },
        open: true,
      })
      await store.write('A', 1, { cards: { channel: card(0), 'analyst/u': null, 'manager/3': card(2) }, open: true })
      const expected = { version: 2, diary: [noted('one')], cards: { channel: card(0), 'manager/3': card(2) } }
      assert.deepEqual(await store.read('A'), expected)
      store = await opened.reopen()
      assert.deepEqual(await store.read('A'), expected)
    })

    it('keeps cards under any name', async () => {
      const names = ['analyst/__proto__', '__proto__', 'constructor', 'analyst/a b', '']
      const cards: Change['cards'] = Object.fromEntries(names.map((name, line) => [name, card(line)]))
      await store.write('A', 0, { events: [noted('one')], cards, open: true })
      await store.write('A', 1, { cards: Object.fromEntries([['__proto__', card(7)]]), open: true })
      store = await opened.reopen()
      const kept = (await store.read('A')).cards
      assert.deepEqual(Object.keys(kept).toSorted(), names.toSorted())
      assert.deepEqual(Object.entries(kept).find(([name]) => name === '__proto__')?.[1], card(7))
    })

    it('refuses to write over another version, and writes nothing', async () => {
      await store.write('A', 0, adding('one'))
      for (const version of [0, 2, -1, 1.5, Number.NaN]) {
        await assert.rejects(store.write('A', version, adding('late')), fault('store/stale'))
      }
      assert.deepEqual(notes(await store.read('A')), ['one'])
    })

    it('lets exactly one of two win that write over the same version at once', async () => {
      await store.write('A', 0, adding('first'))
      for (const version of [1, 2, 3]) {
        const results = await Promise.allSettled([
          store.write('A', version, adding('left')),
          store.write('A', version, adding('right')),
        ])
        assert.deepEqual(results.map((result) => result.status).toSorted(), ['fulfilled', 'rejected'])
        assert.equal((await store.read('A')).diary.length, version + 1)
        store = await opened.reopen()
      }
    })

    it('lets exactly one of two win that begin a case at once', async () => {
      const results = await Promise.allSettled([store.write('A', 0, adding('l')), store.write('A', 0, adding('r'))])
      assert.deepEqual(results.map((result) => result.status).toSorted(), ['fulfilled', 'rejected'])
      assert.equal((await store.read('A')).version, 1)
    })

    it('takes a hundred writes to many cases at once', async () => {
      const ids = Array.from({ length: 100 }, (_, index) => `CASE-${index}`)
      await Promise.all(ids.map((id) => store.write(id, 0, adding(id, 'more'))))
      const cases = await Promise.all(ids.map((id) => store.read(id)))
      assert.deepEqual(
        cases.map((one) => notes(one)),
        ids.map((id) => [id, 'more']),
      )
      assert.deepEqual((await store.open()).toSorted(), ids.toSorted())
    })

    it('takes writes of one case that do not wait for one another', async () => {
      const writes = Array.from({ length: 20 }, (_, version) => store.write('A', version, adding(`line ${version}`)))
      assert.deepEqual(
        await Promise.all(writes),
        writes.map((_, version) => version + 1),
      )
      assert.deepEqual(
        notes(await store.read('A')),
        writes.map((_, version) => `line ${version}`),
      )
    })

    const bad: readonly (readonly [string, string])[] = [
      ['an event by nobody', '{ "events": [{ "type": "noted", "at": "2026" }], "open": true }'],
      ['an event without a type', '{ "events": [{ "at": "2026", "by": {} }], "open": true }'],
      ['an event without a time', '{ "events": [{ "type": "noted", "by": {} }], "open": true }'],
      ['an event that is a text', '{ "events": ["noted"], "open": true }'],
      ['an event that is an array', '{ "events": [[]], "open": true }'],
      ['a card without a state', '{ "cards": { "channel": { "audience": "channel" } }, "open": true }'],
      ['a card that is a text', '{ "cards": { "channel": "shown" }, "open": true }'],
      ['nothing of whether it is open', '{ "events": [] }'],
    ]
    for (const [what, json] of bad) {
      it(`writes nothing of a change with ${what}`, async () => {
        const change: Change = JSON.parse(json)
        await store.write('A', 0, adding('one'))
        await assert.rejects(store.write('A', 1, change), fault('store/bad-change'))
        const both = { ...change, events: [noted('fine'), ...(change.events ?? [])] }
        await assert.rejects(store.write('A', 1, both), fault('store/bad-change'))
        assert.deepEqual(await store.read('A'), { version: 1, diary: [noted('one')], cards: {} })
      })
    }

    it('begins no case without an event', async () => {
      await assert.rejects(store.write('A', 0, { cards: { channel: card(0) }, open: true }), fault('store/bad-change'))
      assert.equal((await store.read('A')).version, 0)
      assert.deepEqual(await store.open(), [])
    })

    it('writes nothing when there is nothing to write, but still checks the version', async () => {
      assert.equal(await store.write('A', 0, { open: true }), 0)
      assert.deepEqual(await store.open(), [])
      await assert.rejects(store.write('A', 1, { open: true }), fault('store/stale'))
      await store.write('A', 0, adding('one'))
      assert.equal(await store.write('A', 1, { events: [], cards: {}, open: true }), 1)
      await assert.rejects(store.write('A', 0, { open: true }), fault('store/stale'))
      assert.equal((await store.read('A')).version, 1)
    })

    it('is not changed by what is done to what it gave out or was given', async () => {
      const event = noted('one')
      const mine = card(0)
      await store.write('A', 0, { events: [event], cards: { channel: mine }, open: true })
      Object.assign(event, { text: 'forged' })
      Object.assign(mine, { detail: 'forged' })
      const expected = { version: 1, diary: [noted('one')], cards: { channel: card(0) } }
      const first = await store.read('A')
      assert.deepEqual(first, expected)
      Object.assign(first.diary[0] ?? {}, { text: 'forged' })
      Object.assign(first.cards, { channel: null })
      assert.deepEqual(await store.read('A'), expected)
    })

    it('names a case open as long as the writer says so', async () => {
      await append(store, 'A', 'one')
      await append(store, 'B', 'one')
      assert.deepEqual((await store.open()).toSorted(), ['A', 'B'])
      await append(store, 'A', closed)
      assert.deepEqual(await store.open(), ['B'])
      store = await opened.reopen()
      assert.deepEqual(await store.open(), ['B'])
      await append(store, 'A', reopened)
      assert.deepEqual((await store.open()).toSorted(), ['A', 'B'])
      assert.deepEqual(notes(await store.read('A')), ['one', 'closed', 'reopened'])
      store = await opened.reopen()
      assert.deepEqual((await store.open()).toSorted(), ['A', 'B'])
      assert.deepEqual(notes(await store.read('A')), ['one', 'closed', 'reopened'])
    })

    it('names every case, open or not, each once, also after it is opened again', async () => {
      const ids = Array.from({ length: 40 }, (_, at) => `CASE-${at}`)
      await Promise.all(ids.map((id, at) => store.write(id, 0, { ...adding('one'), open: at % 2 === 0 })))
      await store.write('CASE-0', 1, { ...adding('two'), open: false })
      const all = async () => {
        const found: string[] = []
        for await (const some of store.all()) found.push(...some)
        return found.toSorted()
      }
      assert.deepEqual(await all(), ids.toSorted())
      store = await opened.reopen()
      assert.deepEqual(await all(), ids.toSorted())
    })

    it('does not go by the diary to tell who is open', async () => {
      await store.write('A', 0, { events: [closed], open: true })
      assert.deepEqual(await store.open(), ['A'])
      assert.equal(await store.write('A', 1, { open: false }), 2)
      assert.deepEqual(await store.open(), [])
      store = await opened.reopen()
      assert.deepEqual(await store.open(), [])
      assert.deepEqual(await store.read('A'), { version: 2, diary: [closed], cards: {} })
    })

    it('never names a case open that is settled from its first write on', async () => {
      await append(store, 'A', 'one', closed)
      assert.deepEqual(await store.open(), [])
      assert.equal((await store.read('A')).diary.length, 2)
    })

    it('reads back at once what nobody waits for, and keeps it', async () => {
      await store.write('A', 0, adding('one'))
      const change = { cards: { channel: card(0) }, open: true }
      assert.equal(await store.write('A', 1, change, { durable: false }), 2)
      assert.deepEqual((await store.read('A')).cards, { channel: card(0) })
      await assert.rejects(store.write('A', 1, adding('late'), { durable: false }), fault('store/stale'))
      assert.equal(await store.write('A', 2, adding('two')), 3)
      assert.equal(await store.write('A', 3, { cards: { channel: card(1) }, open: true }, { durable: false }), 4)
      const expected = { version: 4, diary: [noted('one'), noted('two')], cards: { channel: card(1) } }
      store = await opened.reopen()
      assert.deepEqual(await store.read('A'), expected)
    })

    it('keeps values by name, the newest of each, and counts them', async () => {
      assert.deepEqual(await store.kept('home'), { value: undefined, version: 0 })
      assert.equal(await store.keep('home', { place: ['a', 1, null] }), 1)
      assert.equal(await store.keep('home-2', 'text'), 1)
      assert.deepEqual(await store.kept('home'), { value: { place: ['a', 1, null] }, version: 1 })
      assert.equal(await store.keep('home', null), 2)
      store = await opened.reopen()
      assert.deepEqual(await store.kept('home'), { value: null, version: 2 })
      assert.deepEqual(await store.kept('home-2'), { value: 'text', version: 1 })
    })

    it('replaces a value only over the version that is given', async () => {
      assert.equal(await store.keep('home', 'a', 0), 1)
      await assert.rejects(store.keep('home', 'b', 0), fault('store/stale'))
      assert.equal(await store.keep('home', 'b', 1), 2)
      for (const version of [0, 1, 3, Number.NaN]) {
        await assert.rejects(store.keep('home', 'c', version), fault('store/stale'))
      }
      assert.deepEqual(await store.kept('home'), { value: 'b', version: 2 })
    })

    it('lets exactly one of two win that replace the same value at once', async () => {
      const results = await Promise.allSettled([store.keep('home', 'l', 0), store.keep('home', 'r', 0)])
      assert.deepEqual(results.map((result) => result.status).toSorted(), ['fulfilled', 'rejected'])
      assert.equal((await store.kept('home')).version, 1)
    })

    it('tells readers that follow who was written to, each once with its newest version', async () => {
      await append(store, 'OLD', 'one')
      const start = await store.since(null)
      assert.ok(start)
      assert.deepEqual(start.changes, [])
      await append(store, 'A', 'one')
      await append(store, 'B', 'one')
      await append(store, 'A', 'two')
      const news = await store.since(start.position)
      assert.deepEqual(news?.changes, [
        { caseId: 'B', version: 1 },
        { caseId: 'A', version: 2 },
      ])
      assert.deepEqual((await store.since(news?.position ?? ''))?.changes, [])
      assert.equal((await store.since(start.position))?.changes.length, 2)
      for (const position of ['', 'x', '0', `${start.position}0000`, 'x-1']) {
        assert.equal(await store.since(position), null)
      }
    })

    it('knows no position from before a restart', async () => {
      await append(store, 'A', 'one')
      const before = await store.since(null)
      store = await opened.reopen()
      assert.equal(await store.since(before?.position ?? ''), null)
    })

    it('shows the same after it is opened again', async () => {
      await store.write('A', 0, adding('one'))
      await store.write('B', 0, adding('one', closed))
      store = await opened.reopen()
      assert.deepEqual((await store.read('A')).diary, [noted('one')])
      assert.deepEqual((await store.read('B')).diary, [noted('one'), closed])
      assert.deepEqual(await store.open(), ['A'])
      assert.deepEqual(store.damaged(), [])
    })

    for (const id of ['', '../x', 'a', 'A/B', 'A.B', 'A\n', 'A\u0000', 'A'.repeat(41), '__proto__', 'Ä']) {
      it(`refuses ${JSON.stringify(id)} for a case`, async () => {
        await assert.rejects(store.read(id), fault('store/bad-id'))
        await assert.rejects(store.write(id, 0, adding('one')), fault('store/bad-id'))
      })
    }

    for (const name of ['', '..', '../x', 'Home', 'a_b', '-a', 'a-', 'a.b', 'a'.repeat(61), 'a\n']) {
      it(`refuses ${JSON.stringify(name)} for a setting`, async () => {
        await assert.rejects(store.keep(name, 1), fault('store/bad-name'))
        await assert.rejects(store.kept(name), fault('store/bad-name'))
      })
    }

    it('finishes what was begun before it closes, and does nothing afterwards', async () => {
      const begun = store.write('A', 0, adding('one'))
      const unheard = store.write('B', 0, adding('one'), { durable: false })
      const setting = store.keep('home', 1)
      const reopening = opened.reopen()
      await Promise.all([begun, unheard, setting])
      const next = await reopening
      assert.equal((await next.read('A')).version, 1)
      assert.equal((await next.read('B')).version, 1)
      assert.equal((await next.kept('home')).version, 1)
      await assert.rejects(store.read('A'), fault('store/closed'))
      await assert.rejects(store.write('A', 1, adding('late')), fault('store/closed'))
      await assert.rejects(store.open(), fault('store/closed'))
      await assert.rejects(store.since(null), fault('store/closed'))
      await assert.rejects(store.keep('home', 1), fault('store/closed'))
      await assert.rejects(store.kept('home'), fault('store/closed'))
      await store.close()
    })

    it('ends, whatever is written at once, as if it came one after the other', async () => {
      const one = fc.record({
        caseId: fc.constantFrom('A', 'B', 'C'),
        offBy: fc.constantFrom(0, 0, 0, 1, -1),
        events: fc.array(fc.constantFrom(noted('x'), noted('y'), closed, reopened), { minLength: 1, maxLength: 3 }),
        shownLine: fc.constantFrom(null, 0, 1, 2),
        durable: fc.boolean(),
      })
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(one, { maxLength: 6 }), { maxLength: 4 }), async (batches) => {
          run += 1
          const model = new Map<string, { version: number; diary: readonly Event[]; cards: Change['cards'] }>()
          for (const batch of batches) {
            const expected: string[] = []
            const going = batch.map(({ caseId, offBy, events, shownLine, durable }) => {
              const id = `${caseId}-${run}`
              const { version, diary } = model.get(id) ?? { version: 0, diary: [] }
              expected.push(offBy === 0 ? 'fulfilled' : 'rejected')
              const channel = shownLine === null ? null : card(shownLine)
              const next = { version: version + 1, diary: [...diary, ...events], cards: channel ? { channel } : {} }
              if (offBy === 0) model.set(id, next)
              return store.write(
                id,
                version + offBy,
                { events, cards: { channel }, open: events.at(-1) !== closed },
                { durable },
              )
            })
            const results = await Promise.allSettled(going)
            assert.deepEqual(
              results.map((result) => result.status),
              expected,
            )
            if (run % 10 === 0) store = await opened.reopen()
          }
          for (const [id, expected] of model) {
            assert.deepEqual(await store.read(id), expected)
            assert.equal((await store.open()).includes(id), expected.diary.at(-1) !== closed)
          }
        }),
        { numRuns: 40 },
      )
    })
  })
}
