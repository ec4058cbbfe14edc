import assert from 'node:assert/strict'
import { showChannel } from '../../../dialogs/show/show.js'
import type { Event } from '../../../triage/event.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import type { Guide } from '../../../triage/guide.js'
import { winnow } from '../../../triage/person.js'
import { ada, ben, wrote } from '../../support/cast.js'
import { answered, claimed, judgedAs, opened, openedWith, untilJudged, withoutWords } from '../../support/diary.js'
import { other, travel } from '../../support/guides.js'
import { dataOf, formOf, seenAfter } from '../../support/seen.js'

const work = (...more: readonly Event[]) => dataOf(showChannel(seenAfter(opened, claimed, ...more)), 'work')
const verdict = (...more: readonly Event[]) => dataOf(showChannel(seenAfter(opened, claimed, ...more)), 'verdict')

describe('dialogs/show: a new case', () => {
  it('tells what this kind of alert is about, and whose guidance it is', () => {
    const data = dataOf(showChannel(seenAfter(opened)), 'new')
    assert.deepEqual([data.about, data.guidance], ['One account in two places at once.', 'guidance.microsoft()'])
    assert.deepEqual([data.description, data.hasDescription], ['Sign-ins from Norway and Brazil within an hour.', true])
    assert.deepEqual([data.soFar, data.hasSoFar, data.verdict, data.hasVerdict, data.owner], [[], false, '', false, ''])
    assert.deepEqual(data.hints, [{ text: 'learning.quiet(days=7)' }])
  })

  it('tells how long the detection learns, and what it does meanwhile, where that is stated', () => {
    const hints = (learning: Guide['learning'], more: Partial<CaseContext> = {}) => {
      const view = showChannel({ ...seenAfter(opened), guide: { ...travel, learning }, ...more })
      return dataOf(view, 'new').hints.map(({ text }) => text)
    }
    assert.deepEqual(hints(null), [])
    assert.deepEqual(hints({ days: { from: 30, to: 30 }, effect: 'noisy' }), ['learning.noisy(days=30)'])
    const range = { from: 7, to: 30 }
    assert.deepEqual(hints({ days: range, effect: 'quiet' }), ['learning.quiet(days=learning.days(from=7, to=30))'])
    assert.deepEqual(hints({ days: range, effect: 'unstated' }), [])
    const past = {
      caseId: 'x',
      title: 'Spam',
      occurredAt: opened.at,
      isOpen: false,
      verdict: '',
      shares: ['person'],
    } as const
    assert.deepEqual(hints({ days: range, effect: 'quiet' }, { related: [past] }), [])
  })

  it('has a button for each place its first check names, in the words of the guide’s language where it has some', () => {
    const [first, ...others] = travel.checks
    assert.ok(first)
    const lookUps = (ids: readonly string[]) =>
      ids.map((id) => ({ id, say: `Open ${id}`, url: `https://entra.microsoft.com/${id}`, query: null }))
    const titles = (says: Readonly<Record<string, string>> = {}) => {
      const lookUpWords = Object.fromEntries(Object.entries(says).map(([id, words]) => [id, { say: words, what: '' }]))
      const guide = { ...travel, checks: [{ ...first, look: ['logs', 'risk', 'page'] }, ...others], lookUpWords }
      const data = dataOf(showChannel({ ...seenAfter(opened), guide, lookUps }), 'new')
      return [...data.lookUps, ...data.moreLookUps].map(({ title }) => title)
    }
    assert.deepEqual(titles(), ['Open logs', 'Open risk', 'Open page'])
    assert.deepEqual(titles({ logs: 'Öppna loggar', page: 'Öppna sidan' }), [
      'Öppna loggar',
      'Open risk',
      'Öppna sidan',
    ])
  })

  it('has no description where the source gives none, or only blanks', () => {
    for (const description of ['', ' \n ']) {
      const data = dataOf(showChannel(seenAfter(openedWith({ description }))), 'new')
      assert.deepEqual([data.description, data.hasDescription], ['', false])
    }
  })

  it('can be acknowledged from a page until someone has, and then tells who', () => {
    const paged = wrote(winnow, { type: 'paged', to: [ben], step: 'first', why: 'unassigned' })
    const seen = wrote(ben, { type: 'page-acknowledged' })
    const after = (...more: readonly Event[]) => {
      const { canAcknowledge, isAcknowledged, acknowledgedBy } = dataOf(showChannel(seenAfter(opened, ...more)), 'new')
      return [canAcknowledge, isAcknowledged, acknowledgedBy]
    }
    assert.deepEqual(after(), [false, false, ''])
    assert.deepEqual(after(seen), [false, false, ''])
    assert.deepEqual(after(paged), [true, false, ''])
    assert.deepEqual(after(paged, seen), [false, true, ben.name])
    assert.deepEqual(after(paged, seen, paged), [true, false, ''])
    assert.deepEqual(after(paged, claimed, wrote(ada, { type: 'released' })), [false, false, ''])
  })

  it('hints at an alert that came before, when there was one', () => {
    const related = [{ caseId: '1111-2222-3333', type: 'mail-forwarding', occurredAt: '2026-03-01T08:00:00.000Z' }]
    const { hints } = dataOf(showChannel(seenAfter(openedWith({}, related), claimed)), 'work')
    assert.deepEqual(hints, [
      {
        text: 'follows(after=Title of mail-forwarding, code=1111-2222-3333, says=An intruder may be in this mailbox.)',
      },
    ])
  })

  it('shows what was found out by whoever gave it back', () => {
    const released = wrote(ada, { type: 'released' })
    const data = dataOf(showChannel(seenAfter(...untilJudged, released)), 'new')
    assert.deepEqual(data.soFar, [
      { ask: 'What of address?', answer: 'It is ours', finding: '', hasFinding: false, by: ada.name },
    ])
    assert.deepEqual([data.hasSoFar, data.verdict, data.hasVerdict], [true, 'FP - Untagged VPN', true])
  })
})

