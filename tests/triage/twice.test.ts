import assert from 'node:assert/strict'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { isRefusal } from '../../triage/refusal.js'
import { type Wish, ada, ben, mia, minute, wish } from '../support/cast.js'
import { answered, asked, claimed, done, opened, untilClosed, untilJudged } from '../support/diary.js'
import { given, onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'

const working = [opened, claimed, answered('address', 'ours')]
const judged = [...untilJudged]

const clicks: Readonly<Record<string, readonly [readonly Event[], Wish]>> = {
  claim: [[opened], wish(ada, { type: 'claim' })],
  release: [working, wish(ada, { type: 'release' })],
  'take over': [working, wish(ben, { type: 'take-over' })],
  answer: [working, wish(ada, { type: 'answer', check: 'journey', option: 'no' })],
  back: [working, wish(ada, { type: 'withdraw-answer', check: null })],
  judge: [working, wish(ada, { type: 'judge', verdict: 'fp-vpn', reason: '' })],
  reconsider: [judged, wish(ada, { type: 'withdraw-judgement' })],
  tick: [judged, wish(ada, { type: 'tick', kind: 'action', steps: ['action/close-alert'] })],
  skip: [judged, wish(ada, { type: 'skip', step: 'action/tag-range', reason: 'Not ours.' })],
  note: [working, wish(ben, { type: 'note', text: 'Seen.' })],
  'ask the manager': [working, wish(ada, { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60) })],
  close: [[...judged, done('action/close-alert'), done('action/tag-range')], wish(ada, { type: 'close', reason: '' })],
  reopen: [[...untilClosed], wish(ben, { type: 'reopen', reason: '' })],
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
    const [one, other] = [wish(ada, { type: 'claim' }, { line: 0 }), wish(ben, { type: 'claim' }, { line: 0 })]
    given(opened).when(one).then(claimed)
    given(opened, claimed).when(other).thenRefused('old-card')
  })

  it('changes nothing when a manager sends the same answer again', () => {
    const say = wish(
      mia,
      { type: 'answer-as-manager', asked: 2, answer: 'yes', from: null, to: null, note: 'Fair.' },
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
