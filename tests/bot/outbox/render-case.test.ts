import assert from 'node:assert/strict'
import { openCaseRenderer } from '../../../bot/outbox/render-case.js'
import type { View } from '../../../dialogs/show/view.js'
import { ada, ben } from '../../support/cast.js'
import { claimed, opened, untilClosed } from '../../support/diary.js'
import { travel } from '../../support/guides.js'
import { seenAfter } from '../../support/seen.js'
import { words } from '../../support/words.js'

describe('bot/outbox/render-case', () => {
  const open = () => {
    const views: View[] = []
    const render = (view: View) => {
      views.push(view)
      return { card: view.card }
    }
    const clients = { submits: () => false, others: () => [] }
    return { views, renderer: openCaseRenderer(() => travel, words, render, clients) }
  }

  it('makes the view of a state once, for the answer to its owner and for the card in the channel', () => {
    const { views, renderer } = open()
    const context = seenAfter(opened, claimed)
    renderer.channel(context, ada.id)
    renderer.on(context, 'channel')
    renderer.on(context, `analyst/${ada.id}`)
    assert.equal(new Set(views).size, 1)
    assert.equal(views[0]?.card, 'work')
  })

  it('and another one, once, for all who do not have the case', () => {
    const { views, renderer } = open()
    const context = seenAfter(opened, claimed)
    renderer.channel(context, ada.id)
    renderer.channel(context, ben.id)
    renderer.chat(context, 'u-zoe')
    assert.deepEqual(
      views.map(({ card }) => card),
      ['work', 'progress', 'progress'],
    )
    assert.equal(views[1], views[2])
    assert.equal(new Set(views).size, 2)
  })

  it('a notice is for whoever clicked, and in no other view', () => {
    const { views, renderer } = open()
    const context = seenAfter(...untilClosed)
    renderer.channel(context, ada.id, 'Too late.')
    renderer.channel(context, ada.id)
    const notices = views.map(({ data }) => ('notice' in data ? data.notice : null))
    assert.deepEqual(notices, ['Too late.', ''])
  })
})