describe('dialogs/show: a case in work', () => {
  it('asks one check, says how to find out, and where one stands', () => {
    const data = work()
    assert.deepEqual([data.check, data.ask, data.how], ['address', 'What of address?', 'Look at address.'])
    assert.deepEqual([data.step, data.hasSoFar], [1, false])
    assert.deepEqual(data.options.at(-1), {
      title: 'It is unknown',
      value: 'unknown',
      isSuggested: false,
      suggestion: '',
    })
  })

  it('goes on with the next one: step n of m', () => {
    const data = work(answered('address', 'ours'))
    assert.deepEqual([data.check, data.step, data.of], ['journey', 2, 3])
    assert.deepEqual(data.soFar, [
      { ask: 'What of address?', answer: 'It is ours', finding: '', hasFinding: false, by: ada.name },
    ])
  })

  it('lets one record a verdict without going on, and says which are allowed already', () => {
    const data = work(answered('address', 'ours'))
    assert.deepEqual([data.already, data.hasAlready], [[{ label: 'FP - Untagged VPN' }], true])
    assert.deepEqual(
      formOf(seenAfter(opened, claimed, answered('address', 'ours')), 'form-decide').verdicts.map(
        ({ value, title }) => `${value}: ${title}`,
      ),
      [
        'fp-vpn: FP - Untagged VPN',
        'undetermined: Undetermined',
        'tp: verdict.needs-reason(verdict=TP - Account in other hands)',
        'btp-travel: verdict.needs-reason(verdict=B-TP - Confirmed travel)',
      ],
    )
    assert.deepEqual([work().already, work().hasAlready], [[], false])
  })

  it('shows an answer the guide no longer has in its own words, or by its id where the record has none', () => {
    assert.equal(work(answered('address', 'theirs')).soFar[0]?.answer, 'It is theirs')
    assert.equal(work(withoutWords(answered('address', 'theirs'))).soFar[0]?.answer, 'theirs')
  })

  it('goes on with the checks after the verdict was taken back', () => {
    const again = showChannel(seenAfter(...untilJudged, wrote(ada, { type: 'judgement-withdrawn' })))
    assert.deepEqual([dataOf(again, 'work').check, dataOf(again, 'work').step], ['journey', 2])
  })
})

describe('dialogs/show: the verdict', () => {
  const all = [answered('address', 'ours'), answered('journey', 'yes'), answered('download', 'yes')] as const

  it('is asked for when nothing more would decide', () => {
    const data = verdict(answered('address', 'unknown'), answered('journey', 'yes'))
    assert.deepEqual(data.allowed, [
      {
        label: 'B-TP - Confirmed travel',
        means: 'It means btp-travel.',
        value: 'btp-travel',
        record: 'record.B-TP()',
        isSuggested: true,
        isOther: false,
        because:
          'Alert at 2026-03-02 08:41 UTC: from 192.0.2.10 (Norway) and 198.51.100.7 (Brazil), app Exchange Online. What of journey? It is yes. kim@contoso.example was travelling.',
        hasBecause: true,
      },
      {
        label: 'Undetermined',
        means: 'It means undetermined.',
        value: 'undetermined',
        record: 'record.undetermined()',
        isSuggested: false,
        isOther: true,
        because: '',
        hasBecause: false,
      },
    ])
    assert.deepEqual(
      data.soFar.map(({ answer }) => answer),
      ['It is unknown', 'It is yes'],
    )
  })

  it('tells of the others what contradicts them and what ruled them out', () => {
    assert.deepEqual(formOf(seenAfter(opened, claimed, ...all), 'form-override').others, [
      {
        label: 'TP - Account in other hands',
        why: 'verdict.excluded(checks=What of journey? It is yes. What of address? It is ours.)',
      },
      { label: 'FP - Untagged VPN', why: 'verdict.contradicted(checks=What of download? It is yes.)' },
    ])
  })

  it('tells what the answers establish, where all that led to it would not fit', () => {
    const long = 'What was said, by whom, when, where, on which phone, and how it was recorded. '.repeat(6)
    const said = { ...answered('journey', 'yes'), ask: long }
    const { allowed } = verdict(answered('address', 'unknown'), said)
    assert.equal(allowed[0]?.because, 'kim@contoso.example was travelling.')
  })

  it('suggests none when several are allowed, or undetermined alone', () => {
    const two = verdict(answered('address', 'ours'), answered('journey', 'yes'), answered('download', 'no'))
    assert.deepEqual(
      two.allowed.map(({ isSuggested }) => isSuggested),
      [false, false, false],
    )
    const none = verdict(answered('address', 'unknown'), answered('journey', 'unknown'))
    assert.deepEqual(
      none.allowed.map(({ label, isSuggested }) => [label, isSuggested]),
      [['Undetermined', false]],
    )
  })

  it('is asked for at once where the guide has no checks', () => {
    const view = showChannel({ ...seenAfter(opened, claimed), guide: other })
    assert.equal(dataOf(view, 'verdict').hasAllowed, false)
  })

  it('stands in the old words when the guide has changed since', () => {
    const released = wrote(ada, { type: 'released' })
    const renamed = judgedAs({ verdict: 'fp-gone', label: 'Gone' })
    assert.equal(dataOf(showChannel(seenAfter(opened, claimed, renamed, released)), 'new').verdict, 'FP - Gone')
  })
})
