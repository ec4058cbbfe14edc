import assert from 'node:assert/strict'
import { type Speaking, openCaseRenderer } from '../../../bot/outbox/render-case.js'
import { listed } from '../../../dialogs/show/listed.js'
import type { FormView } from '../../../dialogs/show/form-views.js'
import type { View } from '../../../dialogs/show/view.js'
import type { Cards, ConversationRef } from '../../../triage/card.js'
import type { RelatedCase } from '../../../triage/related.js'
import { ada, ben, minute, posted } from '../../support/cast.js'
import { claimed, opened, untilClosed } from '../../support/diary.js'
import { travel } from '../../support/guides.js'
import { seenAfter } from '../../support/seen.js'
import { words } from '../../support/words.js'
import { cardFrom } from '../../../cards/render.js'

const shown = { audience: 'channel', state: 'shown', shownLine: 0, detail: '', since: minute(0) } as const

describe('bot/outbox/render-case', () => {
  const open = () => {
    const views: (View | FormView)[] = []
    const render = (view: View | FormView) => {
      views.push(view)
      return cardFrom({ card: view.card })
    }
    const clients = { submits: () => false, others: () => [] }
    let related: readonly RelatedCase[] = []
    let mark = 0
    const pastCases = { related: () => [...related], samePerson: () => [], markOf: () => String(mark) }
    return {
      views,
      renderer: openCaseRenderer(() => travel, words, render, clients, { pastCases }),
      /** What else there is about the same. */
      isBeside: (...cases: readonly RelatedCase[]) => {
        related = cases
        mark += 1
      },
    }
  }

  it('draws a state once, for the answer to its owner and for the card in the channel', () => {
    const { views, renderer } = open()
    const context = seenAfter(opened, claimed)
    renderer.channel(context, ada.id)
    renderer.on(context, 'channel')
    renderer.on(context, `analyst/${ada.id}`)
    assert.deepEqual(
      views.map(({ card }) => card),
      ['work'],
    )
  })

  it('and another one, once, for all who do not have the case', () => {
    const { views, renderer } = open()
    const context = seenAfter(opened, claimed)
    renderer.channel(context, ada.id)
    renderer.channel(context, ben.id)
    renderer.chat(context, 'u-zoe')
    assert.deepEqual(
      views.map(({ card }) => card),
      ['work', 'progress'],
    )
  })

  it('makes another one of the same state once something has become of the cases beside it', () => {
    const { views, renderer, isBeside } = open()
    const { state, diary, cards } = seenAfter(opened, claimed)
    const draw = () => {
      const context = renderer.contextOf({ state, diary, cards })
      assert.ok(context)
      renderer.channel(context, ada.id)
      const data = views.at(-1)?.data
      return data && 'related' in data ? data.related.map(({ outcome }) => outcome) : null
    }
    const other = { caseId: 'A', title: '', occurredAt: minute(0), shares: ['app'], isOpen: true, verdict: '' } as const
    assert.deepEqual(draw(), [])
    isBeside(other)
    assert.deepEqual([draw(), draw()], [['related.is-open()'], ['related.is-open()']])
    isBeside({ ...other })
    assert.deepEqual([draw(), draw()], [['related.is-open()'], ['related.is-open()']])
    assert.equal(views.length, 2)
    isBeside({ ...other, isOpen: false, verdict: 'FP - Known' })
    assert.deepEqual(draw(), ['FP - Known'])
    assert.equal(views.length, 3)
  })

  it('keeps what was drawn of the last states only: a redraw comes soon after', () => {
    const { views, renderer } = open()
    const context = seenAfter(opened, claimed)
    const others = (count: number) => {
      for (let n = 0; n < count; n += 1) renderer.channel({ ...context, state: { ...context.state } }, null)
    }
    renderer.channel(context, null)
    others(50)
    renderer.channel(context, null)
    assert.equal(views.length, 51)
    others(500)
    renderer.channel(context, null)
    assert.equal(views.length, 552)
    assert.deepEqual(views.at(-1), views[0])
  })

  it('a notice is for whoever clicked, and in no other view', () => {
    const { views, renderer } = open()
    const context = seenAfter(...untilClosed)
    renderer.channel(context, ada.id, 'Too late.')
    renderer.channel(context, ada.id)
    const notices = views.map(({ data }) => ('notice' in data ? data.notice : null))
    assert.deepEqual(notices, ['Too late.', ''])
  })

  it('draws a case in the language of the channel its card stands in, else of the one it will go to', () => {
    const drawn: (string | undefined)[] = []
    const render = (view: View | FormView, language?: string) => {
      drawn.push(language)
      return cardFrom({ card: view.card })
    }
    const speaking = (place: ConversationRef | null): Speaking => ({
      of: () => 'sv',
      in: (conversationId) => ({ nl: 'nl', sv: 'sv' })[conversationId ?? ''] ?? 'en',
      words: (language) => ({ ...words, language }),
      placeOf: () => place,
    })
    const inChannel = (of: string | null, to: string | null): string | undefined => {
      const place = (conversationId: string | null) =>
        conversationId === null ? null : { ...posted().place, conversationId }
      const clients = { submits: () => false, others: () => [] }
      const languages = speaking(place(to))
      const renderer = openCaseRenderer(() => travel, words, render, clients, { languages })
      const { state, diary } = seenAfter(opened, claimed)
      const where = place(of)
      const cards: Cards = where ? { channel: { ...shown, posted: { place: where, messageId: '1' } } } : {}
      const context = renderer.contextOf({ state, diary, cards })
      assert.ok(context)
      renderer.channel(context, null)
      return drawn.at(-1)
    }
    assert.equal(inChannel('nl', 'sv'), 'nl')
    assert.equal(inChannel(null, 'sv'), 'sv')
    assert.equal(inChannel(null, null), 'en')
    assert.equal(inChannel('elsewhere', 'sv'), 'en')
  })

  it('calls the cases of a list as their guides do in the language of the answer; one of no known type as it is', () => {
    const titles: Readonly<Record<string, string>> = { en: 'Impossible travel', sv: 'Omöjlig resa' }
    const guideOf = (_: string, language = 'en') => ({ ...travel, title: titles[language] ?? '' })
    const clients = { submits: () => false, others: () => [] }
    const renderer = openCaseRenderer(guideOf, words, () => cardFrom({}), clients)
    const { state } = seenAfter(opened)
    const row = { ...listed(state, travel), title: 'Impossible travel', kind: 'Impossible travel' }
    const called = (of: typeof renderer, type: string) => of.listed([{ ...row, type }])[0]?.title
    assert.equal(called(renderer, 'impossible-travel'), 'Impossible travel')
    assert.equal(called(renderer.in('sv'), 'impossible-travel'), 'Omöjlig resa')
    assert.equal(called(renderer.in('sv'), ''), 'Impossible travel')
  })

  it('has no case where there is none', () => {
    assert.equal(open().renderer.contextOf({ state: null, diary: [], cards: {} }), null)
  })
})
