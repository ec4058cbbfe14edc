import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { openTogether } from '../../../bot/outbox/together.js'
import { memoryStore } from '../../../store/memory.js'
import { winnow } from '../../../triage/person.js'
import { ada, eve, mia, minute } from '../../support/cast.js'
import { instantClock } from '../../support/fake-graph.js'
import { asking, home, openRooms } from './hand.js'

const [one, two, three] = ['1111-1111-1111', '2222-2222-2222', '3333-3333-3333'] as const

describe('bot/outbox/together: questions on one card', () => {
  const open = async (store = memoryStore()) => {
    let time = Date.parse('2026-03-02T09:00:00.000Z')
    const now = () => new Date(time).toISOString()
    const rooms = openRooms({ store, now, clock: instantClock() })
    const phrases = { 'questions.moved': 'moved', 'summary.questions': '{count} questions' }
    const drawn: unknown[] = []
    const renderer = {
      contextOf: (...record: Parameters<typeof rooms.renderer.contextOf>) => rooms.renderer.contextOf(...record),
      view: (...[{ data }, summary]: Parameters<typeof rooms.renderer.view>) => {
        drawn.push(data)
        return { card: {}, summary }
      },
    }
    const parts = { ...rooms, renderer, phrases, store, place: () => home, zoneOf: () => 'UTC', collectMs: 0, now }
    const together = await openTogether({ ...parts, clock: instantClock() })
    rooms.desk.onWritten((written) => together.written(written))
    return {
      rooms,
      together,
      /** What was sent to Mia: `post` or `update`, and what it said. */
      sent: () =>
        rooms.hand.sent.flatMap(({ on, message }) => {
          if (message === null) return []
          const text = 'text' in message ? message.text : message.summary
          return /questions|moved/.test(text) ? [`${on} ${text}`] : []
        }),
      ask: async (...ids: readonly string[]) => {
        for (const id of ids) {
          await rooms.open(id)
          await rooms.does(ada, { type: 'take' }, id)
          await rooms.does(ada, { ...asking(mia), together: true }, id)
        }
        while ((await Promise.all([rooms.outbox.idle(), together.idle()])).includes(true));
      },
      answer: async (id: string) => {
        const yes = { answer: 'yes', from: null, to: null, note: '', asked: null } as const
        await rooms.does(mia, { type: 'answer-confirmation', ...yes }, id)
        await together.idle()
      },
      pass: (ms: number) => void (time += ms),
      drawn,
    }
  }
  const opens = (data: unknown): readonly string[] => Object(data).open.map((row: { caseId: string }) => row.caseId)

  it('are posted once, and none has a card of its own', async () => {
    const { ask, sent, rooms, drawn } = await open()
    await ask(one)
    assert.deepEqual(sent(), ['post 1 questions'])
    assert.deepEqual(opens(drawn.at(-1)), [one])
    assert.equal(await rooms.card('manager/2', one), undefined)
  })

  it('join the card in silence within the hour; then there is a new one, with those that wait', async () => {
    const { ask, sent, answer, pass, drawn } = await open()
    await ask(one)
    await ask(two)
    assert.deepEqual(sent(), ['post 1 questions', 'update 2 questions'])
    await answer(one)
    assert.equal(sent().at(-1), 'update 1 questions')
    pass(3_600_000)
    await ask(three)
    assert.deepEqual(sent().slice(-2), ['post 2 questions', 'update moved'])
    assert.deepEqual(opens(drawn.at(-1)), [two, three])
  })

  it('that went to someone else, because there was no answer, are on it no longer', async () => {
    const { ask, rooms, sent, drawn, together } = await open()
    await ask(one, two)
    const passOn = { type: 'pass-on', asked: 2, to: eve, as: 'deputy', until: minute(9000), line: null } as const
    await rooms.does(winnow, passOn, one)
    await together.idle()
    assert.equal(sent().at(-1), 'update 1 questions')
    assert.deepEqual(opens(drawn.at(-1)), [two])
  })

  it('that can’t be delivered are each written down as unreached, and may be asked again', async () => {
    const { ask, rooms, sent } = await open()
    rooms.hand.fail('direct', new DeliveryFailure('permanent', 'ConversationBlockedByUser'))
    await ask(one)
    const { diary } = await rooms.desk.look(one)
    const last = diary.at(-1)
    assert.deepEqual(last?.type === 'manager-unreached' && [last.why, last.detail], [
      'refused',
      'ConversationBlockedByUser',
    ])
    await rooms.does(ada, { ...asking(mia), together: true }, one)
    await rooms.outbox.idle()
    await ask(two)
    assert.match(sent().at(-1) ?? '', /2 questions/)
  })

  it('are tried again while the chat takes nothing for now', async () => {
    const { ask, rooms, sent } = await open()
    rooms.hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 10))
    rooms.hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 10))
    await ask(one)
    assert.equal(sent().filter((text) => text.startsWith('post')).length >= 1, true)
    assert.notEqual((await rooms.state(one)).confirmation?.state, 'unreached')
  })

  it('are posted after a start when they were not before, and not twice when they were', async () => {
    const store = memoryStore()
    const before = await open(store)
    await before.ask(one)
    const after = await open(store)
    after.together.resume(await after.rooms.state(one))
    await after.together.idle()
    assert.deepEqual(after.sent(), ['update 1 questions'])
    const half = memoryStore()
    const stopped = openRooms({ store: half })
    await stopped.open(two)
    await stopped.does(ada, { type: 'take' }, two)
    await stopped.does(ada, { ...asking(mia), together: true }, two)
    await half.keep('questions', [
      { managerId: mia.id, posted: null, at: null, rows: [{ caseId: two, line: 2, isNew: true }] },
    ])
    const resumed = await open(half)
    resumed.together.resume(await resumed.rooms.state(two))
    await resumed.together.idle()
    assert.deepEqual(resumed.sent(), ['post 1 questions'])
    const other = memoryStore()
    const lost = openRooms({ store: other })
    await lost.open(two)
    await lost.does(ada, { type: 'take' }, two)
    await lost.does(ada, { ...asking(mia), together: true }, two)
    const again = await open(other)
    again.together.resume(await again.rooms.state(two))
    await again.together.idle()
    assert.deepEqual(again.sent(), ['post 1 questions'])
  })
})
