import assert from 'node:assert/strict'
import { openCaseRenderer } from '../../../bot/outbox/render-case.js'
import { readerOf } from '../../../bot/outbox/reader.js'
import type { FormView } from '../../../dialogs/show/form-views.js'
import type { View } from '../../../dialogs/show/view.js'
import { chatCard, managerCard } from '../../../triage/card.js'
import type { Diary } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { ada, ben, caseId, mia } from '../../support/cast.js'
import { asked, claimed, opened } from '../../support/diary.js'
import { aGuide, other, travel } from '../../support/guides.js'
import { cardFrom, objectOf } from '../../../cards/render.js'

const phrases = {
  'summary.channel': '{severity} {kind} {code}',
  'summary.happened': '{severity} {kind} {happened} {code}',
  'summary.manager': 'a question: {code}',
  'fact.when': 'When',
  'severity.medium': 'Medium',
}

describe('bot/outbox: cases as messages', () => {
  const submitting = new Set<string | null>()
  beforeEach(() => submitting.clear())

  const known = (type: string) => [travel, other].find((guide) => guide.type === type) ?? aGuide({ type: 'other' })
  const view = ({ card }: View | FormView) =>
    cardFrom({
      type: 'AdaptiveCard',
      card,
      body: [],
      actions: [{ type: 'Action.Execute', verb: 'take', fallback: { type: 'Action.Submit', title: 'Take' } }],
    })
  const clients = { submits: (id: string | null) => submitting.has(id), others: () => [`29:${ben.id}`] }
  const renderer = openCaseRenderer(known, phrases, view, clients)
  const context = (...diary: Diary) => {
    const made = renderer.contextOf({ state: replay(diary), diary, cards: {} })
    assert.ok(made)
    return made
  }
  // The refresh of a channel's card is an Execute in any case.
  const isSubmit = (message: unknown): boolean =>
    !JSON.stringify(objectOf(Object(message).card)['actions']).includes('Action.Execute')
  const asked3 = [opened, claimed, asked] as const
  const line = replay(asked3)?.confirmation?.line ?? 0

  it('puts a case together with its guide, and links to no portal unless told', () => {
    const { guide, portals, titleOf } = context(opened)
    assert.deepEqual([guide.type, portals], ['impossible-travel', []])
    assert.deepEqual([titleOf('impossible-travel'), titleOf('new-type')], ['Impossible travel', 'new-type'])
    assert.equal(renderer.contextOf({ state: null, diary: [], cards: {} }), null)
  })

  it('says in a notification how severe it is, what it is, who and from where, and the code; to a manager the code alone', () => {
    const made = context(...asked3)
    const text = `Medium Impossible travel Kim Karlsen · NO, BR · Exchange Online ${caseId}`
    for (const message of [renderer.channel(made, null), renderer.chat(made, ada.id)])
      assert.equal('summary' in message && message.summary, text)
    const question = renderer.manager(made)
    assert.equal(question && 'summary' in question && question.summary, `a question: ${caseId}`)
  })

  it('tells times in the channel’s zone in channels, and in the reader’s own elsewhere, each beside UTC', () => {
    const zones = { channel: 'Europe/Oslo', of: (id: string) => (id === mia.id ? 'Asia/Tokyo' : 'America/New_York') }
    const drawing = ({ data }: View | FormView) => cardFrom({ data })
    const zoned = openCaseRenderer(known, phrases, drawing, clients, { zones })
    const made = zoned.contextOf({ state: replay(asked3), diary: asked3, cards: {} })
    assert.ok(made)
    const textOf = (draw: () => unknown): string => JSON.stringify(objectOf(Object(draw()).card))
    assert.match(
      textOf(() => zoned.channel(made, null)),
      /2 Mar 2026, 09:41 Europe\/Oslo \(08:41 UTC\)/,
    )
    assert.match(
      textOf(() => zoned.channel(made, ben.id)),
      /2 Mar 2026, 09:41 Europe\/Oslo/,
    )
    assert.match(
      textOf(() => zoned.chat(made, ada.id)),
      /2 Mar 2026, 03:41 America\/New York \(08:41 UTC\)/,
    )
    assert.match(
      textOf(() => zoned.channel(made, null)),
      /2 Mar 2026, 09:41 Europe\/Oslo/,
    )
    assert.match(
      textOf(() => zoned.manager(made)),
      /2 Mar 2026, 17:41 Asia\/Tokyo \(08:41 UTC\)/,
    )
  })

  it('draws a card once for each zone as long as the case stands so', () => {
    const zones = { channel: 'Europe/Oslo', of: () => 'America/New_York' }
    const drawn: (View | FormView)[] = []
    const drawing = (one: View | FormView) => (drawn.push(one), view(one))
    const zoned = openCaseRenderer(known, phrases, drawing, clients, { zones })
    const made = zoned.contextOf({ state: replay(asked3), diary: asked3, cards: {} })
    assert.ok(made)
    for (let round = 0; round < 2; round++) {
      zoned.channel(made, null)
      zoned.chat(made, ada.id)
    }
    assert.equal(drawn.length, 2)
  })

  it('has no card for a manager who was not asked', () => {
    assert.equal(renderer.manager(context(opened, claimed)), null)
    assert.equal(renderer.on(context(opened, claimed), managerCard(1)), null)
  })

  it('draws each card as its reader’s client can work it', () => {
    const made = context(...asked3)
    const cards = () =>
      ['channel', chatCard(ada.id), managerCard(line)].map((name) => isSubmit(renderer.on(made, name)))
    assert.deepEqual(cards(), [false, false, false])
    // What stands in the channel is above all for who has the case.
    submitting.add(ada.id)
    assert.deepEqual(cards(), [true, true, false])
    submitting.clear()
    submitting.add(mia.id)
    assert.deepEqual(cards(), [false, false, true])
    submitting.clear()
    submitting.add(null)
    assert.deepEqual([cards(), isSubmit(renderer.channel(context(opened), null))], [[false, false, false], true])
  })

  it('draws the manager’s card on the manager’s, and a person’s own on theirs', () => {
    const made = context(...asked3)
    const on = (name: string): unknown => {
      const message = renderer.on(made, name)
      return message && 'card' in message ? objectOf(message.card)['card'] : null
    }
    const manager = renderer.manager(made)
    assert.equal(on(managerCard(line)), manager && 'card' in manager && objectOf(manager.card)['card'])
    assert.notEqual(on(chatCard(ada.id)), on(managerCard(line)))
  })

  it('lets those fetch a card of their own who see another one than the channel shows, from who has the case on', () => {
    const refresh = (message: unknown): string => JSON.stringify(objectOf(Object(message).card)['refresh'] ?? null)
    assert.equal(refresh(renderer.channel(context(opened), null)), 'null')
    const own = refresh(renderer.channel(context(opened, claimed), null))
    assert.ok(own.includes(`29:${ben.id}`) && own.includes(caseId), own)
    assert.ok(own.includes('"line":1'), own)
  })
})

describe('bot/outbox/reader', () => {
  it('is whose chat a card is in: the person it is named after, else the manager, else nobody', () => {
    const [without, with3] = [replay([opened, claimed]), replay([opened, claimed, asked])]
    assert.ok(without && with3)
    assert.deepEqual([readerOf(without, chatCard(ben.id)), readerOf(with3, chatCard(ben.id))], [ben.id, ben.id])
    assert.equal(readerOf(with3, managerCard(2)), mia.id)
    assert.equal(readerOf(without, managerCard(2)), '')
  })
})
