import assert from 'node:assert/strict'
import { openDesk } from '../../../bot/cases/desk.js'
import { openVerdictMemory } from '../../../bot/cases/verdict-memory.js'
import { openDrawAhead } from '../../../bot/outbox/draw-ahead.js'
import { openCaseRenderer } from '../../../bot/outbox/render-case.js'
import type { View } from '../../../dialogs/show/view.js'
import type { FormView } from '../../../dialogs/show/form-views.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Command } from '../../../triage/command.js'
import { aCard, ada, anAlert, caseId, now, posted } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { words } from '../../support/words.js'
import { cardFrom } from '../../../cards/render.js'

const as = { caseId, line: null, at: now, by: ada }
const log = { warn: () => assert.fail('warned') }

describe('bot/outbox/draw-ahead', () => {
  /** A desk whose disk takes a while, a renderer, and a case with a card in the channel. */
  const open = async (isShown: boolean, isIll = () => false) => {
    const store = memoryStore()
    const slow: Store = {
      ...store,
      write: async (...change) => {
        // Turns of the loop: on a busy machine no time passes between two of them.
        for (let turn = 0; turn < 20; turn += 1) await new Promise((go) => setImmediate(go))
        drawn.push('on disk')
        return store.write(...change)
      },
    }
    const drawn: string[] = []
    const draw = (view: View | FormView) => {
      if (isIll()) throw new Error('no such card')
      drawn.push(view.card)
      return cardFrom({})
    }
    const desk = openDesk(
      slow,
      () => travel,
      () => now,
    )
    const memory = await openVerdictMemory({ store, log })
    const renderer = openCaseRenderer(() => travel, words, draw, { submits: () => false, others: () => [] }, { memory })
    await desk.open(caseId, anAlert(), 'impossible-travel', [])
    if (isShown) {
      const card = aCard('channel', { state: 'shown', posted: posted(), shownLine: 0 })
      await desk.keepCards(caseId, () => ({ channel: card }))
    }
    drawn.length = 0
    desk.onComing(openDrawAhead(renderer))
    desk.onWritten(({ state }) => memory.note(state))
    /** Do it, and draw the answer. */
    const click = async (...commands: readonly Command[]) => {
      const { refusal, ...record } = await desk.settle(caseId, commands)
      assert.equal(refusal, null)
      const context = renderer.contextOf(record)
      assert.ok(context)
      renderer.channel(context, ada.id)
    }
    return { drawn, click }
  }
  const take: Command = { type: 'take', ...as }
  const judge: Command = { type: 'record-verdict', verdict: 'undetermined', reason: 'Nobody answers.', ...as }

  it('draws the answer while the disk takes what was done, and what is remembered of a verdict changes nothing', async () => {
    const { drawn, click } = await open(true)
    await click(take)
    await click(judge)
    assert.deepEqual(drawn, ['work', 'on disk', 'judged', 'on disk'])
  })

  it('draws nothing ahead for a channel that shows no card', async () => {
    const { drawn, click } = await open(false)
    await click(take)
    assert.deepEqual(drawn, ['on disk', 'work'])
  })

  it('leaves it to who draws next to tell of a card that can’t be drawn', async () => {
    const ill = { once: true }
    const { drawn, click } = await open(true, () => {
      const isIll = ill.once
      ill.once = false
      return isIll
    })
    await click(take)
    assert.deepEqual(drawn, ['on disk', 'work'])
  })
})
