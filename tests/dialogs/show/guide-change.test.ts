import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { showPerson } from '../../../dialogs/show/show-person.js'
import { showChannel } from '../../../dialogs/show/show.js'
import { describeNext } from '../../../dialogs/tell/describe.js'
import type { Event } from '../../../triage/event.js'
import type { Guide } from '../../../triage/guide.js'
import { commands, guideChanges, rewritten, settle } from '../../support/arbitrary.js'
import { ada, ben, wrote } from '../../support/cast.js'
import {
  answered,
  claimed,
  closedWith,
  done,
  opened,
  skipped,
  untilClosed,
  untilJudged,
  withoutWords,
} from '../../support/diary.js'
import { aCheck, aStep, other, travel } from '../../support/guides.js'
import { dataOf, formOf, seenAfter, titleOf } from '../../support/seen.js'
import { words } from '../../support/words.js'

const changed = (...dropped: readonly string[]) => wrote(ada, { type: 'guide-changed', version: 'v2', dropped })
const released = wrote(ada, { type: 'released' })

/** Nothing is as it was: all under the same ids. */
const changedGuide: Guide = {
  ...travel,
  version: 'v2',
  title: 'Impossible journey',
  checks: travel.checks.map(({ id }) => {
    const options = ['ours', 'yes', 'no', 'unknown'].map((option) => ({
      id: option,
      text: `Anew ${option}`,
      asks: null,
    }))
    return aCheck(id, [], { ask: `Anew: ${id}?`, how: 'Anew.', options })
  }),
  verdicts: travel.verdicts.map((verdict) => ({
    ...verdict,
    label: 'Anew',
    means: 'Anew.',
    because: [{ say: 'Anew.', when: null }],
    actions: [aStep('close-alert', { do: 'Anew' })],
  })),
  scope: [aStep('same-place', { do: 'Anew' }), aStep('more', { do: 'Anew' })],
  tuning: [aStep('tag-ranges', { do: 'Anew' })],
}
const by = (guide: Guide, ...diary: readonly Event[]): CaseContext => ({ ...seenAfter(...diary), guide })

