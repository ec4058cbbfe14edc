import assert from 'node:assert/strict'
import type { Command } from '../../triage/command.js'
import type { Person } from '../../triage/person.js'
import { type Draft, ada, ben, eve, mia, minute, intent, wrote } from '../support/cast.js'
import {
  asked,
  askedOf,
  claimed,
  closed,
  managerSaid,
  opened,
  unreached,
  untilClosed,
  untilJudged,
} from '../support/diary.js'
import { given } from '../support/given.js'
import { aCheck, aGuide, aVerdict, travel } from '../support/guides.js'
import { replay } from '../../triage/evolve.js'
import { managersFinding, suggestedOption } from '../../triage/managers-word.js'
import type { Doubt } from '../../triage/verifier.js'
import { winnow } from '../../triage/person.js'

const waiting = [opened, claimed, asked] as const
const ask = intent(ada, { type: 'ask-manager', manager: mia, about: 'Kim Karlsen', until: minute(60) })
const expired = wrote(winnow, { type: 'manager-expired' }, minute(60))

describe('triage/decide: asking the manager', () => {
  it('asks for the check a manager can answer, whatever stands already', () => {
    given(opened, claimed).when(ask).then(asked)
    given(...untilJudged)
      .when(ask)
      .then(asked)
  })

  it('asks one question at a time, and again when it was answered or has expired', () => {
    given(...waiting)
      .when(ask)
      .thenRefused('already-asked', { manager: mia.name })
    given(...waiting)
      .when({ ...ask, by: ben })
      .thenRefused('not-owner')
    given(...waiting, managerSaid('not-sure'))
      .when(ask)
      .then(asked)
    given(...waiting, expired)
      .when(ask)
      .then(asked)
  })

  it('asks again when the question is known not to have arrived, or may not have', () => {
    for (const why of ['refused', 'unknown'] as const) {
      given(...waiting, unreached(why))
        .when(ask)
        .then(asked)
    }
  })

  it('does not ask where no check is for a manager, nor for a case that is closed or nobody’s', () => {
    const guide = aGuide({ checks: [aCheck('address', ['ours'])], verdicts: [aVerdict('undetermined')] })
    given(opened, claimed).when(ask, guide).thenRefused('no-check')
    given(...untilClosed)
      .when(ask)
      .thenRefused('closed')
    given(opened).when(ask).thenRefused('nobody-owns')
  })
})

type Allowing = Pick<Extract<Command, { readonly type: 'allow-verifier' }>, 'manager' | 'despite' | 'reason'>

describe('triage/decide: allowing a manager', () => {
  const despite = [{ kind: 'changed', on: '2026-03-01' }] as const
  const terms = { type: 'allow-verifier', manager: mia, despite, reason: ' Called her. ' } as const
  const allow = intent(ben, terms)
  const allowed = wrote(ben, { type: 'verifier-allowed', manager: mia, despite, reason: 'Called her.' })
  const allowWith = ({ by = ben, ...but }: Partial<Allowing> & { readonly by?: Person }): Draft =>
    intent(by, { ...terms, ...but })

  it('needs something that speaks against them, a reason, an open case, and someone else', () => {
    given(opened, claimed).when(allow).then(allowed)
    given(opened, claimed, allowed).when(allow).thenNothing()
    given(opened, claimed)
      .when(allowWith({ reason: ' ' }))
      .thenRefused('needs-reason')
    given(opened, claimed)
      .when(allowWith({ despite: [] }))
      .thenRefused('nothing-to-allow')
    given(opened, claimed)
      .when(allowWith({ by: mia }))
      .thenRefused('verifier-self')
    given(...untilClosed)
      .when(allow)
      .thenRefused('closed')
  })

  it('holds for that manager and those doubts alone', () => {
    const other = [...despite, { kind: 'subject', caseId: '1111-2222-3333' }] as const
    given(opened, claimed, allowed)
      .when(allowWith({ despite: other }))
      .then(wrote(ben, { type: 'verifier-allowed', manager: mia, despite: other, reason: 'Called her.' }))
    given(opened, claimed, allowed)
      .when(allowWith({ manager: eve }))
      .then(wrote(ben, { type: 'verifier-allowed', manager: eve, despite, reason: 'Called her.' }))
  })
})

