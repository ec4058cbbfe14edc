import assert from 'node:assert/strict'
import { aboutWhom, showChannel, showManager } from '../../../dialogs/show/show.js'
import type { Event } from '../../../triage/event.js'
import { winnow } from '../../../triage/person.js'
import { ada, anAlert, ben, caseId, mia, wrote } from '../../support/cast.js'
import {
  answered,
  asked,
  askedOf,
  claimed,
  closed,
  managerSaid,
  opened,
  openedWith,
  unreached,
  untilJudged,
  withoutWords,
} from '../../support/diary.js'
import { memberJoined } from '../../support/group.js'
import { other, travel } from '../../support/guides.js'
import { dataOf, seenAfter } from '../../support/seen.js'

const waiting = [opened, claimed, asked] as const
const expired = wrote(winnow, { type: 'manager-expired' })

/** What the analyst's card says of the manager where a check allows to ask: the second one, `journey`. */
const part = (...more: readonly Event[]) =>
  dataOf(showChannel(seenAfter(...waiting, answered('address', 'ours'), ...more)), 'work').manager

describe('dialogs/show: what the analyst’s card says of a question to a manager', () => {
  it('in a group with other people says about whom alone it is, and nothing of it where there are none', () => {
    const ola = { upn: 'ola@contoso.example', objectId: null, name: 'Ola' }
    const { people } = anAlert()
    assert.match(part(memberJoined({ people: [ola] })).state, /manager\.only-about\(about=Kim Karlsen\)/)
    assert.doesNotMatch(part(memberJoined({ people })).state, /only-about/)
    assert.doesNotMatch(part().state, /only-about/)
  })
})

describe('dialogs/show: the manager’s card', () => {
  it('is not there when nobody was asked', () => {
    assert.equal(showManager(seenAfter(opened, claimed)), null)
  })

  it('asks in plain words who, what and until when, and names the case so that the question can be checked', () => {
    const data = dataOf(showManager(seenAfter(...waiting)), 'question')
    assert.deepEqual([data.caseId, data.line], [caseId, 2])
    assert.deepEqual([data.who, data.asker, data.until], ['Kim Karlsen', ada.name, '2 Mar 2026, 10:00 UTC'])
    assert.equal(data.ask, 'Was Kim Karlsen in Norway and Brazil then?')
    assert.deepEqual(
      data.facts.map(({ name }) => name),
      ['fact.when()', 'fact.from()'],
    )
    assert.deepEqual([data.notice, data.hasNotice], ['', false])
  })

  it('keeps the line of its question, whatever else happens in the case', () => {
    assert.equal(dataOf(showManager(seenAfter(...waiting, answered('address', 'ours'))), 'question').line, 2)
  })

  it('asks in the words it was first asked in, whatever the guide says now', () => {
    const { ask } = dataOf(showManager({ ...seenAfter(...waiting), guide: other }), 'question')
    assert.equal(ask, 'Was Kim Karlsen in Norway and Brazil then?')
  })

  it('asks in the guide’s words where the record has none, and plainly where the guide has none either', () => {
    const old = seenAfter(opened, claimed, withoutWords(asked))
    assert.match(dataOf(showManager(old), 'question').ask, /^Was Kim Karlsen in Norway/)
    assert.equal(dataOf(showManager({ ...old, guide: other }), 'question').ask, 'question.ask()')
  })

  it('thanks for the answer, which can be corrected', () => {
    const data = dataOf(showManager(seenAfter(...waiting, managerSaid('yes'))), 'thanks')
    assert.deepEqual(
      [data.title, data.text],
      ['thanks.answered()', `thanks.answered.text(answer=manager.yes(), asker=${ada.name})`],
    )
    assert.deepEqual([data.canChange, data.who, data.line], [true, 'Kim Karlsen', 2])
  })

  it('says when it is over, with or without an answer', () => {
    const late = dataOf(showManager(seenAfter(...waiting, expired)), 'thanks')
    assert.deepEqual([late.title, late.canChange], ['thanks.expired()', false])
    const over = dataOf(showManager(seenAfter(...untilJudged, asked, closed)), 'thanks')
    assert.deepEqual([over.title, over.canChange], ['thanks.closed()', false])
    const answeredThenClosed = dataOf(
      showManager(seenAfter(...untilJudged, asked, managerSaid('no'), closed)),
      'thanks',
    )
    assert.deepEqual([answeredThenClosed.title, answeredThenClosed.canChange], ['thanks.answered()', true])
  })

  it('says on the question why a click had no effect', () => {
    const data = dataOf(showManager(seenAfter(...waiting), 'Those dates don’t fit.'), 'question')
    assert.deepEqual([data.notice, data.hasNotice], ['Those dates don’t fit.', true])
  })

  it('does not let a name or a note turn the text', () => {
    const about = askedOf(mia, 'Kim\u202E')
    const data = dataOf(showManager(seenAfter(opened, claimed, about)), 'question')
    assert.equal(data.who, 'Kim[U+202E]')
  })
})

