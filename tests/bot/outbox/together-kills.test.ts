import assert from 'node:assert/strict'
import { openTogether } from '../../../bot/outbox/together.js'
import type { Messenger } from '../../../bot/chat.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { ada, mia } from '../../support/cast.js'
import { instantClock } from '../../support/fake-graph.js'
import { asking, handMessenger, home, openRooms } from './hand.js'

const [one, two, three] = ['1111-1111-1111', '2222-2222-2222', '3333-3333-3333'] as const

/** A life that ends at a step: before what it does there, or after that was done and before anyone hears of it. */
const openLife = (endsAt: number, isBefore: boolean) => {
  let [steps, isOver] = [0, false]
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  const never = <T>(): Promise<T> => {
    isOver = true
    end()
    return new Promise(() => {})
  }
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isOver) return never()
    const isLast = (steps += 1) === endsAt
    if (isLast && isBefore) return never()
    const result = await work()
    return isLast ? never() : result
  }
  return { step, ended, steps: () => steps }
}

describe('bot/outbox/together: a kill at any moment', () => {
  const phrases = { 'questions.moved': 'moved', 'summary.questions': '{count} questions' }

  const world = async (store: Store, sentBefore: readonly Sent[], life = openLife(Infinity, false)) => {
    let time = Date.parse('2026-03-02T09:00:00.000Z')
    const now = () => new Date(time).toISOString()
    const hand = handMessenger()
    const sent: Sent[] = [...sentBefore]
    const { messenger: inner } = hand
    const note = (to: string, message: unknown) => {
      const { card } = Object(message)
      sent.push({ to, asks: (Object(card).open ?? []).map((row: { caseId: string }) => row.caseId) })
    }
    const messenger: Messenger = {
      ...inner,
      post: (place, message) =>
        life.step(async () => {
          const { messageId } = await inner.post(place, message)
          const id = `${sent.length} ${messageId}`
          note(`post ${id}`, message)
          return { place, messageId: id }
        }),
      update: (posted, message) =>
        life.step(async () => {
          await inner.update(posted, message)
          note(`update ${posted.messageId}`, message)
        }),
      direct: (personId, via) => life.step(() => inner.direct(personId, via)),
    }
    const mortal: Store = {
      ...store,
      keep: (name, value, version) => life.step(() => store.keep(name, value, version)),
      write: (id, version, change, options) => life.step(() => store.write(id, version, change, options)),
    }
    const clock = instantClock()
    const rooms = openRooms({ store: mortal, now, clock, messenger })
    const together = await openTogether({
      ...rooms,
      renderer: {
        contextOf: (record) => rooms.renderer.contextOf(record),
        view: ({ data }, summary) => ({ card: { ...Object(data) }, summary }),
      },
      phrases,
      store: mortal,
      place: () => home,
      zoneOf: () => 'UTC',
      collectMs: 0,
      clock,
      now,
    })
    rooms.desk.onWritten((written) => together.written(written))
    const idle = async (): Promise<void> => {
      while ((await Promise.all([rooms.outbox.idle(), together.idle()])).includes(true));
    }
    const ask = async (id: string): Promise<void> => {
      await rooms.open(id)
      await rooms.does(ada, { type: 'take' }, id)
      await rooms.does(ada, { ...asking(mia), together: true }, id)
      await idle()
    }
    return { rooms, together, sent, ask, idle, clock, pass: (ms: number) => void (time += ms) }
  }

  /** One is answered, two waits, and an hour later three comes: a card, a silent change of it, and a new one in its place. */
  const play = async ({ rooms, ask, pass }: Awaited<ReturnType<typeof world>>): Promise<void> => {
    await ask(one)
    const yes = { answer: 'yes', from: null, to: null, note: '', asked: null } as const
    await rooms.does(mia, { type: 'answer-confirmation', ...yes }, one)
    await ask(two)
    pass(3_600_000)
    await ask(three)
  }

  const killed = async (endsAt: number, isBefore: boolean): Promise<number> => {
    const store = memoryStore()
    const life = openLife(endsAt, isBefore)
    const first = await world(store, [], life)
    await Promise.race([play(first), life.ended])
    const after = await world(store, first.sent)
    after.pass(3_700_000)
    for (const id of await store.open()) after.together.resume(await after.rooms.state(id))
    await after.idle()
    const where = `killed ${isBefore ? 'before' : 'after'} step ${endsAt}`
    const [book] = Object.values(Object((await store.kept('questions')).value))
    const posted: string | undefined = Object(book).posted?.messageId
    const cards = after.sent.filter(({ asks }) => asks.length > 0)
    const posts = cards.filter(({ to }) => to.startsWith('post'))
    const last = cards.findLast(({ to }) => to.endsWith(` ${posted}`))
    for (const id of [one, two, three]) {
      const state = (await after.rooms.desk.look(id)).state?.confirmation?.state
      // What waits already stands on the new card once more.
      assert.ok(posts.filter(({ asks }) => asks.includes(id)).length <= (id === two ? 2 : 1), `${id} twice, ${where}`)
      if (state === 'asked') assert.ok(last?.asks.includes(id), `${id} stands nowhere, and no one is told, ${where}`)
    }
    assert.ok(posts.length <= 2, where)
    const stale = posts
      .filter(({ to }) => to.slice('post '.length) !== posted)
      .map(({ to }) => to.slice('post '.length))
    const lost = Object(book).isLost === true ? stale.at(-1) : undefined
    for (const id of stale.filter((one_) => one_ !== lost))
      assert.deepEqual(after.sent.findLast(({ to }) => to === `update ${id}`)?.asks, [], `former card, ${where}`)
    assert.equal(Object(book).posting ?? null, null, where)
    await after.clock.sleep(6000)
    assert.equal(after.together.owed().count, 0, where)
    assert.equal(after.together.queued(), 0, where)
    return life.steps()
  }

  it('loses no question in silence, posts none twice, and leaves no former card to be answered on', async function () {
    this.timeout(0)
    const most = await killed(Infinity, false)
    assert.ok(most > 20)
    for (let step = 1; step <= most; step += 1) {
      await killed(step, true)
      await killed(step, false)
    }
  })
})

/** What was sent, and the questions on it that can be answered. */
type Sent = { readonly to: string; readonly asks: readonly string[] }
