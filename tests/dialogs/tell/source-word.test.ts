import assert from 'node:assert/strict'
import { sourceStanding, sourcesSay } from '../../../dialogs/show/source-standing.js'
import { describeSourceWord } from '../../../dialogs/tell/source-word.js'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import type { Phrases } from '../../../triage/phrases.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import type { SourceSaid } from '../../../triage/source-said.js'
import { aSaid, ada, caseId, wrote } from '../../support/cast.js'
import { claimed, opened, untilClosed, untilJudged } from '../../support/diary.js'
import type { Event } from '../../../triage/event.js'

describe('dialogs: an alert’s standing on its source’s side', () => {
  let phrases: Phrases
  before(async () => {
    phrases = await loadPhrases('content/phrases', 'en')
  })
  const told = (but: Partial<SourceSaid> = {}) => wrote(winnow, { type: 'source-updated', ...aSaid(but) })
  const wordOf = (...diary: readonly Event[]) => {
    const state = replay(diary)
    return state && describeSourceWord(state, phrases)
  }

  it('reads as a person would say it', () => {
    const words = (but: Partial<SourceSaid>) =>
      sourceStanding(aSaid({ classification: '', determination: '', assignedTo: '', ...but }), phrases)
    assert.equal(words({}), 'resolved')
    assert.equal(words({ status: 'new', assignedTo: 'lee' }), 'new, assigned to lee')
    assert.equal(
      words({ classification: 'informationalExpectedActivity', determination: 'securityTesting', changedBy: 'lee' }),
      'resolved as informational, expected activity (security testing), by lee',
    )
    assert.equal(
      words({ status: 'in-progress', classification: 'truePositive' }),
      'in progress, classified as true positive',
    )
    assert.equal(words({ classification: 'someNewWord' }), 'resolved as some new word')
  })

  it('is told on the card for each source, as it said it last', () => {
    const all = [
      aSaid({ status: 'in-progress' }),
      aSaid({ assignedTo: '' }),
      aSaid({
        source: 'sentinel',
        status: 'closed',
        classification: '',
        determination: '',
        assignedTo: '',
        changedAt: null,
      }),
    ]
    assert.equal(
      sourcesSay(all, phrases),
      'Microsoft Graph: resolved as true positive (compromised account), 2 Mar 10:14 UTC; Microsoft Sentinel: closed',
    )
    assert.equal(sourcesSay([], phrases), '')
  })

  it('is told to the owner in our words alone: what the source wrote stays on the card', () => {
    const notice = wordOf(opened, claimed, told({ determination: 'http://evil.example' }))
    assert.deepEqual(notice, {
      text: `Ada Analyst, Microsoft Graph now shows the alert of case ${caseId} as resolved as true positive. The case stays open until you close it here.`,
      mentions: [ada],
    })
    const odd = wordOf(opened, claimed, told({ classification: 'Click http://evil.example' }))
    assert.match(odd?.text ?? '', /as changed \(details on the card\)/)
    assert.doesNotMatch(odd?.text ?? '', /evil/)
  })

  it('is told to nobody where nobody has the case, or the source has said nothing', () => {
    assert.equal(wordOf(opened, told()), null)
    assert.equal(wordOf(opened, claimed), null)
  })

  it('of a closed case is told only when the source’s classification contradicts the verdict', () => {
    assert.match(
      wordOf(...untilClosed, told())?.text ?? '',
      /as true positive, but its verdict is FP - .* reopen the case/,
    )
    assert.equal(wordOf(...untilClosed, told({ classification: 'falsePositive' })), null)
    assert.equal(wordOf(...untilClosed, told({ classification: '' })), null)
    assert.match(wordOf(...untilJudged, told({ classification: 'falsePositive' }))?.text ?? '', /stays open/)
  })
})
