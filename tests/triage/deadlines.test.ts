import assert from 'node:assert/strict'
import type { Severity } from '../../triage/alert.js'
import { type Clocks, usualClocks } from '../../triage/clocks.js'
import { type Reach, deadlines } from '../../triage/deadlines.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { ada, anAlert, ben, caseId, eve, mia, minute, wrote } from '../support/cast.js'
import { joined } from '../support/group.js'

const everyone: Reach = { again: true, leads: true, next: true }
const opened = (severity: Severity = 'high'): Event =>
  wrote(winnow, { type: 'opened', caseId, alert: anAlert({ severity }), playbook: 'impossible-travel', version: 'v1' })
const paged = (step: 'first' | 'again' | 'leads' | 'next', at: number): Event =>
  wrote(winnow, { type: 'paged', to: [ben], step, why: 'unassigned' }, minute(at))
const claimed = (at = 0) => wrote(ada, { type: 'claimed' }, minute(at))
const asked = (at: number, until: number): Event =>
  wrote(ada, { type: 'manager-asked', manager: mia, check: 'journey', about: 'Kim', until: minute(until) }, minute(at))
const reminded = (as: 'owner' | 'manager', at: number): Event =>
  wrote(winnow, { type: 'reminded', person: as === 'owner' ? ada : mia, as, until: minute(at + 30) }, minute(at))

/** What is due, as "step minute". */
const due = (diary: readonly Event[], reach: Reach = everyone, clocks: Clocks = usualClocks) => {
  const state = replay(diary)
  assert.ok(state)
  return deadlines(state, diary, clocks, reach).map(
    ({ clock, step, at }) => `${clock} ${step} ${(Date.parse(at) - Date.parse(minute(0))) / 60_000}`,
  )
}

describe('triage/deadlines: an unassigned case', () => {
  it('pages who is on call again, then the leads, then the next on the rota, then begins anew', () => {
    const pages = [paged('first', 0), paged('again', 10), paged('leads', 20), paged('next', 30)]
    assert.deepEqual(due([opened()]), ['unassigned again 10'])
    assert.deepEqual(due([opened(), ...pages.slice(0, 1)]), ['unassigned again 10'])
    assert.deepEqual(due([opened(), ...pages.slice(0, 2)]), ['unassigned leads 20'])
    assert.deepEqual(due([opened(), ...pages.slice(0, 3)]), ['unassigned next 30'])
    assert.deepEqual(due([opened(), ...pages]), ['unassigned again 90'])
  })

  it('waits twice as long for each round that no one hears, and a day at the most', () => {
    const round = (from: number) => [paged('again', from), paged('leads', from + 10), paged('next', from + 20)]
    assert.deepEqual(due([opened(), ...round(10), ...round(90)]), [`unassigned again ${110 + 120}`])
    const many = Array.from({ length: 9 }, (_, at) => round(at * 100)).flat()
    assert.deepEqual(due([opened(), ...many]), [`unassigned again ${820 + 1440}`])
  })

  it('keeps the distance between two pages when the first came late', () => {
    assert.deepEqual(due([opened(), paged('again', 300)]), ['unassigned leads 310'])
  })

  it('leaves out whom it cannot reach, and is not paged for at all where there is no one', () => {
    assert.deepEqual(due([opened()], { again: false, leads: true, next: false }), ['unassigned leads 20'])
    assert.deepEqual(due([opened()], { again: false, leads: false, next: false }), [])
    assert.deepEqual(due([opened('informational')]), [])
  })

  it('begins anew when someone acknowledges, releases or reopens it', () => {
    assert.deepEqual(due([opened(), paged('again', 10), wrote(ben, { type: 'page-acknowledged' }, minute(12))]), [
      'unassigned again 22',
    ])
    assert.deepEqual(due([opened(), paged('again', 10), claimed(11), wrote(ada, { type: 'released' }, minute(40))]), [
      'unassigned again 50',
    ])
  })

  it('is not waited for once it is closed, or shares the card of another', () => {
    assert.deepEqual(due([opened(), claimed(), wrote(ada, { type: 'closed' })]), [])
    assert.deepEqual(due([opened(), joined()]), [])
  })
})

