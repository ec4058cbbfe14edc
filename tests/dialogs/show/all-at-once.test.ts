import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { type DrawObject, loadRender } from '../../support/load-render.js'
import { maxBytes } from '../../../cards/render.js'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import type { View } from '../../../dialogs/show/view.js'
import type { Phrases } from '../../../triage/phrases.js'
import { loadGuide } from '../../content/guides.js'
import { fullestViews, wide } from '../../support/fullest.js'

/** Of each kind of card the one with most to say. */
const largestOf = (views: readonly View[]): readonly View[] => {
  const largest = new Map<string, { readonly view: View; readonly length: number }>()
  for (const view of views) {
    const { length } = JSON.stringify(view)
    if (length > (largest.get(view.card)?.length ?? 0)) largest.set(view.card, { view, length })
  }
  return [...largest.values()].map(({ view }) => view)
}

describe('dialogs/show: a full group with reports, related cases, evidence and long links', () => {
  let render: DrawObject
  let phrases: Phrases
  before(async () => {
    render = await loadRender()
    phrases = await loadPhrases('content/phrases', 'en')
  })

  const types = readdirSync('content/alerts').flatMap(
    (file) => /^(?!.*\.(?:scenarios|[a-z]{2})\.yaml$)(.+)\.yaml$/.exec(file)?.[1] ?? [],
  )
  const seen = new Set<string>()
  for (const type of types) {
    it(`fits on a card at every step of ${type}`, async () => {
      for (const view of largestOf(fullestViews(await loadGuide(type), phrases, wide))) {
        seen.add(view.card)
        const bytes = Buffer.byteLength(JSON.stringify(render(view)))
        assert.ok(bytes <= maxBytes, `${view.card}: ${bytes}`)
      }
    })
  }

  it('was of every guide and every kind of card', () => {
    assert.ok(types.length > 70)
    assert.deepEqual([...seen].toSorted(), ['closed', 'judged', 'new', 'progress', 'verdict', 'work'])
  })
})
