import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { type DeliveryOutcome, afterFailure, isAbout, newsOf, outcomeOf } from '../../../bot/outbox/delivery-failure.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { type Card, chatCard, managerCard } from '../../../triage/card.js'
import type { Diary } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import { aCard, ada, ben, caseId, minute, posted } from '../../support/cast.js'
import { asked, claimed, opened } from '../../support/diary.js'
import { travel } from '../../support/guides.js'

describe('bot/outbox: what a failure means for a card', () => {
  for (const [kind, ofPost, ofUpdate] of [
    ['transient', 'later', 'later'],
    ['unknown', 'lost', 'later'],
    ['permanent', 'refused', 'refused'],
    ['missing', 'missing', 'missing'],
  ] as const)
    it(`${kind}: a post is ${ofPost}, an update is ${ofUpdate}`, () => {
      const failure = new DeliveryFailure(kind, 'as the test wants it')
      assert.deepEqual([outcomeOf(failure, false), outcomeOf(failure, true)], [ofPost, ofUpdate])
    })

  const begun = (name: string) => aCard(name, { state: 'posting', posted: posted(), shownLine: 3 })
  const after = (name: string, outcome: DeliveryOutcome) => afterFailure(begun(name), outcome, 'HTTP 500', minute(9))

  it('is kept with what the chat said and since when, and nothing of where it was', () => {
    for (const state of ['lost', 'refused', 'missing'] as const)
      for (const name of ['channel', 'manager/2', 'analyst/u-ada'])
        assert.deepEqual(after(name, state), {
          ...begun(name),
          state,
          posted: null,
          shownLine: -1,
          detail: 'HTTP 500',
          since: minute(9),
        })
  })

  it('is as if it had never been begun when the post surely did not happen, but owed where somebody asked for it', () => {
    assert.deepEqual([after('channel', 'later'), after('manager/2', 'later')], [null, null])
    const { state, posted: where, shownLine } = after('analyst/u-ada', 'later') ?? {}
    assert.deepEqual([state, where, shownLine], ['missing', null, -1])
  })
})

describe('bot/outbox: what of a failure is news to people', () => {
  const context = (...diary: Diary): CaseContext => {
    const state = replay(diary)
    assert.ok(state)
    const phrases = { 'chat.unreached': '{name} was not reached: {detail}' }
    return { state, diary, cards: {}, guide: travel, phrases, titleOf: (type) => type }
  }
  const question = context(opened, claimed, asked)
  const news = (name: string, outcome: DeliveryOutcome, of = question) =>
    newsOf(name, outcome, 'HTTP 403', of, minute(9))
  const stamp = { caseId, line: null, at: minute(9), by: winnow }
  const line = question.state.confirmation?.line ?? 0

  it('that a manager may not have got the open question, and whether the chat refused it', () => {
    const unreached = { ...stamp, type: 'note-unreached', asked: line, detail: 'HTTP 403' }
    assert.deepEqual(news(managerCard(line), 'refused'), [{ ...unreached, why: 'refused' }])
    assert.deepEqual(news(managerCard(line), 'lost'), [{ ...unreached, why: 'unknown' }])
  })

  it('nothing of a question that is open no more, or is another one', () => {
    const confirmation = question.state.confirmation
    assert.ok(confirmation)
    const over = {
      ...question,
      state: { ...question.state, confirmation: { ...confirmation, state: 'unreached' } },
    } as const
    assert.deepEqual(news(managerCard(line), 'refused', over), [])
    assert.deepEqual(news(managerCard(line - 1), 'refused'), [])
    assert.deepEqual(news(managerCard(line), 'refused', context(opened, claimed)), [])
  })

  it('that who has the case did not get it in their own chat, by name', () => {
    const text = `${ada.name} was not reached: HTTP 403`
    for (const outcome of ['lost', 'refused'] as const)
      assert.deepEqual(news(chatCard(ada.id), outcome), [{ ...stamp, type: 'note', text }])
  })

  it('nothing of the chat of who does not have the case, nor of the channel', () => {
    assert.deepEqual(news(chatCard(ben.id), 'lost'), [])
    assert.deepEqual(news(chatCard(ada.id), 'lost', context(opened)), [])
    assert.deepEqual(news('channel', 'lost'), [])
  })

  it('nothing of what is tried again', () => {
    for (const outcome of ['later', 'missing'] as const)
      for (const name of [managerCard(line), chatCard(ada.id)]) assert.deepEqual(news(name, outcome), [])
  })
})

describe('bot/outbox: what a failure is about', () => {
  const card = (state: Card['state'], messageId: string | null = null): Card => ({
    audience: 'channel',
    state,
    posted: messageId === null ? null : posted(messageId),
    shownLine: 0,
    detail: '',
    since: minute(0),
  })

  it('an update: the message it was of, as long as the card stands there', () => {
    assert.equal(isAbout(card('shown', 'm-1'), posted('m-1'), 'missing'), true)
    assert.equal(isAbout(card('shown', 'm-2'), posted('m-1'), 'missing'), false)
    assert.equal(isAbout(card('missing'), posted('m-1'), 'refused'), false)
    assert.equal(isAbout(undefined, posted('m-1'), 'missing'), false)
  })

  it('a post: a card that is being posted, or could not even be begun; never one that was found', () => {
    for (const known of [card('posting'), card('missing'), undefined])
      assert.equal(isAbout(known, null, 'refused'), true)
    for (const known of [card('shown', 'm-1'), card('lost'), card('refused')])
      assert.equal(isAbout(known, null, 'lost'), false)
  })

  it('a post that surely did not happen: only one that was begun', () => {
    assert.equal(isAbout(card('posting'), null, 'later'), true)
    for (const known of [card('missing'), card('shown', 'm-1'), undefined])
      assert.equal(isAbout(known, null, 'later'), false)
  })
})
