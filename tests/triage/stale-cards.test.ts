import assert from 'node:assert/strict'
import {
  type Card,
  type Cards,
  audienceOf,
  channelCard,
  chatCard,
  chatOwnerOf,
  managerCard,
} from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { cardOf, chatCardWanted, isOpen, staleCards } from '../../triage/stale-cards.js'
import { ada, aCard, ben, mia, minute, wrote } from '../support/cast.js'
import {
  answered,
  asked,
  claimed,
  closed,
  managerSaid,
  opened,
  unreached,
  untilClosed,
  untilJudged,
} from '../support/diary.js'

const after = (...diary: readonly Event[]): Case => {
  const state = replay(diary)
  assert.ok(state)
  return state
}
const toBen = wrote(ben, { type: 'handed-over', to: ben })
const toAda = wrote(ada, { type: 'handed-over', to: ada })
const reopened = wrote(ada, { type: 'reopened', reason: '' })

/** These cards, each in that state and showing that line; a number alone is a card that is shown. */
const cards = (list: Readonly<Record<string, number | Card['state']>>): Cards =>
  Object.fromEntries(
    Object.entries(list).map(([name, is]) => [
      name,
      aCard(name, typeof is === 'number' ? { state: 'shown', shownLine: is } : { state: is }),
    ]),
  )

describe('triage/card: names', () => {
  it('tell from where a card is looked at, and in whose chat it is', () => {
    const names = [channelCard, managerCard(3), chatCard(ada.id), chatCard('manager/3')]
    assert.deepEqual(names, ['channel', 'manager/3', `analyst/${ada.id}`, 'analyst/manager/3'])
    assert.deepEqual(names.map(audienceOf), ['channel', 'manager', 'analyst', 'analyst'])
    assert.deepEqual(names.map(chatOwnerOf), [null, null, ada.id, 'manager/3'])
  })
})

describe('triage/stale-cards: the channel', () => {
  const paged = wrote(winnow, { type: 'paged', to: [ben], step: 'again', why: 'unassigned' })
  const acknowledged = wrote(ben, { type: 'page-acknowledged' })
  const stale = (diary: readonly Event[], list: Parameters<typeof cards>[0]) => staleCards(after(...diary), cards(list))

  it('is owed a card, until a post of it is under way', () => {
    assert.deepEqual(stale([opened], {}), ['channel'])
    assert.deepEqual(stale([opened], { channel: 'missing' }), ['channel'])
    assert.deepEqual(stale([opened], { channel: 'posting' }), [])
  })

  it('is owed a button for the first page, and for the first after one that was acknowledged', () => {
    assert.deepEqual(stale([opened, paged], { channel: 0 }), ['channel'])
    assert.deepEqual(stale([opened, paged, paged], { channel: 1 }), [])
    assert.deepEqual(stale([opened, paged, acknowledged], { channel: 1 }), ['channel'])
    assert.deepEqual(stale([opened, paged, acknowledged, paged], { channel: 2 }), ['channel'])
  })

  it('is owed none for more pages or a reminder, which are said elsewhere, until something else is written', () => {
    const reminded = wrote(winnow, { type: 'reminded', person: ada, as: 'owner', until: null })
    assert.deepEqual(stale([opened, paged, paged, paged], { channel: 1 }), [])
    assert.deepEqual(stale([opened, claimed, reminded], { channel: 1 }), [])
    assert.deepEqual(stale([opened, claimed, reminded], { channel: 0 }), ['channel'])
    assert.deepEqual(stale([opened, paged, claimed], { channel: 1 }), ['channel'])
  })

  it('is owed a newer one when the diary has a line that is not on it', () => {
    assert.deepEqual(stale([opened], { channel: 0 }), [])
    assert.deepEqual(stale([opened, claimed], { channel: 0 }), ['channel'])
    assert.deepEqual(stale([opened, claimed], { channel: 1 }), [])
    assert.deepEqual(stale([opened, claimed], { channel: -1 }), ['channel'])
  })

  it('is owed nothing where the card may be there twice, or is not taken', () => {
    assert.deepEqual(stale([opened, claimed], { channel: 'lost' }), [])
    assert.deepEqual(stale([opened, claimed], { channel: 'refused' }), [])
  })
})