describe('dialogs/show: a guide that changes under an open case', () => {
  it('is told on every card of the case until its end, and in its history', () => {
    const told = { text: 'guide-changed()' }
    const isTold = (card: 'new' | 'work' | 'verdict' | 'judged', ...diary: readonly Event[]) => {
      const { hints, history } = dataOf(showChannel(by(changedGuide, ...diary)), card)
      return [
        hints.some(({ text }) => text === told.text),
        history.some(({ what }) => what === 'history.guide-changed()'),
      ]
    }
    const all = [answered('address', 'ours'), answered('journey', 'no'), answered('download', 'no')] as const
    assert.deepEqual(isTold('new', opened, changed()), [true, true])
    assert.deepEqual(isTold('work', opened, claimed, changed()), [true, true])
    assert.deepEqual(isTold('verdict', opened, claimed, ...all, changed()), [true, true])
    assert.deepEqual(isTold('judged', ...untilJudged, changed()), [true, true])
    assert.deepEqual(isTold('work', opened, claimed), [false, false])
    assert.deepEqual(isTold('judged', ...untilJudged), [false, false])
    const { history } = dataOf(showChannel(by(changedGuide, ...untilJudged, changed(), closedWith())), 'closed')
    assert.ok(history.some(({ what }) => what === 'history.guide-changed()'))
  })

  it('asks again what was dropped: step n of m stays true on the card, for others and in words', () => {
    const dropping = [
      opened,
      claimed,
      answered('address', 'foreign'),
      answered('journey', 'no'),
      changed('address'),
    ] as const
    const data = dataOf(showChannel(by(changedGuide, ...dropping)), 'work')
    assert.deepEqual([data.check, data.step, data.of, data.ask], ['address', 2, 3, 'Anew: address?'])
    assert.deepEqual(data.soFar, [
      { ask: 'What of journey?', answer: 'It is no', finding: '', hasFinding: false, by: ada.name },
    ])
    const progress = dataOf(showPerson(by(changedGuide, ...dropping), ben.id), 'progress')
    assert.equal(progress.status, 'status.work(step=2, of=3, ask=Anew: address?)')
    assert.match(
      describeNext(by(changedGuide, ...dropping)),
      /^next\.work\(owner=Ada Analyst, step=2, of=3, ask=Anew: address\?/,
    )
  })

  it('does not count answers to what it does not ask, even before the change is told', () => {
    const one = { ...travel, version: 'v3', checks: travel.checks.slice(1) }
    const data = dataOf(showChannel(by(one, opened, claimed, answered('address', 'ours'))), 'work')
    assert.deepEqual([data.check, data.step, data.of], ['journey', 1, 2])
  })

  it('does not reword an answer that stands, wherever it is told', () => {
    const standing = [
      opened,
      claimed,
      answered('address', 'ours'),
      answered('journey', 'no'),
      answered('download', 'yes'),
    ] as const
    const guide = { ...changedGuide, verdicts: travel.verdicts }
    const data = dataOf(showChannel(by(guide, ...standing, changed())), 'verdict')
    assert.deepEqual(
      data.soFar.map(({ ask, answer }) => `${ask} ${answer}`),
      ['What of address? It is ours', 'What of journey? It is no', 'What of download? It is yes'],
    )
    const { others } = formOf(by(guide, ...standing, changed()), 'form-override')
    assert.equal(
      others.find(({ label }) => label === 'FP - Untagged VPN')?.why,
      'verdict.contradicted(checks=What of download? It is yes.)',
    )
    const told = dataOf(
      showChannel(by(guide, opened, claimed, answered('address', 'ours'), changed(), released)),
      'new',
    )
    assert.deepEqual(told.soFar, [
      { ask: 'What of address?', answer: 'It is ours', finding: '', hasFinding: false, by: ada.name },
    ])
  })

  it('keeps the verdict that was recorded, and what was done for it', () => {
    const data = dataOf(showChannel(by(changedGuide, ...untilJudged, done('action/tag-range'), changed())), 'judged')
    assert.deepEqual([data.verdict, data.means], ['FP - Untagged VPN', 'It means fp-vpn.'])
    assert.match(data.because, /belongs to a VPN of ours/)
    assert.deepEqual(
      data.actions.map(({ mark, do: text }) => `${mark} ${text}`),
      ['○ Anew', '✔ Do tag-range'],
    )
    assert.deepEqual(
      data.actionChoices.map(({ value }) => value),
      ['action/close-alert'],
    )
    const bare = { ...changedGuide, verdicts: [], scope: [], tuning: [] }
    const none = dataOf(showChannel(by(bare, ...untilJudged, done('action/tag-range'), changed())), 'judged')
    assert.deepEqual([none.verdict, none.canClose, none.hasSteps], ['FP - Untagged VPN', true, false])
  })
})

describe('dialogs/show: a closed case is never reworded', () => {
  const record = [
    ...untilJudged,
    done('action/close-alert'),
    skipped('action/tag-range', 'Not ours.'),
    done('scope/same-place'),
    closedWith('action/tell-user', 'action/roll-back', 'scope/other-alerts', 'tuning/tag-ranges'),
  ] as const

  it('keeps question, answer, verdict, its meaning and the steps, those left open among them', () => {
    for (const guide of [travel, changedGuide, other]) {
      const data = dataOf(showChannel(by(guide, ...record)), 'closed')
      assert.deepEqual(
        [data.kind, data.verdict, data.means],
        ['Impossible travel', 'FP - Untagged VPN', 'It means fp-vpn.'],
      )
      assert.match(data.because, /What of address\? It is ours\. 192/)
      assert.deepEqual(
        [...data.actions, ...data.scope].map(({ mark, do: text }) => `${mark} ${text}`),
        [
          '✔ Close the alert as a false positive',
          '– Do tag-range',
          '○ step.optional(do=Do tell-user)',
          '○ step.when(do=Do roll-back, when=if anything was changed)',
          '✔ Do same-place',
        ],
      )
      assert.deepEqual([data.tuning, data.hasTuning], [[], false])
      assert.deepEqual(
        data.history.map(({ what }) => what).filter((what) => /answered|done|skipped/.test(what)),
        [
          `history.answered(by=${ada.name}, ask=What of address?, answer=It is ours, finding=)`,
          `history.done(by=${ada.name}, step=Close the alert as a false positive)`,
          `history.skipped(by=${ada.name}, step=Do tag-range, reason=Not ours.)`,
          `history.done(by=${ada.name}, step=Do same-place)`,
        ],
      )
    }
  })

  it('has the very same card whatever its guide says now, however it came to its end', () => {
    fc.assert(
      fc.property(commands, guideChanges, rewritten, (list, changes, guide) => {
        const steps = settle(list, changes)
        for (const [index, { after }] of steps.entries()) {
          if (!after?.closed) continue
          const diary = steps.slice(0, index + 1).flatMap(({ written }) => written)
          const context = { state: after, diary, cards: {}, guide, phrases: words, titleOf }
          assert.deepEqual(showChannel(context), showChannel({ ...context, guide: other }))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('goes by the guide where the record has no words, as long as the guide has them', () => {
    const old = [...untilClosed].map(withoutWords)
    const data = dataOf(showChannel(by(travel, ...old)), 'closed')
    assert.deepEqual([data.kind, data.means], ['Impossible travel', 'It means fp-vpn.'])
    assert.deepEqual(
      data.actions.map(({ mark, do: text }) => `${mark} ${text}`),
      ['✔ Close the alert as a false positive', '✔ Do tag-range'],
    )
  })

  it('is worded by the guide of the day again once it is reopened', () => {
    const again = [...record, wrote(ben, { type: 'reopened', reason: '' }), changed()] as const
    const data = dataOf(showChannel(by(changedGuide, ...again)), 'judged')
    assert.equal(data.kind, 'Impossible journey')
    assert.deepEqual(
      data.actions.map(({ mark, do: text }) => `${mark} ${text}`),
      ['✔ Anew', '– Do tag-range'],
    )
  })
})
