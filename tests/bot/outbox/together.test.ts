import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { openTogether } from '../../../bot/outbox/together.js'
import type { Clock } from '../../../bot/pacing/clock.js'
import { memoryStore } from '../../../store/memory.js'
import { winnow } from '../../../triage/person.js'
import { ada, eve, mia, minute } from '../../support/cast.js'
import { fakeClock } from '../../support/fake-clock.js'
import { instantClock } from '../../support/fake-graph.js'
import { asking, home, openRooms, until } from './hand.js'
import { cardFrom } from '../../../cards/render.js'

const [one, two, three] = ['1111-1111-1111', '2222-2222-2222', '3333-3333-3333'] as const

describe('bot/outbox/together: questions on one card', () => {
  const dutch = { 'questions.moved': 'verplaatst', 'summary.questions': '{count} vragen' }
  const open = async (store = memoryStore(), language = 'en', clock: Clock = instantClock()) => {
    let time = Date.parse('2026-03-02T09:00:00.000Z')
    const now = () => new Date(time).toISOString()
    const rooms = openRooms({ store, now, clock: instantClock() })
    const phrases = {
      'questions.moved': 'moved',
      'summary.questions': '{count} questions',
      'thanks.passed-on': 'no questions',
    }
    const drawn: unknown[] = []
    const renderer = {
      contextOf: (...record: Parameters<typeof rooms.renderer.contextOf>) => rooms.renderer.contextOf(...record),
      view: (...[{ data }, summary]: Parameters<typeof rooms.renderer.view>) => {
        drawn.push(data)
        return { card: cardFrom({}), summary }
      },
    }
    const languages = { of: () => language, words: (one: string) => (one === 'nl' ? dutch : phrases) }
    const parts = {
      ...rooms,
      renderer,
      phrases,
      languages,
      store,
      place: () => home,
      zoneOf: () => 'UTC',
      collectMs: 0,
      now,
    }
    const together = await openTogether({ ...parts, clock })
    rooms.desk.onWritten((written) => together.written(written))
    return {
      rooms,
      together,
      /** What was sent to Mia: `post` or `update`, and what it said. */
      sent: () =>
        rooms.hand.sent.flatMap(({ on, message }) => {
          if (message === null) return []
          const text = 'text' in message ? message.text : message.summary
          return /questions|moved|vragen/.test(text) ? [`${on} ${text}`] : []
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
      clock,
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

  it('are put in the language that their manager reads', async () => {
    const { ask, sent } = await open(memoryStore(), 'nl')
    await ask(one)
    assert.deepEqual(sent(), ['post 1 vragen'])
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

  it('that went to someone who was asked often as well are on that one’s card', async () => {
    const { ask, rooms, sent, drawn, together } = await open()
    await ask(one)
    const passOn = { type: 'pass-on', asked: 2, to: eve, as: 'deputy', until: minute(9000), line: null } as const
    await rooms.does(winnow, { ...passOn, together: true }, one)
    await together.idle()
    assert.deepEqual(sent().slice(1).toSorted(), ['post 1 questions', 'update no questions'])
    assert.equal(rooms.hand.of('post').at(-1)?.to, `chat-${eve.id}`)
    assert.equal(await rooms.card('manager/3', one), undefined)
    assert.deepEqual(opens(drawn.at(-1)), [one])
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

  it('are counted as owed once they are behind for more than five seconds, and no longer when they are drawn', async () => {
    const { ask, rooms, together, clock } = await open()
    const none = { count: 0, since: null }
    const release = rooms.hand.hold()
    const asking = ask(one)
    await until(() => rooms.hand.of('direct').length === 1 && together.owed().count === 0)
    await clock.sleep(5001)
    assert.deepEqual(together.owed(), { count: 1, since: '2026-03-02T09:00:00.000Z' })
    release()
    await asking
    await clock.sleep(5001)
    assert.deepEqual(together.owed(), none)
  })

  it('are owed while the chat does not take their card for now', async () => {
    const slow = fakeClock()
    const { rooms, together } = await open(memoryStore(), 'en', slow)
    await rooms.open(one)
    await rooms.does(ada, { type: 'take' }, one)
    await rooms.outbox.idle()
    rooms.hand.fail('post', new DeliveryFailure('transient', 'HTTP 503', 20_000))
    await rooms.does(ada, { ...asking(mia), together: true }, one)
    await until(() => rooms.hand.of('direct').length === 1)
    void slow.sleep(6000)
    await slow.run(() => slow.now() >= 6000)
    assert.deepEqual(together.owed(), { count: 1, since: '2026-03-02T09:00:00.000Z' })
    await slow.run(() => slow.now() >= 20_000 && together.queued() === 0)
    await together.idle()
    assert.deepEqual(together.owed(), { count: 0, since: null })
  })

  it('that come while the card is being drawn are still owed when that is done', async () => {
    const { ask, rooms, sent, together, clock } = await open()
    await rooms.open(two)
    await rooms.does(ada, { type: 'take' }, two)
    await rooms.outbox.idle()
    const { hand } = rooms
    const opensChat = hand.hold()
    const asked = ask(one)
    await until(() => hand.of('direct').length === 1)
    const posts = hand.hold()
    opensChat()
    await until(() => sent().includes('post 1 questions'))
    await rooms.does(ada, { ...asking(mia), together: true }, two)
    const updates = hand.hold()
    posts()
    await until(() => sent().includes('update 2 questions'))
    await clock.sleep(5001)
    assert.deepEqual(together.owed(), { count: 1, since: '2026-03-02T09:00:00.000Z' })
    updates()
    await asked
    assert.deepEqual(together.owed(), { count: 0, since: null })
  })

  it('say nothing beside the questions but why a press on the card changed nothing', async () => {
    const { ask, together, drawn } = await open()
    assert.equal(await together.card(mia.id, 'too late'), null)
    await ask(one)
    const noticeOn = (data: unknown) => [Object(data).notice, Object(data).hasNotice]
    assert.deepEqual(noticeOn(drawn.at(-1)), ['', false])
    const card = await together.card(mia.id, 'too late')
    assert.equal(card && 'summary' in card && card.summary, '1 questions')
    assert.deepEqual(noticeOn(drawn.at(-1)), ['too late', true])
    assert.deepEqual(opens(drawn.at(-1)), [one])
  })

  it('leave no card for a press to answer with when all of them went to someone else', async () => {
    const { ask, rooms, together } = await open()
    await ask(one)
    const passOn = { type: 'pass-on', asked: 2, to: eve, as: 'deputy', until: minute(9000), line: null } as const
    await rooms.does(winnow, passOn, one)
    await together.idle()
    assert.equal(await together.card(mia.id, 'too late'), null)
  })

  it('are posted once where the disk takes nothing when they have arrived, and kept as soon as it does', async () => {
    const store = memoryStore()
    let failures = 0
    const keep: typeof store.keep = async (name, value, version) => {
      const isShown = name === 'questions' && JSON.stringify(value).includes('messageId')
      if (isShown && (failures += 1) <= 2) throw new Error('ENOSPC')
      return store.keep(name, value, version)
    }
    const { ask, sent } = await open({ ...store, keep })
    await ask(one)
    assert.deepEqual(
      sent().filter((text) => text.startsWith('post')),
      ['post 1 questions'],
    )
    assert.equal(failures, 3)
    const [book] = Object.values(Object((await store.kept('questions')).value))
    assert.deepEqual([Object(book).posting, Object(book).posted?.place.conversationId], [null, `chat-${mia.id}`])
  })

  it('are not told as unreached where it is the disk that takes nothing, before the post or after it', async () => {
    for (const isFull of [
      (text: string) => text.includes('"posting":["'),
      (text: string) => text.includes('"messageId"'),
    ]) {
      const store = memoryStore()
      let failures = 0
      const keep: typeof store.keep = async (name, value, version) => {
        if (name === 'questions' && isFull(JSON.stringify(value)) && (failures += 1) === 1) throw new Error('ENOSPC')
        return store.keep(name, value, version)
      }
      const { ask, rooms, sent } = await open({ ...store, keep })
      await ask(one)
      assert.equal(failures > 1, true)
      assert.equal(sent().filter((text) => text.startsWith('post')).length, 1)
      assert.equal((await rooms.state(one)).confirmation?.state, 'asked')
      assert.equal(Object((await store.kept('questions')).value)[0].isLost, false)
      assert.equal(rooms.logged.includes('questions were not delivered'), false)
    }
  })

  it('of which no one knows whether they arrived are told as such, and found by a press of their manager there', async () => {
    const { rooms, together, sent } = await open()
    await rooms.open(one)
    await rooms.does(ada, { type: 'take' }, one)
    await rooms.outbox.idle()
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    await rooms.does(ada, { ...asking(mia), together: true }, one)
    await together.idle()
    assert.equal((await rooms.state(one)).confirmation?.state, 'unreached')
    const record = { ...(await rooms.located(one)) }
    const posted = { place: { ...home, conversationId: `chat-${mia.id}` }, messageId: 'lost' }
    const click = { by: mia, posted, personal: true }
    assert.equal(together.isOn({ ...click, by: eve }, record), false)
    assert.equal(together.isOn({ ...click, personal: false }, record), false)
    assert.equal(together.isOn({ ...click, posted: null }, record), false)
    const { channel } = record.cards
    assert.equal(together.isOn({ ...click, posted: channel?.posted ?? null }, record), false)
    const before = sent().length
    assert.equal(together.isOn(click, record), true)
    await together.idle()
    assert.deepEqual(sent().slice(before), ['update 1 questions'])
    assert.equal(rooms.hand.of('update').at(-1)?.to, 'lost')
    assert.equal(together.isOn({ ...click, by: eve }, record), true)
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
