import assert from 'node:assert/strict'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import { DeliveryFailure } from '../../../bot/chat.js'
import type { Listed } from '../../../dialogs/show/listed.js'
import type { DigestNews } from '../../../bot/outbox/digest.js'
import { type KeptStorm, openStormBooks, owedDigest, standingDigest } from '../../../bot/outbox/storm-books.js'
import { digestEveryMs, openStorms } from '../../../bot/outbox/storms.js'
import { openBackoff } from '../../../bot/pacing/backoff.js'
import type { Retry } from '../../../bot/pacing/queue.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Severity } from '../../../triage/alert.js'
import { type Card, channelCard } from '../../../triage/card.js'
import type { Diary } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import type { OnCall } from '../../../triage/routing.js'
import { ada, minute, posted } from '../../support/cast.js'
import { opened, untilClosed } from '../../support/diary.js'
import { type FakeClock, fakeClock } from '../../support/fake-clock.js'
import { travel } from '../../support/guides.js'
import { noThreads } from '../../support/no-threads.js'
import { aRow as row, aStorm } from '../../support/rows.js'
import { words } from '../../support/words.js'
import { cardOf, handMessenger, home, openRooms, textOf } from './hand.js'

/** More than three cases in a minute are a storm; one card is let go each twenty seconds. */
const rule = { cases: 3, withinMs: 60_000 }

/** The n-th case of a test. */
const code = (n: number): string => `1111-2222-${String(3000 + n)}`

type Options = { readonly store?: Store; readonly hand?: ReturnType<typeof handMessenger>; readonly onCall?: OnCall }

/** Winnow as it starts on a store: what is open there is taken up. Nothing takes time but what the test lets pass. */
const start = async ({ store = memoryStore(), hand = handMessenger(), onCall }: Options = {}) => {
  const clock: FakeClock = fakeClock()
  let tick = 0
  const openCases = startOpenCases(noThreads, () => travel)
  const books = await openStormBooks(store)
  const storms = { rule, books, rows: () => openCases.rows(), placeOf: () => home, postsPerMinute: 100, phrases: words }
  const now = () => minute((tick += 1))
  const rooms = openRooms({ store, hand, clock, storms, openCases, now, ...(onCall && { onCall }) })
  for (const id of await store.open()) {
    const record = await rooms.located(id)
    openCases.note(record)
    await rooms.outbox.resume(record, 'start')
  }
  let passed = 0
  const settle = async () => {
    await rooms.outbox.storms?.look()
    await clock.run(() => clock.now() >= passed)
    await rooms.idle()
  }
  /** Let time pass, looking each second. */
  const pass = async (ms: number) => {
    for (const end = passed + ms; passed < end;) {
      passed = Math.min(end, passed + 1000)
      void clock.sleep(passed - clock.now())
      await settle()
    }
  }
  return {
    ...rooms,
    books,
    openCases,
    clock,
    pass,
    /** So many alerts arrive at once. */
    arrive: async (from: number, to: number, severity: Severity = 'medium') => {
      for (let n = from; n < to; n += 1) await rooms.open(code(n), { severity })
      await rooms.outbox.storms?.look()
      await rooms.idle()
    },
    storm: () => books.storms().get(home.conversationId),
    drawn: (name: string) => hand.sent.filter(({ message }) => cardOf(message) === name),
    cardsPosted: async () => {
      const cards = await Promise.all((await openCases.rows()).map(({ caseId }) => rooms.card(channelCard, caseId)))
      return cards.filter((card) => card?.state === 'shown').length
    },
  }
}

