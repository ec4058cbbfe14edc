import assert from 'node:assert/strict'
import { decide } from '../../triage/decide.js'
import { replay } from '../../triage/evolve.js'
import type { Event } from '../../triage/event.js'
import type { Check } from '../../triage/guide.js'
import { managersFinding, suggestedOption } from '../../triage/managers-word.js'
import { isRefusal } from '../../triage/refusal.js'
import { ada, caseId, intent, mia, wrote } from '../support/cast.js'
import { answered, asked, claimed, managerSaid, opened } from '../support/diary.js'
import { given } from '../support/given.js'
import { aCheck, travel } from '../support/guides.js'

const waiting = [opened, claimed, asked] as const
const asking = (suggests?: NonNullable<Check['manager']>['suggests']): Check =>
  aCheck('journey', ['yes', 'no'], { manager: { ask: 'Was {user} away?', ...(suggests && { suggests }) } })
const guide = {
  ...travel,
  checks: travel.checks.map((check) => (check.id === 'journey' ? asking({ yes: 'yes', no: 'unknown' }) : check)),
}
const fits = (check: Check, ...more: readonly Event[]) =>
  suggestedOption(replay([...waiting, ...more])?.confirmation ?? null, check)
const said = (...more: readonly Event[]) => managersFinding(replay([...waiting, ...more])?.confirmation ?? null)
const answer = (option: string, finding = '') => intent(ada, { type: 'answer', check: 'journey', option, finding })
const yes = 'Mia Manager (manager) answered “yes” at 2026-03-02 09:00 UTC'

describe('triage/managers-word: what the manager’s answer points to', () => {
  it('is the option that the guide names for a yes or a no, and unknown for not sure', () => {
    const check = asking({ yes: 'yes', no: 'unknown' })
    assert.deepEqual(
      (['yes', 'no', 'not-sure'] as const).map((word) => fits(check, managerSaid(word))),
      ['yes', 'unknown', 'unknown'],
    )
  })

  it('is nothing before an answer, for somebody else’s report, for another check, or where the guide names none', () => {
    const check = asking({ yes: 'yes' })
    assert.equal(fits(check), null)
    assert.equal(fits(check, managerSaid('not-my-report')), null)
    assert.equal(fits(check, managerSaid('no')), null)
    assert.equal(fits(asking(), managerSaid('yes')), null)
    assert.equal(fits(asking({ yes: 'gone' }), managerSaid('yes')), null)
    assert.equal(fits({ ...check, id: 'address' }, managerSaid('yes')), null)
  })

  it('is told as what was seen: who, what, when, the days and the note, on one line', () => {
    assert.equal(said(), '')
    assert.equal(said(managerSaid('yes')), yes)
    const whole = {
      answer: 'no',
      from: '2026-03-01',
      to: '2026-03-03',
      note: `In the\noffice. ${'x'.repeat(400)}`,
    } as const
    const line = said(wrote(mia, { type: 'manager-answered', ...whole }))
    assert.match(line, /answered “no” at .* UTC, 2026-03-01 to 2026-03-03: In the office\. x+$/)
    assert.equal(line.length, 200)
  })
})

describe('triage/decide: an answer that goes by the manager’s word', () => {
  it('has that word for its finding', () => {
    given(...waiting, managerSaid('yes'))
      .when(answer('yes'), guide)
      .then(answered('journey', 'yes', ada, yes))
  })

  it('has what was typed instead, and nothing where another option was chosen', () => {
    given(...waiting, managerSaid('yes'))
      .when(answer('yes', 'Seen by me'), guide)
      .then(answered('journey', 'yes', ada, 'Seen by me'))
    given(...waiting, managerSaid('yes'))
      .when(answer('no'), guide)
      .then(answered('journey', 'no'))
  })

  it('is written once, and never over what somebody has typed', () => {
    given(...waiting, managerSaid('yes'), answered('journey', 'yes', ada, yes))
      .when(answer('yes'), guide)
      .thenNothing()
    given(...waiting, answered('journey', 'yes', ada, 'Seen by me'), managerSaid('yes'))
      .when(answer('yes'), guide)
      .thenNothing()
  })
})

describe('triage/managers-word: a verdict that rests on another answer than the manager’s', () => {
  const both = { yes: 'yes', no: 'no' }
  const asks = {
    ...travel,
    checks: travel.checks.map((check) => (check.id === 'journey' ? asking(both) : check)),
  }
  const record = (verdict: string, reason = '') => intent(ada, { type: 'record-verdict', verdict, reason })
  const manager = mia.name

  it('needs a sentence, whichever of the two came first', () => {
    for (const lines of [
      [answered('journey', 'yes'), managerSaid('no')],
      [managerSaid('no'), answered('journey', 'yes')],
    ])
      given(...waiting, ...lines)
        .when(record('btp-travel'), asks)
        .thenRefused('against-manager', { manager })
  })

  it('is recorded with one', () => {
    const diary = replay([...waiting, answered('journey', 'yes'), managerSaid('no')])
    const decision = decide({ ...record('btp-travel', 'HR booked it.'), caseId, line: null }, diary, asks)
    assert.ok(!isRefusal(decision))
    assert.match(decision[0]?.type === 'judged' ? decision[0].because : '', /HR booked it\./)
  })

  it('needs none where they agree, where nothing follows from what was said, and where the verdict rests on something else', () => {
    for (const [verdict, ...lines] of [
      ['btp-travel', answered('journey', 'yes'), managerSaid('yes')],
      ['btp-travel', answered('journey', 'yes'), managerSaid('not-sure')],
      ['btp-travel', answered('journey', 'yes')],
      ['fp-vpn', answered('address', 'ours'), answered('journey', 'yes'), managerSaid('no')],
    ] as const) {
      const decision = decide({ ...record(verdict), caseId, line: null }, replay([...waiting, ...lines]), asks)
      assert.ok(!isRefusal(decision), `${verdict}: ${JSON.stringify(decision)}`)
    }
  })
})
