import assert from 'node:assert/strict'
import type { Event } from '../../triage/event.js'
import { winnow } from '../../triage/person.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { type Standing, type Wanted, merge, sourceEffects } from '../../triage/write-back.js'
import { aNote, aSaid, ada, ben, caseId, minute, wrote } from '../support/cast.js'
import { claimed, judged, openedWith } from '../support/diary.js'
import { aReport } from '../support/group.js'

describe('triage/write-back: what a source is to be told', () => {
  const opened = openedWith({ source: 'graph' })
  const all = { target: 'graph', isFor: () => true, since: '' }
  const of = (...diary: readonly Event[]) => sourceEffects(diary, all)
  const names = (...diary: readonly Event[]) => of(...diary).map(({ effect }) => effect)

  it('is nothing until someone takes the case, and then how the case stands at the newest line that matters', () => {
    assert.deepEqual(names(opened, wrote(ben, { type: 'noted', text: 'Hm.' })), [])
    assert.deepEqual(names(opened, claimed), [`graph/${caseId}/1`])
    const [effect] = of(opened, claimed, judged, wrote(ben, { type: 'noted', text: 'Hm.' }))
    assert.deepEqual(
      [effect?.effect, effect?.after, effect?.isOver, effect?.owner, effect?.comment?.line],
      [`graph/${caseId}/2`, 'judged', true, ada, 2],
    )
  })

  it('has one name for one thing, whatever is written afterwards', () => {
    const before = names(opened, claimed, judged)
    const done = wrote(winnow, { type: 'effect-noted', ...aNote({ effect: before[0] ?? '' }) })
    assert.deepEqual(names(opened, claimed, judged, done), before)
  })

  it('knows what was told of the thing itself, and not of the alert in it, where another thing is written', () => {
    const inIncident = openedWith({ source: 'graph', sourceAlertId: 'a-1', incident: '924565' })
    const note = (sourceAlertId: string) =>
      wrote(winnow, {
        type: 'effect-noted',
        ...aNote({ effect: `x/${caseId}/2`, wrote: aSaid({ source: 'graph', sourceAlertId }) }),
      })
    const idOf = ({ incident = '' }) => `incident/${incident}`
    const toIncident = (...diary: readonly Event[]) => sourceEffects(diary, { ...all, idOf })[0]
    assert.equal(toIncident(inIncident, claimed, judged, note('a-1'))?.comment?.line, 2)
    const told = toIncident(inIncident, claimed, judged, note('incident/924565'))
    assert.deepEqual([told?.comment, told?.known?.sourceAlertId], [null, 'incident/924565'])
  })

  it('is told to each source of the alert, also to one that reports it after the verdict', () => {
    const report = aReport()
    assert.deepEqual(names(opened, claimed, judged, wrote(winnow, { type: 'also-reported', report })), [
      `graph/${caseId}/2`,
      `graph/${report.caseId}/3`,
    ])
  })

  it('is told no second time by the end of the case when the alert is over there already', () => {
    const end = wrote(ada, { type: 'closed' }, minute(9))
    assert.deepEqual(names(opened, claimed, judged, end), [`graph/${caseId}/2`])
    const late = sourceEffects([opened, claimed, judged, end], { ...all, since: minute(5) })
    assert.deepEqual(
      late.map(({ effect, isOver }) => [effect, isOver]),
      [[`graph/${caseId}/3`, true]],
    )
  })

  it('is nothing that was decided before', () => {
    const late = wrote(ada, { type: 'reopened', reason: '' }, minute(9))
    const since = { ...all, since: minute(5) }
    assert.deepEqual(sourceEffects([opened, claimed, judged], since), [])
    const [effect] = sourceEffects([opened, claimed, judged, late], since)
    assert.deepEqual([effect?.line, effect?.isOver, effect?.verdict?.verdict], [3, false, 'fp-vpn'])
  })

  it('says a comment once, and knows what was told before the decision and what Winnow wrote', () => {
    const said = aSaid({ source: 'graph', sourceAlertId: 'a-1', classification: 'truePositive' })
    const told = wrote(winnow, { type: 'source-updated', ...said })
    assert.equal(of(opened, told, claimed, judged)[0]?.known?.classification, 'truePositive')
    assert.equal(of(opened, claimed, judged, told)[0]?.known, null)
    const mine = aSaid({ source: 'graph', sourceAlertId: 'a-1', classification: 'falsePositive' })
    const note = wrote(winnow, { type: 'effect-noted', ...aNote({ effect: `graph/${caseId}/2`, wrote: mine }) })
    const [after] = of(opened, claimed, judged, note, wrote(ben, { type: 'handed-over', to: ben }))
    assert.deepEqual([after?.comment, after?.known?.classification], [null, 'falsePositive'])
  })
})

describe('triage/write-back: what may be written over what stands there', () => {
  const there = (but: Partial<Standing> = {}): Standing => ({
    status: 'new',
    classification: '',
    determination: '',
    assignedTo: '',
    ...but,
  })
  const fp = { classification: 'falsePositive', determination: 'notMalicious' }
  const want = (but: Partial<Wanted> = {}): Wanted => ({
    status: 'resolved',
    words: fp,
    assignedTo: 'ada@x.example',
    ...but,
  })
  const known = (but: Partial<SourceSaid>) =>
    aSaid({ status: 'new', classification: '', determination: '', assignedTo: '', ...but })
  const tp = { classification: 'truePositive', determination: 'malware' }

  it('everything where nobody has said anything, and nothing where it stands so already', () => {
    assert.deepEqual(merge(want(), there(), null), {
      status: 'resolved',
      words: fp,
      assignedTo: 'ada@x.example',
      isOverruled: false,
    })
    const same = merge(want(), there({ status: 'resolved', ...fp, assignedTo: 'Ada@X.example' }), null)
    assert.deepEqual(same, { status: null, words: null, assignedTo: null, isOverruled: false })
  })

  it('another classification only where it was known when the verdict was recorded', () => {
    assert.equal(merge(want(), there(tp), null).isOverruled, true)
    assert.equal(merge(want(), there(tp), known({ classification: 'falsePositive' })).isOverruled, true)
    assert.deepEqual(merge(want(), there(tp), known(tp)).words, fp)
  })

  it('that nothing is classified any more, over what Winnow wrote itself', () => {
    const unset = { classification: 'unknown', determination: 'unknown' }
    const nothing = { classification: '', determination: '' }
    assert.deepEqual(
      merge(
        want({ words: unset, status: 'in-progress' }),
        there({ ...fp, status: 'resolved' }),
        known({ ...fp, status: 'resolved' }),
      ),
      {
        status: 'in-progress',
        words: nothing,
        assignedTo: 'ada@x.example',
        isOverruled: false,
      },
    )
    assert.equal(merge(want({ words: unset }), there(tp), known(fp)).isOverruled, true)
  })

  it('an assignment only where it is known, and a resolved alert is not opened by who did not know it', () => {
    const bens = there({ assignedTo: 'ben@x.example', status: 'resolved' })
    const open = want({ status: 'in-progress', words: tp })
    assert.deepEqual(merge(open, bens, null), { status: 'resolved', words: tp, assignedTo: null, isOverruled: false })
    const heard = known({ assignedTo: 'ben@x.example', status: 'resolved' })
    assert.deepEqual(merge(open, bens, heard), {
      status: 'in-progress',
      words: tp,
      assignedTo: 'ada@x.example',
      isOverruled: false,
    })
    assert.equal(merge(want({ status: 'in-progress', words: null }), bens, null).isOverruled, true)
  })
})