describe('triage/stale-cards: a card that its owner fills in', () => {
  const doubts = [{ kind: 'changed', on: '2026-03-01' }] as const
  const doubted = wrote(ada, { type: 'manager-doubted', manager: mia, doubts })
  const allowedBy = (by: typeof ada) =>
    wrote(by, { type: 'verifier-allowed', manager: mia, despite: doubts, reason: 'Called.' })
  const stale = (...diary: readonly Event[]) => {
    const held = { ...aCard('channel', { state: 'shown', shownLine: diary.length - 2 }), holds: true } as const
    return staleCards(after(...diary), { channel: held })
  }

  it('is drawn over by what the owner’s own press on it led to, and not by a lead who allows a manager', () => {
    assert.deepEqual(stale(opened, claimed, doubted), ['channel'])
    assert.deepEqual(stale(opened, claimed, doubted, allowedBy(ben)), [])
    assert.deepEqual(stale(opened, claimed, doubted, allowedBy(ada)), ['channel'])
  })
})

describe('triage/stale-cards: the manager', () => {
  const waiting = [opened, claimed, asked] as const
  const stale = (diary: readonly Event[], list: Parameters<typeof cards>[0]) =>
    staleCards(after(...diary), cards({ channel: diary.length - 1, ...list }))

  it('is owed the newest question, as long as it waits and the case is open', () => {
    assert.deepEqual(stale([opened, claimed], {}), [])
    assert.deepEqual(stale(waiting, {}), ['manager/2'])
    assert.deepEqual(stale([...waiting, unreached()], {}), [])
    assert.deepEqual(stale([...waiting, managerSaid('yes')], {}), [])
    assert.deepEqual(stale([...untilJudged, asked, closed], {}), [])
  })

  it('is owed what concerns the question, and nothing else', () => {
    const shown = { 'manager/2': 2 }
    assert.deepEqual(stale(waiting, shown), [])
    assert.deepEqual(stale([...waiting, answered('address', 'ours'), wrote(ada, { type: 'released' })], shown), [])
    for (const event of [managerSaid('yes'), wrote(winnow, { type: 'manager-expired' }), closed]) {
      assert.deepEqual(stale([...waiting, event], shown), ['manager/2'], event.type)
    }
    assert.deepEqual(stale([...waiting, closed, reopened], { 'manager/2': 3 }), ['manager/2'])
  })

  it('keeps the cards of earlier questions as they are', () => {
    const again = [...waiting, unreached(), asked] as const
    assert.deepEqual(stale(again, { 'manager/2': 'lost' }), ['manager/4'])
    assert.deepEqual(stale(again, { 'manager/2': 2, 'manager/4': 4 }), [])
  })

  it('is not owed what the chat does not take', () => {
    assert.deepEqual(stale(waiting, { 'manager/2': 'refused' }), [])
    assert.deepEqual(stale(waiting, { 'manager/2': 'lost' }), [])
    assert.deepEqual(stale(waiting, { 'manager/2': 'posting' }), [])
    assert.deepEqual(stale(waiting, { 'manager/2': 'missing' }), ['manager/2'])
  })
})

describe('triage/stale-cards: a question that was passed on', () => {
  const passed = wrote(winnow, { type: 'confirmation-passed-on', from: mia, to: ben, as: 'deputy', until: minute(90) })
  const state = after(opened, claimed, asked, passed)

  it('is put to the new person, and the former card learns of it once', () => {
    assert.deepEqual(staleCards(state, cards({ channel: 3, 'manager/2': 2 })), ['manager/3', 'manager/2'])
    assert.deepEqual(staleCards(state, cards({ channel: 3, 'manager/2': 3, 'manager/3': 3 })), [])
  })

  it('posts no former card that is not there', () => {
    for (const is of ['missing', 'lost', 'refused'] as const)
      assert.deepEqual(staleCards(state, cards({ channel: 3, 'manager/2': is, 'manager/3': 3 })), [])
  })
})