describe('bot/outbox/storms', () => {
  it('has a card for each case as long as no more come than the rule allows', async () => {
    const world = await start()
    await world.arrive(0, 3)
    assert.deepEqual([world.storm(), await world.cardsPosted(), world.drawn('digest').length], [undefined, 3, 0])
  })

  it('holds back the cards of further cases, posts one digest for them, and shows High at once', async () => {
    const world = await start()
    await world.arrive(0, 20)
    const before = await world.cardsPosted()
    assert.ok(before <= 5, `${before} were posted`)
    assert.deepEqual(
      world.drawn('digest').map(({ on }) => on),
      ['post'],
    )
    await world.arrive(20, 30)
    await world.arrive(30, 32, 'high')
    assert.equal(await world.cardsPosted(), before + 2)
    assert.equal((await world.card(channelCard, code(31)))?.state, 'shown')
    assert.equal(world.outbox.storms?.heldBack(), 30 - before)
  })

  it('does not count what is held back as owed', async () => {
    const world = await start()
    await world.arrive(0, 20)
    await world.pass(10_000)
    assert.equal(world.outbox.owed().count, 0)
  })

  it('updates the digest in place, and leaves it for a while however many come', async () => {
    const world = await start()
    await world.arrive(0, 10)
    for (let n = 10; n < 40; n += 1) {
      await world.arrive(n, n + 1)
      await world.pass(1000)
    }
    const drawn = world.drawn('digest').map(({ on }) => on)
    assert.equal(drawn.filter((on) => on === 'post').length, 1)
    assert.ok(drawn.length >= 2 && drawn.length <= 2 + 30_000 / digestEveryMs, drawn.join())
  })

  it('calms down once fewer come, and posts the rest slowly, the most severe and oldest first', async () => {
    const world = await start()
    await world.arrive(0, 8, 'low')
    await world.arrive(8, 10, 'medium')
    const already = new Set((await world.openCases.rows()).flatMap(({ caseId, hasCard }) => (hasCard ? [caseId] : [])))
    await world.pass(59_000)
    assert.equal(world.storm()?.phase, 'storm')
    await world.pass(2000)
    assert.equal(world.storm()?.phase, 'calming')
    const order: string[] = []
    while (world.storm() && order.length < 20) {
      await world.pass(1000)
      for (const { caseId, hasCard } of await world.openCases.rows())
        if (hasCard && !already.has(caseId) && !order.includes(caseId)) order.push(caseId)
    }
    const wanted = [8, 9, 0, 1, 2, 3, 4, 5, 6, 7].map(code).filter((one) => !already.has(one))
    assert.deepEqual(order, wanted)
    assert.ok(world.clock.now() >= 60_000 + (wanted.length - 1) * 20_000, `over after ${world.clock.now()} ms`)
    assert.equal(await world.cardsPosted(), 10)
    assert.deepEqual([world.storm(), world.outbox.storms?.heldBack()], [undefined, 0])
    assert.equal(world.drawn('digest').filter(({ on }) => on === 'post').length, 1)
  })

  it('shows new cases at once while it calms down, and holds back again when too many come', async () => {
    const world = await start()
    await world.arrive(0, 10)
    await world.pass(61_000)
    assert.equal(world.storm()?.phase, 'calming')
    await world.arrive(10, 11)
    assert.equal((await world.card(channelCard, code(10)))?.state, 'shown')
    await world.arrive(11, 20)
    assert.equal(world.storm()?.phase, 'storm')
    assert.equal(await world.card(channelCard, code(19)), undefined)
  })

  it('posts the card of a case that someone wants, and keeps it owed when the chat does not take it at once', async () => {
    const world = await start()
    await world.arrive(0, 20)
    assert.equal(await world.outbox.want(code(19)), true)
    assert.equal(await world.outbox.want(code(19)), false)
    await world.idle()
    assert.equal((await world.card(channelCard, code(19)))?.state, 'shown')
    world.hand.fail('post', new DeliveryFailure('transient', 'ServiceUnavailable', 1000))
    await world.outbox.want(code(18))
    const drawn = world.idle()
    await world.clock.run()
    await drawn
    assert.equal((await world.card(channelCard, code(18)))?.state, 'shown')
  })

  it('leaves a case held back that is taken with many others, until it calms down', async () => {
    const world = await start()
    await world.arrive(0, 10)
    await world.does(ada, { type: 'take' }, code(9))
    await world.idle()
    assert.equal(await world.card(channelCard, code(9)), undefined)
  })

  it('goes on after a restart in the middle: nothing is posted twice, and nothing is forgotten', async () => {
    const store = memoryStore()
    const hand = handMessenger()
    const before = await start({ store, hand })
    await before.arrive(0, 10)
    const shown = await before.cardsPosted()
    await before.stop()
    const after = await start({ store, hand })
    assert.equal(after.storm()?.since, before.storm()?.since)
    await after.pass(20_000)
    assert.deepEqual([await after.cardsPosted(), after.storm()?.phase], [shown, 'storm'])
    await after.pass(300_000)
    assert.deepEqual([await after.cardsPosted(), after.storm()], [10, undefined])
    assert.equal(hand.of('post').filter(({ message }) => cardOf(message) === 'digest').length, 1)
    assert.equal(hand.of('post').length, 11)
  })

  it('does not post a digest again whose post may have arrived, says so, and posts it when it is asked for', async () => {
    const store = memoryStore()
    const before = await start({ store })
    await before.arrive(0, 10)
    const kept = before.storm()
    assert.ok(kept)
    await before.books.keep(home.conversationId, () => ({
      ...kept,
      card: { state: 'posting', posted: null, detail: '' },
    }))
    await before.stop()
    const after = await start({ store })
    await after.pass(30_000)
    assert.deepEqual([after.storm()?.card.state, after.drawn('digest').length], ['lost', 0])
    assert.deepEqual(
      after.hand.of('post').map(({ message }) => textOf(message)),
      ['digest lost'],
    )
    assert.equal(await after.outbox.storms?.repost(home.conversationId), true)
    await after.idle()
    assert.deepEqual([after.storm()?.card.state, after.drawn('digest').length], ['shown', 1])
    assert.equal(await after.outbox.storms?.repost(home.conversationId), false)
  })

  it('takes a digest that was thought lost and is pressed for one that stands there', async () => {
    const world = await start()
    await world.arrive(0, 10)
    const posted = world.storm()?.card.posted
    assert.ok(posted)
    await world.books.keep(
      home.conversationId,
      (kept) => kept && { ...kept, card: { state: 'lost', posted: null, detail: '' } },
    )
    await world.outbox.storms?.found(posted)
    assert.deepEqual(world.storm()?.card, { state: 'shown', posted, detail: '' })
  })

  it('is noticed with the alert that is one too many, before anybody looks', async () => {
    const world = await start()
    for (let n = 0; n < 4; n += 1) await world.open(code(n), { severity: 'medium' })
    await world.idle()
    assert.equal(world.storm()?.phase, 'storm')
  })

  it('counts the closed ones', async () => {
    const world = await start()
    await world.arrive(0, 10)
    await world.does(ada, { type: 'take' }, code(9))
    await world.does(ada, { type: 'record-verdict', verdict: 'undetermined', reason: 'enough' }, code(9))
    await world.does(ada, { type: 'close', reason: 'enough' }, code(9))
    assert.equal(world.storm()?.closed, 1)
    await world.does(ada, { type: 'reopen', reason: 'again' }, code(9))
    assert.equal(world.storm()?.closed, 0)
  })

  it('mentions who is on call once for a storm with an alert bad enough', async () => {
    const world = await start({ onCall: { person: ada, atLeast: 'medium' } })
    await world.arrive(0, 10)
    await world.arrive(10, 20)
    await world.pass(40_000)
    const pages = world.hand
      .of('post')
      .map(({ message }) => textOf(message))
      .filter((text) => text.startsWith('storm:'))
    assert.equal(pages.length, 1)
  })
})