describe('triage/decide: a manager who was refused', () => {
  const doubts = [{ kind: 'changed', on: '2026-03-01' }] as const
  const refused = (by = ada) => intent(by, { type: 'note-doubts', manager: mia, doubts })
  const doubted = wrote(ada, { type: 'manager-doubted', manager: mia, doubts })
  const allowed = wrote(ben, { type: 'verifier-allowed', manager: mia, despite: doubts, reason: 'Called her.' })

  it('is written down once, of the owner’s asking alone, and not where a lead has allowed it', () => {
    given(opened, claimed).when(refused()).then(doubted)
    given(opened, claimed, doubted).when(refused()).thenNothing()
    given(opened, claimed, allowed).when(refused()).thenNothing()
    given(opened, claimed).when(refused(ben)).thenRefused('not-owner')
    given(opened, claimed, doubted, asked).when(refused()).then(doubted)
  })
})

describe('triage/decide: the manager’s answer', () => {
  type ChatMessage = {
    readonly asked?: number
    readonly from?: string | null
    readonly to?: string | null
    readonly note?: string
    readonly doubts?: readonly Doubt[]
  }
  const say = (answer: 'yes' | 'no' | 'not-sure' | 'not-my-report', more: ChatMessage = {}, by = mia) =>
    intent(
      by,
      { type: 'answer-confirmation', asked: 2, answer, from: null, to: null, note: '', ...more },
      { line: null },
    )

  it('is one of four, with dates and a note when there are any', () => {
    for (const answer of ['yes', 'no', 'not-sure', 'not-my-report'] as const) {
      given(...waiting)
        .when(say(answer))
        .then(managerSaid(answer))
    }
    given(...waiting)
      .when(say('yes', { from: '2026-02-27', to: '2026-03-06', note: ' Fair in São Paulo. ' }))
      .then(managerSaid('yes', '2026-02-27', '2026-03-06', 'Fair in São Paulo.'))
  })

  it('is taken only from the one who was asked, not even from the owner', () => {
    given(...waiting)
      .when(say('yes', {}, ada))
      .thenRefused('not-the-manager')
    given(...waiting)
      .when(say('yes', {}, { ...eve, name: mia.name }))
      .thenRefused('not-the-manager')
    given(opened, claimed).when(say('yes')).thenRefused('nobody-asked')
  })

  it('may be corrected as long as the case is open; the same again changes nothing', () => {
    const said = managerSaid('yes', null, '2026-03-06')
    given(...waiting, said)
      .when(say('no'))
      .then(managerSaid('no'))
    given(...waiting, said)
      .when(say('yes', { to: '2026-03-07' }))
      .then(managerSaid('yes', null, '2026-03-07'))
    given(...waiting, said)
      .when(say('yes', { to: '2026-03-06' }))
      .thenNothing()
    given(...waiting, said)
      .when(say('yes', { to: '2026-03-06', note: 'Back on Friday.' }))
      .then(managerSaid('yes', null, '2026-03-06', 'Back on Friday.'))
    given(...untilJudged, asked, said)
      .when(say('no', { asked: 4 }))
      .then(managerSaid('no'))
  })

  it('is told and counts for nothing while something speaks against the manager that no lead has allowed', () => {
    const doubts = [{ kind: 'subject', caseId: '1111-2222-3333' }] as const
    const doubted = { ...managerSaid('yes', null, '2026-03-06'), doubts }
    given(...waiting)
      .when(say('yes', { to: '2026-03-06', doubts }))
      .then(doubted)
    const state = replay([...waiting, doubted])
    assert.ok(state)
    assert.equal(state.journey, null)
    const check = travel.checks.find(({ id }) => id === 'journey')
    assert.ok(check)
    assert.ok(state.confirmation)
    assert.equal(suggestedOption({ ...state.confirmation, answer: 'not-sure' }, check), null)
    assert.equal(managersFinding(state.confirmation), '')
    // Once nothing speaks against them any more, the same answer counts.
    given(...waiting, doubted)
      .when(say('yes', { to: '2026-03-06' }))
      .then(managerSaid('yes', null, '2026-03-06'))
    const allowed = wrote(ben, { type: 'verifier-allowed', manager: mia, despite: doubts, reason: 'Called her.' })
    given(...waiting, allowed)
      .when(say('yes', { to: '2026-03-06', doubts }))
      .then(managerSaid('yes', null, '2026-03-06'))
  })

  it('comes too late for another question, after its time, and after the end', () => {
    given(...waiting)
      .when(say('yes', { asked: 1 }))
      .thenRefused('too-late')
    given(...waiting, expired)
      .when(say('yes'))
      .thenRefused('too-late')
    given(...waiting, expired, askedOf(eve, 'Kim Karlsen'))
      .when(say('yes', { asked: 2 }, eve))
      .thenRefused('too-late')
    given(...untilJudged, asked, closed)
      .when(say('yes', { asked: 4 }))
      .thenRefused('too-late')
  })

  it('may be corrected after the end as well, which opens nothing again', () => {
    given(...untilJudged, asked, managerSaid('yes'), closed)
      .when(say('no', { asked: 4 }))
      .then(managerSaid('no'))
    const state = replay([...untilJudged, asked, managerSaid('yes'), closed, managerSaid('no')])
    assert.ok(state?.closed)
    assert.equal(state.confirmation?.answer, 'no')
  })

  it('counts for the newest question, on whichever card of the same question it is given', () => {
    for (const between of [expired, unreached('refused'), unreached('unknown'), managerSaid('not-sure')]) {
      for (const on of [2, 4]) {
        given(...waiting, between, asked)
          .when(say('yes', { asked: on }))
          .then(managerSaid('yes'))
      }
    }
    given(...waiting, unreached(), asked, unreached(), asked)
      .when(say('no', { asked: 2 }))
      .then(managerSaid('no'))
  })

  it('counts although the question was thought not to have arrived', () => {
    given(...waiting, unreached())
      .when(say('no'))
      .then(managerSaid('no'))
  })

  it('names days of the calendar, the first not after the last', () => {
    given(...waiting)
      .when(say('yes', { from: '2026-03-02', to: '2026-03-02' }))
      .then(managerSaid('yes', '2026-03-02', '2026-03-02'))
    given(...waiting)
      .when(say('yes', { from: '2026-03-06', to: '2026-02-27' }))
      .thenRefused('bad-dates')
    const none = [
      '2026-02-30',
      '2025-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '02/03/2026',
      '99999-01-01',
      '2026-03-02\n',
      '',
    ]
    for (const day of none) {
      given(...waiting)
        .when(say('yes', { from: day }))
        .thenRefused('bad-dates')
      given(...waiting)
        .when(say('yes', { to: day }))
        .thenRefused('bad-dates')
    }
    given(...waiting)
      .when(say('yes', { from: '2028-02-29' }))
      .then(managerSaid('yes', '2028-02-29'))
  })

  it('neither judges nor closes: only the answer is written', () => {
    given(...waiting)
      .when(say('no'))
      .then(managerSaid('no'))
  })

  it('is cut when it is endless', () => {
    given(...waiting)
      .when(say('yes', { note: 'x'.repeat(3000) }))
      .then(managerSaid('yes', null, null, 'x'.repeat(2000)))
  })
})

