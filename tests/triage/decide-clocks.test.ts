import { type Person, winnow } from '../../triage/person.js'
import { ada, ben, eve, intent, mia, minute, wrote } from '../support/cast.js'
import { asked, claimed, closed, managerSaid, opened, unreached } from '../support/diary.js'
import { given } from '../support/given.js'
import { joined } from '../support/group.js'

const page = (to: readonly Person[] = [ben]) => intent(winnow, { type: 'page', to, step: 'again', why: 'unassigned' })
const remind = (person = ada, as: 'owner' | 'manager' = 'owner') =>
  intent(winnow, { type: 'remind', person, as, until: minute(60) })
const release = (from = ada, line?: number) =>
  intent(winnow, { type: 'release-silent', from }, line === undefined ? {} : { line })
const passOn = (to = eve, line = 2) =>
  intent(winnow, {
    type: 'pass-on',
    asked: line,
    to,
    as: 'deputy',
    until: minute(90),
  })
const acknowledge = (by = ben) => intent(by, { type: 'acknowledge' })

describe('triage/decide: clocks', () => {
  it('pages for a case that no one has, and for no other', () => {
    given(opened)
      .when(page())
      .then(
        wrote(winnow, {
          type: 'paged',
          to: [ben],
          step: 'again',
          why: 'unassigned',
        }),
      )
    given(opened, claimed).when(page()).thenNothing()
    given(opened, claimed, closed).when(page()).thenNothing()
    given(opened, joined()).when(page()).thenNothing()
    given(opened).when(page([])).thenNothing()
  })

  it('pages only for what it has seen the latest of, and takes an acknowledgment whatever else was written', () => {
    const noted = wrote(ada, { type: 'noted', text: 'On it.' })
    const paged = wrote(winnow, {
      type: 'paged',
      to: [ben],
      step: 'again',
      why: 'unassigned',
    })
    const seen = wrote(ben, { type: 'page-acknowledged' })
    for (const [command, event] of [
      [page(), paged],
      [acknowledge(), seen],
    ] as const) {
      given(opened, noted)
        .when({ ...command, line: 1 })
        .then(event)
      given(opened, noted)
        .when({ ...command, line: null })
        .then(event)
    }
    given(opened, noted)
      .when({ ...page(), line: 0 })
      .thenNothing()
    given(opened, noted)
      .when({ ...acknowledge(), line: 0 })
      .then(seen)
  })

  it('takes an acknowledgment from anyone while no one has the case, and else from its owner', () => {
    given(opened)
      .when(acknowledge())
      .then(wrote(ben, { type: 'page-acknowledged' }))
    given(opened, claimed).when(acknowledge()).thenRefused('not-owner', { owner: ada.name })
    given(opened, claimed)
      .when(acknowledge(ada))
      .then(wrote(ada, { type: 'page-acknowledged' }))
    given(opened, claimed, closed).when(acknowledge()).thenRefused('closed')
  })

  it('takes a tap on a card that was drawn before another page, and none on one that was acknowledged since', () => {
    const paged = wrote(winnow, {
      type: 'paged',
      to: [ben],
      step: 'again',
      why: 'unassigned',
    })
    const tap = (by: Person) => intent(by, { type: 'acknowledge' }, { line: 1 })
    given(opened, paged, paged)
      .when(tap(ben))
      .then(wrote(ben, { type: 'page-acknowledged' }))
    given(opened, paged, wrote(ada, { type: 'page-acknowledged' }))
      .when(tap(ben))
      .thenRefused('old-card')
  })

  it('reminds only whom the case waits for', () => {
    given(opened, claimed)
      .when(remind())
      .then(
        wrote(winnow, {
          type: 'reminded',
          person: ada,
          as: 'owner',
          until: minute(60),
        }),
      )
    given(opened, claimed).when(remind(ben)).thenNothing()
    const manager = remind(mia, 'manager')
    given(opened, claimed, asked)
      .when(manager)
      .then(
        wrote(winnow, {
          type: 'reminded',
          person: mia,
          as: 'manager',
          until: minute(60),
        }),
      )
    given(opened, claimed, asked, managerSaid('yes')).when(manager).thenNothing()
  })

  it('releases from that owner alone, unless anything was written since the clock looked', () => {
    given(opened, claimed)
      .when(release())
      .then(wrote(winnow, { type: 'released', why: 'silence', from: ada }))
    given(opened, claimed).when(release(ben)).thenNothing()
    given(opened, claimed, wrote(ada, { type: 'noted', text: 'On it.' }))
      .when(release(ada, 1))
      .thenNothing()
    given(opened, claimed, closed).when(release()).thenNothing()
  })

  it('passes an open question on once, also one that was not received', () => {
    const passed = wrote(winnow, {
      type: 'confirmation-passed-on',
      from: mia,
      to: eve,
      as: 'deputy',
      until: minute(90),
    })
    given(opened, claimed, asked).when(passOn()).then(passed)
    given(opened, claimed, asked, unreached()).when(passOn()).then(passed)
    given(opened, claimed, asked, passed).when(passOn(ben, 3)).thenNothing()
    given(opened, claimed, asked, managerSaid('no')).when(passOn()).thenNothing()
    given(opened, claimed, asked).when(passOn(mia)).thenNothing()
  })

  it('then takes the answer of the new person alone', () => {
    const passed = wrote(winnow, {
      type: 'confirmation-passed-on',
      from: mia,
      to: eve,
      as: 'deputy',
      until: minute(90),
    })
    const answer = {
      type: 'answer-confirmation',
      answer: 'no',
      from: null,
      to: null,
      note: '',
    } as const
    const said = {
      type: 'manager-answered',
      answer: 'no',
      from: null,
      to: null,
      note: '',
    } as const
    given(opened, claimed, asked, passed)
      .when(intent(eve, { ...answer, asked: 3 }, { line: null }))
      .then(wrote(eve, said))
    given(opened, claimed, asked, passed)
      .when(intent(mia, { ...answer, asked: 2 }, { line: null }))
      .thenRefused('not-the-manager')
  })
})
