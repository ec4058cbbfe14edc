import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Store } from '../../store/store.js'
import type { Event } from '../../triage/event.js'
import { isFault } from '../../triage/fault.js'
import { adapters, type Opened } from './contract.js'
import { closed, noted, notes, reopened } from './events.js'

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

    it('reads an empty diary where nothing was written', async () => {
      assert.deepEqual(await store.read('NOBODY'), [])
      assert.deepEqual(await store.live(), [])
    })

    it('gives back the events in the order they were added', async () => {
      await store.append('A', 0, [noted('one'), noted('two')])
      await store.append('A', 2, [noted('three')])
      assert.deepEqual(await store.read('A'), [noted('one'), noted('two'), noted('three')])
    })

    it('keeps any text as it is', async () => {
      const text = 'ünï ‮ \u0000 \ud800 "quoted"\n </script> __proto__'
      await store.append('A', 0, [noted(text)])
      store = await opened.reopen()
      assert.deepEqual(notes(await store.read('A')), [text])
    })

    it('refuses to add behind a line that is not the last, and adds nothing', async () => {
      await store.append('A', 0, [noted('one')])
      for (const version of [0, 2, -1, Number.NaN]) {
        await assert.rejects(store.append('A', version, [noted('late')]), fault('store/stale'))
      }
      assert.deepEqual(notes(await store.read('A')), ['one'])
    })

    it('lets exactly one of two win that add behind the same line at once', async () => {
      await store.append('A', 0, [noted('first')])
      const results = await Promise.allSettled([
        store.append('A', 1, [noted('left')]),
        store.append('A', 1, [noted('right')]),
      ])
      assert.deepEqual(results.map((result) => result.status).toSorted(), ['fulfilled', 'rejected'])
      assert.equal((await store.read('A')).length, 2)
    })

    it('takes a hundred additions to many cases at once', async () => {
      const ids = Array.from({ length: 100 }, (_, index) => `CASE-${index}`)
      await Promise.all(ids.map((id) => store.append(id, 0, [noted(id), noted('more')])))
      const diaries = await Promise.all(ids.map((id) => store.read(id)))
      assert.deepEqual(
        diaries.map((diary) => notes(diary)),
        ids.map((id) => [id, 'more']),
      )
      assert.deepEqual((await store.live()).toSorted(), ids.toSorted())
    })

    it('adds all events or none', async () => {
      const broken: Event = JSON.parse('{ "type": "noted", "text": "nobody said this" }')
      await assert.rejects(store.append('A', 0, [noted('fine'), broken]), fault('store/bad-event'))
      assert.deepEqual(await store.read('A'), [])
      assert.deepEqual(await store.live(), [])
    })

    it('adds nothing when there is nothing to add, but still checks the line', async () => {
      await store.append('A', 0, [])
      assert.deepEqual(await store.live(), [])
      await assert.rejects(store.append('A', 1, []), fault('store/stale'))
    })

    it('is not changed by what is done to a diary it gave out', async () => {
      await store.append('A', 0, [noted('one')])
      const diary = await store.read('A')
      Object.assign(diary[0] ?? {}, { text: 'forged' })
      assert.deepEqual(notes(await store.read('A')), ['one'])
    })

    it('names a case live until it is settled, and again when it is not any more', async () => {
      await store.append('A', 0, [noted('one')])
      await store.append('B', 0, [noted('one')])
      assert.deepEqual((await store.live()).toSorted(), ['A', 'B'])
      await store.append('A', 1, [closed])
      assert.deepEqual(await store.live(), ['B'])
      store = await opened.reopen()
      assert.deepEqual(await store.live(), ['B'])
      await store.append('A', 2, [reopened])
      assert.deepEqual((await store.live()).toSorted(), ['A', 'B'])
      assert.deepEqual(notes(await store.read('A')), ['one', 'closed', 'reopened'])
    })

    it('never names a case live that is settled from its first lines on', async () => {
      await store.append('A', 0, [noted('one'), closed])
      assert.deepEqual(await store.live(), [])
      assert.equal((await store.read('A')).length, 2)
    })

    it('keeps values by name, the newest of each', async () => {
      assert.equal(await store.kept('home'), undefined)
      await store.keep('home', { place: ['a', 1, null] })
      await store.keep('home-2', 'text')
      assert.deepEqual(await store.kept('home'), { place: ['a', 1, null] })
      await store.keep('home', null)
      store = await opened.reopen()
      assert.equal(await store.kept('home'), null)
      assert.equal(await store.kept('home-2'), 'text')
    })

    it('shows the same after it is opened again', async () => {
      await store.append('A', 0, [noted('one')])
      await store.append('B', 0, [noted('one'), closed])
      store = await opened.reopen()
      assert.deepEqual(await store.read('A'), [noted('one')])
      assert.deepEqual(await store.read('B'), [noted('one'), closed])
      assert.deepEqual(await store.live(), ['A'])
      assert.deepEqual(store.damaged(), [])
    })

    for (const id of ['', '../x', 'a', 'A/B', 'A.B', 'A\n', 'A\u0000', 'A'.repeat(41), '__proto__', 'Ä']) {
      it(`refuses ${JSON.stringify(id)} for a case`, async () => {
        await assert.rejects(store.read(id), fault('store/bad-id'))
        await assert.rejects(store.append(id, 0, [noted('one')]), fault('store/bad-id'))
      })
    }

    for (const name of ['', '..', '../x', 'Home', 'a_b', '-a', 'a-', 'a.b', 'a'.repeat(61), 'a\n']) {
      it(`refuses ${JSON.stringify(name)} for a setting`, async () => {
        await assert.rejects(store.keep(name, 1), fault('store/bad-name'))
        await assert.rejects(store.kept(name), fault('store/bad-name'))
      })
    }

    it('finishes what was begun before it closes, and does nothing afterwards', async () => {
      const begun = store.append('A', 0, [noted('one')])
      const reopening = opened.reopen()
      await begun
      const next = await reopening
      assert.equal((await next.read('A')).length, 1)
      await assert.rejects(store.read('A'), fault('store/closed'))
      await assert.rejects(store.append('A', 1, [noted('late')]), fault('store/closed'))
      await assert.rejects(store.live(), fault('store/closed'))
      await assert.rejects(store.keep('home', 1), fault('store/closed'))
      await assert.rejects(store.kept('home'), fault('store/closed'))
    })

    it('ends, whatever is added at once, as if it came one after the other', async () => {
      const addition = fc.record({
        caseId: fc.constantFrom('A', 'B', 'C'),
        offBy: fc.constantFrom(0, 0, 0, 1, -1),
        events: fc.array(fc.constantFrom(noted('x'), noted('y'), closed, reopened), { maxLength: 3 }),
      })
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(addition, { maxLength: 6 }), { maxLength: 4 }), async (batches) => {
          run += 1
          const model = new Map<string, readonly unknown[]>()
          for (const batch of batches) {
            const expected: string[] = []
            const going = batch.map(({ caseId, offBy, events }) => {
              const id = `${caseId}-${run}`
              const diary = model.get(id) ?? []
              expected.push(offBy === 0 ? 'fulfilled' : 'rejected')
              if (offBy === 0) model.set(id, [...diary, ...events])
              return store.append(id, diary.length + offBy, events)
            })
            const results = await Promise.allSettled(going)
            assert.deepEqual(
              results.map((result) => result.status),
              expected,
            )
          }
          for (const [id, diary] of model) {
            assert.deepEqual(await store.read(id), diary)
            const isLive = diary.length > 0 && diary.at(-1) !== closed
            assert.equal((await store.live()).includes(id), isLive)
          }
          if (run % 10 === 0) store = await opened.reopen()
        }),
        { numRuns: 40 },
      )
    })
  })
}