describe('triage/deadlines: an owner', () => {
  it('is reminded, then loses the case, each counted from their last sign', () => {
    const noted = wrote(ada, { type: 'noted', text: 'On it.' }, minute(5))
    assert.deepEqual(due([opened(), claimed()]), ['owner remind 30'])
    assert.deepEqual(due([opened(), claimed(), noted]), ['owner remind 35'])
    assert.deepEqual(due([opened(), claimed(), noted, reminded('owner', 35)]), ['owner release 65'])
    assert.deepEqual(
      due([opened(), claimed(), reminded('owner', 30), wrote(ada, { type: 'page-acknowledged' }, minute(40))]),
      ['owner remind 70'],
    )
  })

  it('gives no sign by what others write', () => {
    assert.deepEqual(due([opened(), claimed(), wrote(ben, { type: 'noted', text: 'Hello?' }, minute(20))]), [
      'owner remind 30',
    ])
  })

  it('is not waited for while a manager is to answer, and has the time again once that is over', () => {
    assert.deepEqual(due([opened(), claimed(), asked(1, 600)]), ['manager remind 61'])
    const expired = wrote(winnow, { type: 'manager-expired' }, minute(600))
    assert.deepEqual(due([opened(), claimed(), asked(1, 600), expired]), ['owner remind 630'])
  })

  it('has less time once no manager answered: the case counts as one severity worse', () => {
    const expired = wrote(winnow, { type: 'manager-expired' }, minute(600))
    assert.deepEqual(due([opened('medium'), claimed(), asked(1, 600), expired]), ['owner remind 630'])
  })
})

describe('triage/deadlines: a manager', () => {
  it('is reminded once, then the question goes to someone else, then it expires', () => {
    const passedOn = wrote(
      winnow,
      { type: 'confirmation-passed-on', from: mia, to: eve, as: 'deputy', until: minute(240) },
      minute(120),
    )
    assert.deepEqual(due([opened(), claimed(), asked(0, 120)]), ['manager remind 60'])
    assert.deepEqual(due([opened(), claimed(), asked(0, 120), reminded('manager', 60)]), ['manager pass-on 120'])
    assert.deepEqual(due([opened(), claimed(), asked(0, 120), reminded('manager', 60), passedOn]), [
      'manager remind 180',
    ])
    assert.deepEqual(due([opened(), claimed(), asked(0, 120), passedOn, reminded('manager', 180)]), [
      'manager expire 240',
    ])
  })

  it('who was not reached is not reminded: the question goes on when a reminder would be due', () => {
    const unreached = wrote(winnow, { type: 'manager-unreached', why: 'refused', detail: '' }, minute(1))
    const [first, second] = due([opened(), claimed(), asked(0, 120), unreached])
    assert.deepEqual([first, second], ['owner remind 31', 'manager pass-on 60'])
  })

  it('is waited for no more once they answered', () => {
    const answer = { answer: 'yes', from: null, to: null, note: '' } as const
    const answered = wrote(mia, { type: 'manager-answered', ...answer }, minute(50))
    assert.deepEqual(due([opened(), claimed(), asked(0, 120), answered]), ['owner remind 80'])
  })
})

describe('triage/deadlines: when people work', () => {
  // Minute 0 is Monday, 2 March 2026, 09:00 UTC.
  const hours = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: 480, to: 1020, off: [] }
  const clocks: Clocks = { ...usualClocks, hours }

  it('only their hours count, except for what is severe enough to wake someone', () => {
    assert.deepEqual(due([opened('medium'), paged('first', 450)], everyone, clocks), ['unassigned again 60'])
    const late = [opened('medium'), claimed(450)]
    assert.deepEqual(due(late, everyone, clocks), ['owner remind 1590'])
    assert.deepEqual(due([opened(), claimed(450)], everyone, clocks), ['owner remind 480'])
  })

  it('a case that counts as worse has less time, but wakes no one for that', () => {
    const expired = wrote(winnow, { type: 'manager-expired' }, minute(600))
    assert.deepEqual(due([opened('medium'), claimed(), asked(1, 600), expired], everyone, clocks), [
      'owner remind 1410',
    ])
    const released = wrote(ada, { type: 'released' }, minute(2))
    const back = [opened('medium'), claimed(), asked(1, 600), released, expired]
    assert.deepEqual(due(back, everyone, clocks), ['unassigned again 1380'])
  })

  it('each has hours of their own where they are set', () => {
    const own: Clocks = { ...clocks, hoursOf: new Map([[ada.id, { ...hours, from: 1080, to: 1320 }]]) }
    assert.deepEqual(due([opened('medium'), claimed(0)], everyone, own), ['owner remind 780'])
  })

  it('who was let sleep when an alert came is paged as soon as the night is over', () => {
    const night: Clocks = { ...usualClocks, hours: { ...hours, from: 600, to: 1020 } }
    assert.deepEqual(due([opened('medium')], everyone, night), ['unassigned again 60'])
    assert.deepEqual(due([opened('high')], everyone, night), ['unassigned again 10'])
  })
})
