import assert from 'node:assert/strict'
import { openDesk } from '../../../bot/cases/desk.js'
import { type EffectsOutbox, openEffectsOutbox } from '../../../bot/effects/outbox.js'
import type { Effect, Sent, Target } from '../../../bot/effects/target.js'
import type { Store } from '../../../store/store.js'
import { memoryStore } from '../../../store/memory.js'
import type { Command } from '../../../triage/command.js'
import { ada, anAlert, caseId, minute } from '../../support/cast.js'
import { fakeClock } from '../../support/fake-clock.js'
import { travel } from '../../support/guides.js'

describe('bot/effects/outbox', () => {
  const done: Sent = { state: 'done' }
  const unreachable: Sent = { state: 'waiting', why: 'unreachable', detail: 'ECONNREFUSED', retryAfterMs: null }
  const forbidden: Sent = { state: 'waiting', why: 'forbidden', detail: 'Some.Permission', retryAfterMs: null }

  /** Each note that a person writes is to be told outside, in its words. */
  const target = (answers: (text: string) => Sent | Promise<Sent>, but: Pick<Effect, 'once'> = {}): Target => ({
    name: 'notes',
    effects: ({ diary }) =>
      diary.flatMap((event, line) =>
        event.type === 'noted'
          ? [{ effect: `notes/${line}`, does: event.text, ...but, send: async () => answers(event.text) }]
          : [],
      ),
  })

  const start = (targets: readonly Target[], store: Store = memoryStore(), at = () => minute(0)) => {
    const clock = fakeClock()
    const logged: string[] = []
    const log = (level: string) => (_: object, text: string) => void logged.push(`${level}: ${text}`)
    let outbox: EffectsOutbox | null = null
    const desk = openDesk(
      store,
      () => travel,
      at,
      (record) => outbox?.wants(record) ?? false,
    )
    outbox = openEffectsOutbox({
      targets,
      desk,
      clock,
      random: () => 0,
      now: at,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
    })
    const effects = outbox
    desk.onWritten((written) => effects.note(written))
    const settle = async (...commands: readonly Command[]) => desk.settle(caseId, commands)
    const note = (text: string): Command => ({ type: 'note', text, caseId, line: null, at: minute(0), by: ada })
    const standings = async () => {
      const { state } = await desk.look(caseId)
      return (state?.effects ?? []).map(({ effect, state: one, why }) => [effect, one, ...(why ? [why] : [])].join(' '))
    }
    return {
      store,
      desk,
      effects,
      clock,
      logged,
      settle,
      note,
      standings,
      open: () => desk.open(caseId, anAlert(), 'impossible-travel', []),
    }
  }

  it('sends what the diary asks for once, and writes down that it is done', async () => {
    const sent: string[] = []
    const rooms = start([target((text) => (sent.push(text), done))])
    await rooms.open()
    await rooms.settle(rooms.note('one'))
    await rooms.effects.idle()
    await rooms.settle(rooms.note('two'))
    await rooms.effects.idle()
    assert.deepEqual(sent, ['one', 'two'])
    assert.deepEqual(await rooms.standings(), ['notes/1 done', 'notes/3 done'])
  })

  it('keeps the order of a case: the second waits for the first, however often that fails', async () => {
    const sent: string[] = []
    let failures = 3
    const rooms = start([
      target((text) => {
        sent.push(text)
        return text === 'one' && failures-- > 0 ? unreachable : done
      }),
    ])
    await rooms.open()
    await rooms.settle(rooms.note('one'), rooms.note('two'))
    await rooms.clock.run()
    assert.deepEqual(sent, ['one', 'one', 'one', 'one', 'two'])
    assert.deepEqual(await rooms.standings(), ['notes/1 done', 'notes/2 done'])
  })

  it('says nothing of what passes at the second try, and once what it waits for', async () => {
    let failures = 1
    const rooms = start([target(() => (failures-- > 0 ? unreachable : done))])
    await rooms.open()
    await rooms.settle(rooms.note('one'))
    await rooms.effects.idle()
    assert.deepEqual(await rooms.standings(), [])
    await rooms.clock.run()
    const { diary } = await rooms.desk.look(caseId)
    assert.deepEqual(
      diary.map(({ type }) => type),
      ['opened', 'noted', 'effect-noted'],
    )
    failures = 4
    await rooms.settle(rooms.note('two'))
    await rooms.clock.run()
    const states = (await rooms.desk.look(caseId)).diary.flatMap((event) =>
      event.type === 'effect-noted' ? [event.state] : [],
    )
    assert.deepEqual(states, ['done', 'waiting', 'done'])
  })

  it('is not hurried by what is written meanwhile, and takes it along', async () => {
    let [tries, minutes] = [0, 0]
    let granted = false
    const rooms = start([target(() => ((tries += 1), granted ? done : forbidden))], undefined, () => minute(minutes))
    await rooms.open()
    await rooms.settle(rooms.note('one'))
    await rooms.effects.idle()
    await rooms.settle(rooms.note('two'))
    await rooms.effects.idle()
    assert.equal(tries, 1)
    assert.deepEqual(await rooms.standings(), ['notes/1 waiting forbidden'])
    assert.deepEqual(rooms.effects.health().details, { waitingEffects: 1, waitingEffectsSince: minute(0) })
    assert.deepEqual(rooms.effects.health().problems, [])
    minutes = 6
    assert.match(rooms.effects.health().problems[0] ?? '', /notes: forbidden Some\.Permission/)
    granted = true
    await rooms.clock.run()
    assert.deepEqual(await rooms.standings(), ['notes/1 done', 'notes/3 done'])
    assert.deepEqual(rooms.effects.health().details, { waitingEffects: 0, waitingEffectsSince: null })
  })

  it('does not try again what was refused, and goes on with the next', async () => {
    const sent: string[] = []
    const rooms = start([
      target((text) => (sent.push(text), text === 'one' ? { state: 'refused', why: 'invalid', detail: '400' } : done)),
    ])
    await rooms.open()
    await rooms.settle(rooms.note('one'), rooms.note('two'))
    await rooms.clock.run()
    assert.deepEqual(sent, ['one', 'two'])
    assert.deepEqual(await rooms.standings(), ['notes/1 refused invalid', 'notes/2 done'])
  })

  it('does not run wild where what is settled is wanted all the same', async () => {
    let sent = 0
    const own: Target = {
      name: 'own',
      effects: () => [
        {
          effect: 'own/1',
          does: 'something',
          hasOwnEvents: true,
          send: async () => ((sent += 1), { state: 'settled', commands: [] }),
        },
      ],
    }
    const rooms = start([own])
    await rooms.open()
    await rooms.effects.idle()
    assert.equal(sent, 1)
    assert.match(rooms.logged.join(), /error: what a case tells outside could not be sent/)
    await rooms.effects.stop()
  })

  it('gives up after two weeks of trying, and says so', async () => {
    let day = 1
    const at = () => new Date(Date.UTC(2026, 2, day)).toISOString()
    const rooms = start([target(() => ((day += 1), forbidden))], undefined, at)
    await rooms.open()
    await rooms.settle(rooms.note('one'))
    await rooms.clock.run()
    assert.deepEqual(await rooms.standings(), ['notes/1 given-up forbidden'])
    assert.ok(day > 15)
  })

  it('keeps a case open for the store as long as something is to be sent', async () => {
    const rooms = start([target(() => forbidden)])
    await rooms.open()
    await rooms.settle(rooms.note('one'))
    await rooms.effects.idle()
    const { state, diary } = await rooms.desk.look(caseId)
    assert.ok(state && rooms.effects.wants({ state, diary }))
    assert.equal(rooms.effects.wants({ state, diary: diary.slice(0, 1) }), false)
  })

  describe('after a kill', () => {
    it('sends what was not sent, and what was sent but not written down', async () => {
      const sent: string[] = []
      // The first process is gone in the middle of sending.
      const first = start([target((text) => (sent.push(text), new Promise(() => {})))])
      await first.open()
      await first.settle(first.note('one'), first.note('two'))
      await new Promise((resolve) => setImmediate(resolve))
      const second = start([target((text) => (sent.push(text), done))], first.store)
      const { state, diary } = await second.desk.look(caseId)
      assert.ok(state)
      second.effects.note({ state, diary })
      await second.effects.idle()
      assert.deepEqual(sent, ['one', 'one', 'two'])
      assert.deepEqual(await second.standings(), ['notes/1 done', 'notes/2 done'])
    })

    it('never sends again what may be sent once only: that no one knows how it ended is written down', async () => {
      const sent: string[] = []
      const once = { once: true } as const
      const first = start([target((text) => (sent.push(text), new Promise(() => {})), once)])
      await first.open()
      await first.settle(first.note('one'), first.note('two'))
      while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve))
      const second = start([target((text) => (sent.push(text), done), once)], first.store)
      const { state, diary } = await second.desk.look(caseId)
      assert.ok(state)
      second.effects.note({ state, diary })
      await second.effects.idle()
      assert.deepEqual(sent, ['one', 'two'])
      assert.deepEqual(await second.standings(), ['notes/1 unknown', 'notes/2 done'])
    })
  })

  it('writes down later what a full disk did not take, without sending it again', async () => {
    const sent: string[] = []
    const store = memoryStore()
    let full = false
    const full507: Store = {
      ...store,
      write: async (...all) => (full ? Promise.reject(new Error('disk full')) : store.write(...all)),
    }
    const rooms = start([target((text) => ((full = sent.push(text) === 1), done))], full507)
    await rooms.open()
    await rooms.settle(rooms.note('one'))
    await rooms.effects.idle()
    assert.deepEqual(await rooms.standings(), [])
    full = false
    await rooms.clock.run()
    assert.deepEqual(sent, ['one'])
    assert.deepEqual(await rooms.standings(), ['notes/1 done'])
  })
})