describe('triage/decide: the question’s time', () => {
  const expire = (at: string) => intent(winnow, { type: 'expire-confirmation' }, { at, line: null })

  it('is over when it is due, not before, and only once', () => {
    given(...waiting)
      .when(expire(minute(59)))
      .thenNothing()
    given(...waiting)
      .when(expire(minute(60)))
      .then(expired)
    given(...waiting, expired)
      .when(expire(minute(61)))
      .thenNothing()
  })

  it('does not run for what nobody waits for', () => {
    given(opened, claimed)
      .when(expire(minute(99)))
      .thenNothing()
    given(...waiting, managerSaid('yes'))
      .when(expire(minute(99)))
      .thenNothing()
    given(...untilJudged, asked, closed)
      .when(expire(minute(99)))
      .thenNothing()
  })

  it('runs for a question that may not have arrived as well', () => {
    given(...waiting, unreached())
      .when(expire(minute(60)))
      .then(expired)
  })
})

describe('triage/decide: a question that did not arrive', () => {
  const note = (line = 2, why: 'refused' | 'unknown' = 'refused') =>
    intent(winnow, { type: 'note-unreached', asked: line, why, detail: 'Blocked' }, { line: null })

  it('is written down once, with what the chat said', () => {
    for (const why of ['refused', 'unknown'] as const) {
      given(...waiting)
        .when(note(2, why))
        .then(unreached(why))
    }
    given(...waiting, unreached())
      .when(note())
      .thenNothing()
  })

  it('is the one that waits: no earlier one, none that is answered or over', () => {
    given(opened, claimed).when(note()).thenNothing()
    given(...waiting, unreached(), asked)
      .when(note(2))
      .thenNothing()
    for (const over of [managerSaid('yes'), expired]) {
      given(...waiting, over)
        .when(note())
        .thenNothing()
    }
    given(...untilJudged, asked, closed)
      .when(note(4))
      .thenNothing()
  })
})
