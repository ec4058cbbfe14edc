import { effectStates } from '../../triage/effect.js'
import { winnow } from '../../triage/person.js'
import { aNote, intent, wrote } from '../support/cast.js'
import { closed, done, skipped, untilJudged } from '../support/diary.js'
import { given } from '../support/given.js'

const note = (but: Parameters<typeof aNote>[0] = {}, marks?: string) =>
  intent(winnow, { type: 'note-effect', note: aNote(but), ...(marks !== undefined && { marks }) }, { line: null })
const noted = (but: Parameters<typeof aNote>[0] = {}) => wrote(winnow, { type: 'effect-noted', ...aNote(but) })
const ticked = wrote(winnow, {
  type: 'done',
  step: 'action/close-alert',
  do: 'Close the alert as a false positive',
})

describe('triage/decide: what is told outside', () => {
  it('is noted while it is on its way, and once more when that has changed', () => {
    for (const state of ['begun', 'waiting'] as const) {
      given(...untilJudged, noted({ state }))
        .when(note())
        .then(noted())
      given(...untilJudged, noted({ state }))
        .when(note({ state }))
        .thenNothing()
      given(...untilJudged, noted({ state }))
        .when(note({ state, why: 'forbidden' }))
        .then(noted({ state, why: 'forbidden' }))
      given(...untilJudged, noted({ state, why: 'forbidden', detail: 'A' }))
        .when(note({ state, why: 'forbidden', detail: 'B' }))
        .then(noted({ state, why: 'forbidden', detail: 'B' }))
    }
  })

  it('stays as it ended, whatever comes later', () => {
    for (const state of effectStates.filter((one) => one !== 'begun' && one !== 'waiting')) {
      given(...untilJudged, noted({ state }))
        .when(note({ state: 'waiting', why: 'unreachable' }))
        .thenNothing()
      given(...untilJudged, noted({ state }))
        .when(note({ effect: 'graph/another/4' }))
        .then(noted({ effect: 'graph/another/4' }))
    }
  })

  it('ticks the step that it does, unless someone has said something about it or the case is closed', () => {
    const marking = note({}, 'close-alert')
    given(...untilJudged)
      .when(marking)
      .then(noted(), ticked)
    given(...untilJudged, done('action/close-alert'))
      .when(marking)
      .then(noted())
    given(...untilJudged, skipped('action/close-alert', 'Not now.'))
      .when(marking)
      .then(noted())
    given(...untilJudged, closed)
      .when(marking)
      .then(noted())
    given(...untilJudged)
      .when(note({}, 'no-such-step'))
      .then(noted())
  })
})
