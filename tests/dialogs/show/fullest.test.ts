import assert from 'node:assert/strict'
import { type DrawObject, loadRender } from '../../support/load-render.js'
import { maxBytes } from '../../../cards/render.js'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { showPerson } from '../../../dialogs/show/show-person.js'
import { showChannel } from '../../../dialogs/show/show.js'
import { stepsOf } from '../../../triage/decide-verdict.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import type { Phrases } from '../../../triage/phrases.js'
import type { Guide } from '../../../triage/guide.js'
import { loadGuide } from '../../content/guides.js'
import { objectsOf, wordsOf } from '../../support/card-walk.js'
import { ben, caseId, wrote } from '../../support/cast.js'
import { titleOf } from '../../support/seen.js'
import { openedWith } from '../../support/diary.js'

describe('dialogs/show: the guides with most to say, in words that take most room', () => {
  let render: DrawObject
  let phrases: Phrases
  let guides: readonly Guide[]
  before(async () => {
    render = await loadRender()
    phrases = await loadPhrases('content/phrases', 'en')
    const fullest = ['ARM_PowerZure.MaintainPersistence', 'ARM_AnomalousOperation.DefenseEvasion', 'impossible-travel']
    guides = await Promise.all(fullest.map(loadGuide))
  })
  /** The cards of a case from the first to the last, all of whose words are such letters. */
  const cardsIn = (guide: Guide, letter: string) => {
    const words = (length: number) => letter.repeat(length)
    const zoe = { id: 'u-zoe', name: words(100) }
    const alert = {
      type: guide.type,
      title: words(500),
      description: words(40_000),
      people: Array.from({ length: 300 }, () => ({ upn: words(200), objectId: null, name: words(200) })),
      addresses: Array.from({ length: 300 }, () => ({ ip: words(60), country: words(60) })),
      apps: Array.from({ length: 300 }, () => words(200)),
      resources: Array.from({ length: 300 }, () => words(200)),
    }
    const opened = { ...openedWith(alert), guide: guide.type }
    const context = (...more: readonly Event[]): CaseContext => {
      const diary = [opened, ...more]
      const state = replay(diary)
      assert.ok(state)
      return { state, diary, cards: {}, guide, phrases, titleOf }
    }
    const claimed = wrote(zoe, { type: 'claimed' })
    const notes = Array.from({ length: 8 }, () => wrote(zoe, { type: 'noted', text: words(2000) }))
    const answers = guide.checks.map(({ id }) => wrote(zoe, { type: 'answered', check: id, option: 'unknown' }))
    const working = [...answers.keys(), answers.length].map((count) =>
      context(claimed, ...answers.slice(0, count), ...notes),
    )
    const judged = guide.verdicts.flatMap(({ id, class: verdictClass, label }) => {
      const texts = { because: words(2000), against: words(2000), evidence: [] }
      const start = [
        claimed,
        ...answers,
        wrote(zoe, { type: 'judged', verdict: id, class: verdictClass, label, ...texts }),
      ]
      const stepStates = Object.keys(stepsOf(context(...start).state, guide)).map((step) =>
        wrote(zoe, { type: 'skipped', step, reason: words(2000) }),
      )
      return [
        context(...start, ...notes),
        context(...start, ...stepStates, ...notes),
        context(...start, ...stepStates, wrote(zoe, { type: 'closed' })),
      ]
    })
    return [context(), ...working, ...judged].flatMap((one) => [
      showChannel(one, words(1000)),
      showPerson(one, ben.id, words(1000)),
    ])
  }

  for (const letter of ['😀', '漢', '"', '\u202E']) {
    it(`draw every card of a case, small enough, whatever the letter: ${JSON.stringify(letter)}`, () => {
      for (const view of guides.flatMap((guide) => cardsIn(guide, letter))) {
        const card = render(view)
        assert.ok(Buffer.byteLength(JSON.stringify(card)) <= maxBytes)
        assert.ok(wordsOf(card).includes(`Case ${caseId}`))
        assert.ok(objectsOf(card).every(({ text }) => typeof text !== 'string' || !/\p{Surrogate}/u.test(text)))
      }
    })
  }
})