describe('triage/stale-cards: an analyst’s own chat', () => {
  const chat = chatCard(ada.id)
  const stale = (diary: readonly Event[], is: number | Card['state']) =>
    staleCards(after(...diary), cards({ channel: diary.length - 1, [chat]: is }))

  it('is owed what the owner wanted there, and every news of it', () => {
    assert.deepEqual(stale([opened, claimed], 'missing'), [chat])
    assert.deepEqual(stale([opened, claimed], 'posting'), [])
    assert.deepEqual(stale([opened, claimed], 'refused'), [])
    assert.deepEqual(stale([opened, claimed], 1), [])
    assert.deepEqual(stale([opened, claimed, answered('address', 'ours')], 1), [chat])
  })

  it('tells who had the case before who has it now, once', () => {
    const over = [opened, claimed, answered('address', 'ours'), toBen] as const
    assert.deepEqual(stale(over, 2), [chat])
    assert.deepEqual(stale(over, 3), [])
    assert.deepEqual(stale([...over, answered('address', 'foreign', ben)], 3), [])
    assert.deepEqual(stale([...over, wrote(ben, { type: 'released' })], 3), [chat])
    assert.deepEqual(stale([...over, toAda], 3), [chat])
  })

  it('is owed no first card once somebody else has the case', () => {
    assert.deepEqual(stale([opened, claimed, toBen], 'missing'), [])
  })

  it('gets a card when its owner asks for one, unless one is there or on its way', () => {
    const wanted = { [chat]: aCard(chat, { state: 'missing', detail: 'asked for', posted: null, since: minute(5) }) }
    assert.deepEqual(chatCardWanted({}, ada.id, minute(5)), wanted)
    for (const state of ['lost', 'refused'] as const) {
      assert.deepEqual(chatCardWanted(cards({ [chat]: state }), ada.id, minute(5)), wanted, state)
    }
    for (const state of ['shown', 'posting', 'missing'] as const) {
      assert.equal(chatCardWanted(cards({ [chat]: state }), ada.id, minute(5)), null, state)
    }
    assert.deepEqual(chatCardWanted(cards({ [chatCard(ben.id)]: 'shown' }), ada.id, minute(5)), wanted)
  })
})

describe('triage/stale-cards: an open case', () => {
  const last = untilClosed.length - 1

  it('is one that is not closed, however well its cards stand', () => {
    assert.equal(isOpen(after(opened), cards({ channel: 0 })), true)
    assert.equal(isOpen(after(...untilClosed, reopened), cards({ channel: last + 1 })), true)
  })

  it('is one that is closed while a card does not show so, or is being posted', () => {
    assert.equal(isOpen(after(...untilClosed), cards({ channel: last - 1 })), true)
    assert.equal(isOpen(after(...untilClosed), {}), true)
    assert.equal(isOpen(after(...untilClosed), cards({ channel: last, 'manager/9': 'posting' })), true)
  })

  it('is none any more when every card shows that it is closed, or cannot', () => {
    assert.equal(isOpen(after(...untilClosed), cards({ channel: last })), false)
    assert.equal(isOpen(after(...untilClosed), cards({ channel: 'refused' })), false)
    assert.equal(isOpen(after(...untilClosed), cards({ channel: 'lost' })), false)
  })
})

describe('triage/stale-cards: cardOf', () => {
  it('knows only cards that are there, whatever an object has by nature', () => {
    assert.equal(cardOf(cards({ channel: 0 }), 'channel')?.shownLine, 0)
    for (const name of ['constructor', '__proto__', 'manager/1']) assert.equal(cardOf({}, name), undefined)
  })
})
