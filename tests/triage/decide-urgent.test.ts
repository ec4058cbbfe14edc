import { ada, ben, intent, wrote } from '../support/cast.js'
import { claimed, opened, untilJudged } from '../support/diary.js'
import { given } from '../support/given.js'
import { aStep, travel } from '../support/guides.js'

const guide = { ...travel, urgent: [aStep('suspend-user'), aStep('isolate-device')] }
const mark = (...steps: readonly string[]) => intent(ada, { type: 'mark-steps', kind: 'urgent', steps })
const done = (step: string) => wrote(ada, { type: 'done', step: `urgent/${step}`, do: `Do ${step}` })

describe('triage/decide: what cannot wait', () => {
  it('is marked as done before any question is answered', () => {
    given(opened, claimed).when(mark('urgent/suspend-user'), guide).then(done('suspend-user'))
    given(opened, claimed, done('suspend-user'))
      .when(mark('urgent/suspend-user', 'urgent/isolate-device'), guide)
      .then(done('isolate-device'))
  })

  it('is marked after the verdict as well', () => {
    given(...untilJudged)
      .when(mark('urgent/suspend-user'), guide)
      .then(done('suspend-user'))
  })

  it('can be skipped with a reason before the verdict, other steps cannot', () => {
    const skip = (step: string) => intent(ada, { type: 'skip', step, reason: 'The account is disabled already' })
    given(opened, claimed)
      .when(skip('urgent/suspend-user'), guide)
      .then(
        wrote(ada, {
          type: 'skipped',
          step: 'urgent/suspend-user',
          reason: 'The account is disabled already',
          do: 'Do suspend-user',
        }),
      )
    given(opened, claimed).when(skip('scope/same-place'), guide).thenRefused('not-judged')
  })

  it('is the owner’s to mark, and one of the guide’s', () => {
    given(opened, claimed)
      .when({ ...mark('urgent/suspend-user'), by: ben }, guide)
      .thenRefused('not-owner', { owner: ada.name })
    given(opened, claimed).when(mark('urgent/unknown'), guide).thenRefused('no-step')
  })
})