describe('dialogs/show: the manager on the analyst’s card', () => {
  it('stands above the options of the check it was asked for, with the option it points to marked', () => {
    const seen = (...more: readonly Event[]) => seenAfter(...waiting, managerSaid('yes'), ...more)
    const checks = travel.checks.map((check) =>
      check.manager ? { ...check, manager: { ...check.manager, suggests: { yes: 'yes' } } } : check,
    )
    const workOf = (...more: readonly Event[]) =>
      dataOf(showChannel({ ...seen(...more), guide: { ...travel, checks } }), 'work')
    const elsewhere = workOf()
    assert.deepEqual([elsewhere.check, elsewhere.hasWordHere, elsewhere.hasWordElsewhere], ['address', false, true])
    assert.ok(elsewhere.options.every(({ isSuggested, suggestion }) => !isSuggested && suggestion === ''))
    const here = workOf(answered('address', 'ours'))
    assert.deepEqual([here.check, here.hasWordHere, here.hasWordElsewhere], ['journey', true, false])
    assert.deepEqual(
      here.options.flatMap(({ value, isSuggested, suggestion }) => (isSuggested ? [value, suggestion] : [])),
      ['yes', `option.suggested(manager=${mia.name})`],
    )
  })

  it('can be asked where the check allows it, and when the verdict is due', () => {
    const manager = (...more: readonly Event[]) => {
      const view = showChannel(seenAfter(opened, claimed, ...more))
      return view.card === 'work' || view.card === 'verdict' ? view.data.manager : null
    }
    const nobody = { canAsk: false, canAskAgain: false, canAllow: false, state: '', hasState: false }
    assert.deepEqual(manager(), nobody)
    assert.deepEqual(manager(answered('address', 'ours')), { ...nobody, canAsk: true })
    assert.deepEqual(manager(answered('address', 'unknown'), answered('journey', 'unknown')), {
      ...nobody,
      canAsk: true,
    })
    assert.equal(dataOf(showChannel(seenAfter(...untilJudged)), 'judged').manager.canAsk, true)
    assert.equal(dataOf(showChannel({ ...seenAfter(opened, claimed), guide: other }), 'verdict').manager.canAsk, false)
  })

  it('is being asked, has answered or has not', () => {
    assert.deepEqual(part(), {
      canAsk: false,
      canAskAgain: false,
      canAllow: false,
      state: `manager.state.asked(manager=${mia.name}, at=2 Mar 09:00 UTC, until=2 Mar 10:00 UTC, answer=, dates=, note=)`,
      hasState: true,
    })
    const said = part(managerSaid('yes', '2026-02-27', null, 'Fair.'))
    // Asking once more is for the rare case, and not among the next things to do.
    assert.deepEqual([said.canAsk, said.canAskAgain], [false, true])
    assert.ok(said.state.startsWith('manager.state.answered('))
    assert.match(said.state, /answer=manager\.yes\(\), dates= manager\.dates\(from=2026-02-27, to=\?\), note= “Fair\.”/)
    const silent = part(expired)
    assert.ok(silent.canAsk && silent.state.startsWith('manager.state.expired('))
  })

  it('was refused, and can be allowed by a lead; then that is said, until somebody is asked', () => {
    const doubts = [{ kind: 'changed', on: '2026-03-01' }] as const
    const refused = wrote(ada, { type: 'manager-doubted', manager: mia, doubts })
    const allowed = wrote(ben, { type: 'verifier-allowed', manager: mia, despite: doubts, reason: 'Called.' })
    const standing = (...more: readonly Event[]) => {
      const before = [opened, claimed, answered('address', 'ours'), refused] as const
      const { state, canAllow, canAsk } = dataOf(showChannel(seenAfter(...before, ...more)), 'work').manager
      return [state.replace(/\(.*$/, ''), canAllow, canAsk]
    }
    assert.deepEqual(standing(), ['manager.not-asked', true, true])
    assert.deepEqual(standing(allowed), ['manager.allowed', false, true])
    assert.deepEqual(standing(allowed, asked), ['manager.state.asked', false, false])
  })

  it('could not be reached, and can be asked again', () => {
    for (const why of ['refused', 'unknown'] as const) {
      assert.deepEqual(part(unreached(why)), {
        canAsk: true,
        canAskAgain: false,
        canAllow: false,
        state: `manager.unreached(manager=${mia.name}, detail=Blocked)`,
        hasState: true,
      })
    }
  })

  it('has answered even when the question was thought lost', () => {
    assert.match(
      part(unreached('unknown'), managerSaid('no')).state,
      /^manager\.state\.answered\(.*answer=manager\.no\(\)/,
    )
  })
})

describe('dialogs/show: aboutWhom', () => {
  it('is the first person of the alert, as well as it is known', () => {
    const about = (people: ReturnType<typeof anAlert>['people']) => aboutWhom(seenAfter(openedWith({ people })))
    const person = { upn: null, objectId: null, name: null }
    assert.equal(about([{ ...person, upn: 'kim@contoso.example', name: 'Kim' }]), 'Kim (kim@contoso.example)')
    assert.equal(about([{ ...person, upn: 'kim@contoso.example' }]), 'kim@contoso.example')
    assert.equal(
      about([
        { ...person, name: 'Kim' },
        { ...person, name: 'Lee' },
      ]),
      'Kim',
    )
    assert.equal(about([{ ...person, objectId: 'o-1' }]), 'o-1')
    assert.deepEqual([about([person]), about([])], ['', ''])
  })
})