describe('bot/outbox/storms: look by look', () => {
  const kept = aStorm(home, standingDigest({ place: home, messageId: 'm-0' }))
  const id = home.conversationId
  const calming = { phase: 'calming', calmSince: minute(8) } as const
  const refused = { state: 'refused', posted: null, detail: 'BotNotInConversationRoster' } as const

  /** A channel with these open cases, and the storm that was kept of it; it is looked at when the test says so. */
  const open = async (rows: readonly Listed[], storm: Partial<KeptStorm> | null, postsPerMinute = 100) => {
    const store = memoryStore()
    if (storm) await store.keep('storms', [{ ...kept, ...storm }])
    const books = await openStormBooks(store)
    const rooms = openRooms()
    let time = 0
    const clock = { now: () => time, sleep: async () => {} }
    const queue: (() => Promise<Retry>)[] = []
    const released: string[] = []
    const news: DigestNews[] = []
    const storms = openStorms({
      ...rooms,
      rule,
      books,
      rows: async () => rows,
      place: () => home,
      placeOf: () => home,
      postsPerMinute,
      backoff: openBackoff(() => 0),
      clock,
      now: () => minute(9),
      put: (_, work) => void queue.push(work),
      release: async (caseId) => {
        // What has been let go is held back no longer.
        if (released.includes(caseId)) return false
        released.push(caseId)
        return true
      },
      recount: async () => {},
    })
    storms.onDigest((one) => void news.push(one))
    return {
      ...rooms,
      storms,
      released,
      news,
      storm: () => books.storms().get(id),
      lookAt: async (ms: number) => {
        time = ms
        await storms.look()
      },
      /** How many drawings of the digest wait in the queue. */
      queued: () => queue.length,
      /** Draw the digest, as often as that was put into the queue. */
      draw: async () => {
        for (const work of queue.splice(0)) await work()
      },
    }
  }
  const recordOf = (diary: Diary, card?: Card) => {
    const state = replay(diary)
    assert.ok(state)
    return { state, cards: card ? { [channelCard]: card } : {} }
  }

  it('knows after a start how many cards are held back, before anything is written', async () => {
    const { storms, lookAt } = await open([row(1, { severity: 'high' }), row(2), row(3), row(4, { hasCard: true })], {})
    await lookAt(0)
    assert.equal(storms.heldBack(), 2)
  })

  it('holds back the card of an open case that has none, and of no other', async () => {
    const { storms } = await open([], {})
    const card: Card = {
      audience: 'channel',
      state: 'missing',
      posted: null,
      shownLine: -1,
      detail: '',
      since: minute(0),
    }
    assert.equal(storms.holds(recordOf([opened])), true)
    assert.equal(storms.holds(recordOf([opened], card)), false)
    assert.equal(storms.holds(recordOf([opened], { ...card, state: 'shown', posted: posted(), shownLine: 0 })), false)
    assert.equal(storms.holds(recordOf(untilClosed)), false)
  })

  it('holds nothing back any more once it is over', async () => {
    const { storms } = await open([], { phase: 'over', calmSince: minute(8), until: minute(9) })
    assert.equal(storms.holds(recordOf([opened])), false)
    const { storms: calmed } = await open([], calming)
    assert.equal(calmed.holds(recordOf([opened])), true)
  })

  it('tells on its digest of those that came since it began, and of older ones that have no card yet', async () => {
    const old = row(1, { hasCard: true })
    const rows = [old, row(2), row(5, { hasCard: true }), row(6)]
    const { storms, news, lookAt, draw } = await open(rows, { since: minute(5) })
    await storms.forgotten()
    await lookAt(30_000)
    await draw()
    assert.deepEqual(
      news.at(-1)?.rows.map(({ caseId }) => caseId),
      [code(2), code(5), code(6)],
    )
  })

  it('shows the digest of a channel, and where there is none there the one there is', async () => {
    const { storms } = await open([row(1)], calming)
    const here = await storms.digest(id, ada.id)
    assert.ok(here)
    assert.deepEqual(await storms.digest(null, ada.id), here)
    assert.deepEqual(await storms.digest('c-elsewhere', ada.id), here)
    const { storms: calm } = await open([row(1)], null)
    assert.equal(await calm.digest(id, ada.id), null)
    assert.equal(await calm.digest(null, ada.id), null)
  })

  it('begins with the oldest alert that waits, wherever that stands among the others', async () => {
    const rows = [row(5, { severity: 'high' }), row(2), row(7, { severity: 'low' })]
    const { storm, lookAt } = await open(rows, null, 2)
    await lookAt(0)
    assert.deepEqual([storm()?.phase, storm()?.since], ['storm', minute(2)])
  })

  it('waits for the card it has let go before the next one follows, but no longer than a minute', async () => {
    const { released, lookAt } = await open([row(1), row(2), row(3)], calming)
    await lookAt(0)
    await lookAt(19_999)
    assert.deepEqual(released, [])
    await lookAt(20_000)
    assert.deepEqual(released, [code(1)])
    await lookAt(40_000)
    await lookAt(79_999)
    assert.deepEqual(released, [code(1)])
    await lookAt(80_000)
    assert.deepEqual(released, [code(1), code(2)])
  })

  it('leaves the digest alone while there is no news, and brings news as soon as it has stood long enough', async () => {
    const { storms, queued, draw, lookAt } = await open([row(1)], calming)
    await lookAt(0)
    assert.equal(queued(), 1)
    await draw()
    await lookAt(10 * digestEveryMs)
    assert.equal(queued(), 0)
    storms.posted(recordOf([opened]))
    await lookAt(10 * digestEveryMs)
    await draw()
    storms.posted(recordOf([opened]))
    await lookAt(11 * digestEveryMs - 1)
    assert.equal(queued(), 0)
    await lookAt(11 * digestEveryMs)
    assert.equal(queued(), 1)
  })

  it('is remembered until its digest says that it is over', async () => {
    const { storm, queued, draw, news, lookAt } = await open([], calming)
    await lookAt(0)
    await lookAt(1000)
    assert.deepEqual([storm()?.phase, storm()?.until, queued()], ['over', minute(9), 1])
    await draw()
    assert.deepEqual(
      news.map(({ outcome, storm }) => [outcome, storm.phase]),
      [['shown', 'over']],
    )
    await lookAt(2000)
    assert.equal(storm(), undefined)
  })

  it('is forgotten as soon as it is over where the chat does not take its digest', async () => {
    const { storm, queued, lookAt } = await open([], { ...calming, card: refused })
    await lookAt(0)
    await lookAt(1000)
    assert.deepEqual([storm(), queued()], [undefined, 0])
  })

  it('tries a digest that was refused again an hour later, and not before', async () => {
    const { storm, storms, hand, queued, draw, lookAt } = await open([row(1)], calming)
    await lookAt(0)
    await draw()
    hand.fail('update', new DeliveryFailure('permanent', 'BotNotInConversationRoster'))
    storms.posted(recordOf([opened]))
    await lookAt(1_800_000)
    await draw()
    for (const ms of [1_801_000, 3_600_000, 5_399_999]) {
      await lookAt(ms)
      assert.deepEqual([storm()?.card.state, queued()], ['refused', 0])
    }
    await lookAt(5_400_000)
    await lookAt(5_401_000)
    assert.deepEqual([storm()?.card, queued()], [owedDigest('tried again'), 1])
    await draw()
    assert.equal(storm()?.card.state, 'shown')
  })

  it('puts no drawing into the queue while the digest is refused, and has what was news meanwhile on the next one', async () => {
    const { storm, storms, queued, draw, lookAt } = await open([row(1)], { ...calming, card: refused })
    await lookAt(0)
    storms.posted(recordOf([opened]))
    await lookAt(59_000)
    assert.deepEqual([storm()?.card.state, queued()], ['refused', 0])
    await lookAt(3_600_000)
    await lookAt(3_601_000)
    assert.equal(queued(), 1)
    await draw()
    assert.equal(storm()?.card.state, 'shown')
  })

  it('posts the digest again where the chat has forgotten it, though nothing else is news', async () => {
    const { storm, storms, hand, queued, draw, lookAt } = await open([row(1)], calming)
    await lookAt(0)
    await draw()
    await storms.forgotten()
    await lookAt(1000)
    assert.deepEqual([storm()?.card, queued()], [owedDigest('fresh'), 1])
    await draw()
    assert.deepEqual([hand.of('post').length, storm()?.card.state], [1, 'shown'])
  })

  it('tells once that a digest is lost', async () => {
    const { storm, hand, news, draw, lookAt } = await open([row(1)], { ...calming, card: owedDigest() })
    hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    await lookAt(0)
    await draw()
    await lookAt(1000)
    await lookAt(2000)
    assert.equal(storm()?.card.state, 'lost')
    assert.deepEqual(
      news.map(({ outcome }) => outcome),
      ['lost'],
    )
  })
})
