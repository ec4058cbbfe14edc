import assert from 'node:assert/strict'
import { isAbout } from '../../../bot/outbox/delivery-failure.js'
import type { Card } from '../../../triage/card.js'
import { minute, posted } from '../../support/cast.js'

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
