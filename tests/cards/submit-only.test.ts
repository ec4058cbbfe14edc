import assert from 'node:assert/strict'
import { cardFrom, objectOf } from '../../cards/render.js'
import { loadRender } from '../support/load-render.js'
import { submitOnly } from '../../cards/submit-only.js'
import { withoutDialogs } from '../../cards/without-dialogs.js'
import { type Data, cardNames, objectsIn, readJson, recordOf } from './samples.js'

describe('cards/without-dialogs', () => {
  it('leaves every button that opens a form as a plain Submit, and all else as it is', async () => {
    const render = await loadRender()
    for (const card of await cardNames()) {
      const drawn = render({ card, data: await readJson(card, 'sample') })
      const after = objectOf(withoutDialogs(cardFrom(drawn)))
      assert.doesNotMatch(JSON.stringify(after), /task\/fetch/, card)
      const buttons = (of: unknown) => objectsIn(of).filter(({ type }) => type === 'Action.Submit').length
      assert.equal(buttons(after), buttons(drawn), card)
      const without = JSON.stringify(drawn).replaceAll(/,"msteams":\{"type":"task\/fetch"\}/g, '')
      assert.equal(JSON.stringify(after), without, card)
    }
  })
})

describe('cards/submit-only', () => {
  it('leaves no Execute on any card, and every one of them as a Submit with its verb', async () => {
    const render = await loadRender()
    for (const card of await cardNames()) {
      const drawn = render({ card, data: await readJson(card, 'sample') })
      const before = objectsIn(drawn).filter(({ type }) => type === 'Action.Execute')
      const after = objectsIn(objectOf(submitOnly(cardFrom(drawn))))
      assert.ok(!after.some(({ type }) => type === 'Action.Execute'), card)
      assert.deepEqual(
        after.filter(({ type, it }) => type === 'Action.Submit' && !opensForm(it)).map(({ it }) => it),
        before.map(({ it }) => it.fallback),
        card,
      )
    }
  })

  it('changes nothing else', () => {
    const card = {
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: 'a' }, null, 7],
      actions: [{ type: 'Action.OpenUrl' }],
    }
    assert.deepEqual(objectOf(submitOnly(cardFrom(card))), card)
  })
})

/** A button that opens a form is a Submit for everyone. */
const opensForm = ({ data }: Data): boolean => recordOf(data).verb === 'form'
