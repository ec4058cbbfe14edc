import assert from 'node:assert/strict'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { isRefusal } from '../../triage/refusal.js'
import { type Wish, ada, ben, mia, minute, intent } from '../support/cast.js'
import { answered, asked, claimed, done, opened, untilClosed, untilJudged } from '../support/diary.js'
import { given, onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'

const working = [opened, claimed, answered('address', 'ours')]
const judged = [...untilJudged]

const clicks: Readonly<Record<string, readonly [readonly Event[], Wish]>> = {
  take: [[opened], intent(ada, { type: 'take' })],
  release: [working, intent(ada, { type: 'release' })],
  'take over': [working, intent(ben, { type: 'take-over' })],
  answer: [working, intent(ada, { type: 'answer', check: 'journey', option: 'no' })],
  back: [working, intent(ada, { type: 'withdraw-answer', check: null })],
  recordVerdict: [working, intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })],
  reconsider: [judged, intent(ada, { type: 'withdraw-verdict' })],
  tick: [judged, intent(ada, { type: 'mark-steps', kind: 'action', steps: ['action/close-alert'] })],
  skip: [judged, intent(ada, { type: 'skip', step: 'action/tag-range', reason: 'Not ours.' })],
  note: [working, intent(ben, { type: 'note', text: 'Seen.' })],
  'ask the manager': [working, intent(ada, { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60) })],
  close: [
    [...judged, done('action/close-alert'), done('action/tag-range')],
    intent(ada, { type: 'close', reason: '' }),
  ],
  reopen: [[...untilClosed], intent(ben, { type: 'reopen', reason: '' })],
}

describe('triage/decide: the same click twice', () => {
  for (const [name, [diary, click]] of Object.entries(clicks)) {
    it(`has an effect once: ${name}`, () => {
      const command = onNewest(click, diary)
      const first = decide(command, replay(diary), travel)
      assert.ok(!isRefusal(first) && first.length > 0, JSON.stringify(first))
      given(...diary, ...first)
        .when(command)
        .thenRefused('old-card')
    })
  }

  it('of two people in the same moment, the first one counts', () => {
    const [one, other] = [intent(ada, { type: 'take' }, { line: 0 }), intent(ben, { type: 'take' }, { line: 0 })]
    given(opened).when(one).then(claimed)
    given(opened, claimed).when(other).thenRefused('old-card')
  })

  it('changes nothing when a manager sends the same answer again', () => {
    const say = intent(
      mia,
      { type: 'answer-confirmation', asked: 2, answer: 'yes', from: null, to: null, note: 'Fair.' },
      { line: null },
    )
    const diary = [opened, claimed, asked]
    const first = decide(onNewest(say, diary), replay(diary), travel)
    assert.ok(!isRefusal(first))
    given(...diary, ...first)
      .when(say)
      .thenNothing()
  })
})
