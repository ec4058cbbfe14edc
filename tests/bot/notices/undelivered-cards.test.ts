import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { openNotices } from '../../../bot/notices/notices.js'
import type { Channel } from '../../../bot/outbox/channels.js'
import { type Card, type ConversationRef, channelCard } from '../../../triage/card.js'
import { replay } from '../../../triage/evolve.js'
import type { Diary } from '../../../triage/event.js'
import { everything } from '../../../triage/routing.js'
import { minute } from '../../support/cast.js'
import { claimed, closed, openedWith } from '../../support/diary.js'
import { elsewhere, handMessenger, home, openRooms, textOf, until } from '../outbox/hand.js'

describe('bot/notices: cards that did not arrive', () => {
  const channel = (place: ConversationRef): Channel => ({ place, filter: everything, boundBy: '', onCall: null })

  const lost = {
    audience: 'channel',
    state: 'lost',
    posted: null,
    shownLine: -1,
    detail: 'HTTP 504',
    since: minute(0),
  } as const
  /** Cases whose cards stand as the test says. */
  const open = (
    options: { readonly channels?: readonly ConversationRef[]; readonly leads?: readonly string[] } = {},
  ) => {
    const hand = handMessenger()
    const channels: Channel[] = (options.channels ?? [home, elsewhere]).map(channel)
    const rooms = openRooms({ hand, channels })
    const cards = new Map<string, Card>()
    const diaries = new Map<string, Diary>()
    const places = new Map<string, ConversationRef | null>()
    const look = async (code: string) => {
      const diary = diaries.get(code) ?? []
      const card = cards.get(code)
      return { refusal: null, written: [], owed: [], state: replay(diary), diary, cards: card ? { channel: card } : {} }
    }
    const place = ({ id }: { readonly id: string }) => places.get(id) ?? null
    const { leads = [] } = options
    const notices = openNotices({ ...rooms, desk: { look }, place, leads })
    const tell = (
      code: string,
      but: Partial<Card> = {},
      where: ConversationRef | null = home,
      again = false,
      ...more: Diary
    ) => {
      const diary = [{ ...openedWith({}), caseId: code }, ...more]
      const card: Card = { ...lost, ...but }
      const state = replay(diary)
      assert.ok(state)
      diaries.set(code, diary)
      cards.set(code, card)
      places.set(code, where)
      const outcome = card.state === 'refused' ? 'refused' : 'lost'
      notices.card({ state, cards: { channel: card }, card: channelCard, outcome, again })
    }
    const texts = () => hand.sent.flatMap(({ message }) => textOf(message) || [])
    const setChannel = (place: ConversationRef) => void channels.push(channel(place))
    return { ...rooms, setChannel, hand, notices, cards, tell, texts, to: () => hand.of('post').map(({ to }) => to) }
  }

  it('are told in one message for all of a moment, each once', async () => {
    const { tell, notices, texts } = open()
    for (const code of ['A', 'B', 'A']) tell(code)
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A, B (2)'])
    tell('C')
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A, B (2)', 'lost: C (1)'])
  })

  it('are told in messages that can be read when there are many, and none is left out', async () => {
    const { tell, notices, texts } = open()
    const codes = Array.from({ length: 45 }, (_, at) => `N${at}`)
    for (const code of codes) tell(code)
    await notices.idle()
    const told = texts().flatMap((text) => text.replace(/^lost: | \(\d+\)$/g, '').split(', '))
    assert.deepEqual(told, codes)
    assert.ok(texts().every((text) => text.length < 200))
  })

  it('are told in the channel where each would stand', async () => {
    const { tell, notices, texts, to } = open()
    tell('A')
    tell('B', {}, elsewhere)
    tell('C')
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A, C (2)', 'lost: B (1)'])
    assert.deepEqual(to(), [home.conversationId, elsewhere.conversationId])
  })

  it('are told in one channel while another one takes nothing, and there until it does', async () => {
    const { hand, tell, notices, texts } = open()
    hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 100))
    tell('A')
    tell('B', {}, elsewhere)
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A (1)', 'lost: B (1)', 'lost: A (1)'])
  })

  it('are told of until it has surely arrived, for twice does no harm', async () => {
    const { hand, tell, notices, texts } = open()
    for (const failure of [
      new DeliveryFailure('transient', 'HTTP 429', 1),
      new DeliveryFailure('unknown', 'HTTP 504', 1),
      new DeliveryFailure('unknown', 'NoId', 1),
    ])
      hand.fail('post', failure)
    tell('A')
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A (1)', 'lost: A (1)', 'lost: A (1)', 'lost: A (1)'])
  })

  it('are told anew when they are lost anew while that is being told', async () => {
    const { hand, tell, notices, texts } = open()
    const release = hand.hold()
    tell('A')
    await until(() => hand.sent.length === 1)
    tell('A')
    release()
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A (1)', 'lost: A (1)'])
  })

  it('are not told when they were found or posted anew meanwhile', async () => {
    const { tell, notices, texts, cards } = open()
    for (const code of ['A', 'B']) tell(code)
    const card = cards.get('A')
    if (card) cards.set('A', { ...card, state: 'missing' })
    await notices.idle()
    assert.deepEqual(texts(), ['lost: B (1)'])
  })

  it('are told again only as long as nobody has the case, and it is open', async () => {
    const { tell, notices, texts } = open()
    tell('A', {}, home, true)
    tell('B', {}, home, true, claimed)
    tell('C', {}, home, true, closed)
    tell('D', {}, home, false, claimed)
    await notices.idle()
    assert.deepEqual(texts(), ['lost: A, D (2)'])
  })

  it('are told in another channel where their own refuses them, with what the chat said', async () => {
    const { tell, notices, texts, to } = open()
    tell('A', { state: 'refused', detail: 'BotNotInConversationRoster' })
    await notices.idle()
    assert.deepEqual(texts(), ['refused: A (1, BotNotInConversationRoster)'])
    assert.deepEqual(to(), [elsewhere.conversationId])
  })

  it('are told to each lead in their own chat where no other channel takes it', async () => {
    const { tell, notices, texts, to } = open({ channels: [home], leads: ['lea', 'leo'] })
    tell('A', { state: 'refused', detail: 'HTTP 403' })
    await notices.idle()
    assert.deepEqual(texts(), ['refused: A (1, HTTP 403)', 'refused: A (1, HTTP 403)'])
    assert.deepEqual(to(), ['chat-lea', 'chat-leo'])
  })

  it('are told to a lead whose chat does not open just now as soon as it does', async () => {
    const { hand, tell, notices, to } = open({ channels: [home], leads: ['lea'] })
    hand.fail('direct', new DeliveryFailure('unknown', 'HTTP 504', 1))
    tell('A', { state: 'refused', detail: 'HTTP 403' })
    await notices.idle()
    assert.deepEqual(to(), ['chat-lea'])
  })

  it('are told in another channel, or to leads, when even a sentence is refused where they would stand', async () => {
    const { hand, tell, notices, to } = open({ leads: ['lea'] })
    for (let count = 0; count < 2; count += 1) hand.fail('post', new DeliveryFailure('permanent', 'HTTP 403'))
    tell('A')
    await notices.idle()
    assert.deepEqual(to(), [home.conversationId, elsewhere.conversationId, 'chat-lea'])
  })

  it('are logged when nobody can be told', async () => {
    const { tell, notices, logged, texts } = open({ channels: [home] })
    tell('A', { state: 'refused' })
    await notices.idle()
    assert.deepEqual([texts(), logged], [[], ['cases have no card, and no one could be told']])
  })

  it('are told once when their case can’t be read, as soon as there is a channel', async () => {
    const { notices, texts, setChannel } = open({ channels: [] })
    notices.damaged(['A'])
    await notices.idle()
    assert.deepEqual(texts(), [])
    setChannel(home)
    for (let times = 0; times < 2; times += 1) {
      notices.damaged(['A', 'B'])
      await notices.idle()
    }
    assert.deepEqual(texts(), ['damaged: A, B (2)'])
  })
})
