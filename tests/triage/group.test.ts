import assert from 'node:assert/strict'
import type { Alert } from '../../triage/alert.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import {
  areTwins,
  everyoneIn,
  fitsInto,
  groupLedBy,
  groupOf,
  idsOf,
  isInTime,
  kindOf,
  mostInGroup,
  reportOf,
  tiesOf,
  withMember,
} from '../../triage/group.js'
import { winnow } from '../../triage/person.js'
import { isOpen, staleCards } from '../../triage/stale-cards.js'
import { ada, aCard, anAlert, ben, intent, minute, wrote } from '../support/cast.js'
import {
  answered,
  asked,
  claimed,
  closed,
  judged,
  judgedAs,
  opened,
  openedWith,
  untilClosed,
  untilJudged,
} from '../support/diary.js'
import { given } from '../support/given.js'
import { aMember, aReport, joined, leaderId, memberJoined } from '../support/group.js'

const lee = { upn: 'lee@contoso.example', objectId: null, name: 'Lee Lind' }
const ip = (text: string): Alert['addresses'] => [{ ip: text, country: null }]
const after = (...diary: readonly Event[]) => {
  const state = replay(diary)
  assert.ok(state)
  return state
}

describe('triage/group: what holds alerts together', () => {
  it('is a person by each name they have, and the /24 or /64 of a public address', () => {
    const people = [{ upn: 'Kim@Contoso.example', objectId: 'A-1', name: 'Kim' }]
    const addresses = [...ip('192.0.2.10'), ...ip('192.0.2.11'), ...ip('2001:DB8::1'), ...ip('2001:db8:0:0:5::')]
    const inside: Alert['addresses'] = [{ ip: '10.0.0.1', country: null, range: 'private' }, ...ip('nonsense')]
    assert.deepEqual(tiesOf({ people, addresses: [...addresses, ...inside] }), [
      'person kim@contoso.example',
      'person a-1',
      'range 192.0.2.0/24',
      'range 2001:db8:0:0::/64',
    ])
  })

  it('is the type, samples apart; of what no guide knows it is the title', () => {
    const kind = (but: Partial<Alert>) => kindOf(anAlert(but))
    assert.equal(kind({ title: 'One' }), kind({ title: 'Other' }))
    assert.notEqual(kind({ sample: true }), kind({}))
    assert.notEqual(kind({ type: 'other', title: 'One' }), kind({ type: 'other', title: 'Two' }))
    assert.equal(kind({ type: 'other', title: 'Odd activities' }), kind({ type: 'other', title: 'odd activity' }))
  })

  it('must be shared by all of a group: different people without a shared range are never one', () => {
    const [kim] = [anAlert({ addresses: ip('192.0.2.1') })]
    const both = withMember(groupOf(kim), anAlert({ people: [lee], addresses: ip('192.0.2.2') }))
    assert.deepEqual(both.ties, ['range 192.0.2.0/24'])
    assert.equal(fitsInto(both, anAlert({ addresses: ip('198.51.100.7') })), false)
    assert.equal(fitsInto(both, anAlert({ people: [lee], addresses: [] })), false)
    assert.equal(fitsInto(both, anAlert({ people: [], addresses: ip('192.0.2.3') })), true)
  })

  it('hides nothing severe in what is less severe, and has room for so many', () => {
    const group = groupOf(anAlert({ severity: 'medium' }))
    for (const [severity, fits] of [
      ['low', true],
      ['medium', true],
      ['high', false],
    ] as const) {
      assert.equal(fitsInto(group, anAlert({ severity })), fits, severity)
    }
    assert.equal(fitsInto({ ...group, size: mostInGroup - 1 }, anAlert()), true)
    assert.equal(fitsInto({ ...group, size: mostInGroup }, anAlert()), false)
  })

  it('is close in time: so long after the last or before the first, and four hours at the most', () => {
    const from = groupOf(anAlert({ occurredAt: minute(0) }))
    const inTime = (at: string, group = from) => isInTime(group, { occurredAt: at }, 30 * 60_000)
    assert.deepEqual(
      [minute(30), minute(31), minute(-30), minute(-31)].map((at) => inTime(at)),
      [true, false, true, false],
    )
    const long = withMember(from, anAlert({ occurredAt: minute(230) }))
    assert.deepEqual(
      [minute(240), minute(241)].map((at) => inTime(at, long)),
      [true, false],
    )
  })
})

describe('triage/group: the same alert from two sources', () => {
  const twin = (but: Partial<Alert> = {}) => ({ ...anAlert(but), ids: idsOf(anAlert(but)) })
  const id = '5fe2b7a1c0ffee0123456789'
  const same = { source: 'graph', title: 'Another title', addresses: [] } as const

  it('is one with an id of the other, whatever else they say', () => {
    const one = twin({ source: 'cloud-apps', sourceAlertId: id })
    const other = twin({
      source: 'graph',
      otherIds: [id.toUpperCase()],
      type: 'other',
      people: [],
      occurredAt: minute(999),
    })
    assert.equal(areTwins(one, other), true)
    assert.equal(areTwins({ ...one, source: 'graph' }, other), false)
    assert.equal(areTwins({ ...one, sample: true }, other), false)
  })

  it('has ids that no one else uses by chance: a short one or a mere word is none', () => {
    const ids = ['4711', 'alert-number-twenty-two', id, 'fac479ec-3566-dce6-0ae3-a90c4af39175', 'ca' + id]
    assert.deepEqual(idsOf({ sourceAlertId: '1', otherIds: ids }), ids.slice(2))
  })

  it('is else of one type, about one person, within two minutes, with nothing that says otherwise', () => {
    const one = twin({ occurredAt: minute(10) })
    const is = (but: Partial<Alert>) => areTwins(one, twin({ ...same, occurredAt: minute(12), ...but }))
    assert.equal(is({}), true)
    assert.equal(is({ occurredAt: minute(13) }), false)
    assert.equal(is({ people: [lee] }), false)
    assert.equal(is({ people: [] }), false)
    assert.equal(is({ type: 'risky-sign-in' }), false)
    assert.equal(is({ addresses: ip('203.0.113.9') }), false)
    assert.equal(is({ addresses: ip('192.0.2.10') }), true)
    assert.equal(is({ timeIs: 'arrival' }), false)
    assert.equal(is({ source: 'winnow' }), false)
    assert.equal(
      areTwins(
        twin({ type: 'other', occurredAt: minute(10) }),
        twin({ ...same, type: 'other', occurredAt: minute(10) }),
      ),
      false,
    )
  })

  it('adds what was not known: people, places, apps, resources, and where to look', () => {
    const known = anAlert({ addresses: [...ip('192.0.2.10'), { ip: '198.51.100.7', country: 'BR' }] })
    const other = anAlert({
      people: [...known.people, lee],
      addresses: [{ ip: '192.0.2.10', country: 'NO' }, ...ip('198.51.100.7'), ...ip('203.0.113.9')],
      apps: ['exchange online', 'Teams'],
      link: 'https://security.microsoft.com/alerts/x',
    })
    const report = reportOf('TW1N', other, known)
    assert.deepEqual(report.adds, {
      people: [lee],
      addresses: [{ ip: '192.0.2.10', country: 'NO' }, ...ip('203.0.113.9')],
      apps: ['Teams'],
      resources: [],
    })
    assert.equal(report.link, other.link)
    assert.equal(reportOf('TW1N', known, known).link, null)
  })

  it('raises the severity of the case, and never lowers it', () => {
    const severity = (from: Alert['severity'], to: Alert['severity']) =>
      after(openedWith({ severity: from }), wrote(winnow, { type: 'also-reported', report: aReport({ severity: to }) }))
        .alert.severity
    assert.deepEqual([severity('low', 'high'), severity('high', 'low')], ['high', 'high'])
  })

  it('is written once, whatever became of the case', () => {
    const report = aReport()
    const note = intent(winnow, { type: 'note-report', report }, { line: null })
    const written = wrote(winnow, { type: 'also-reported', report })
    given(opened).when(note).then(written)
    given(...untilClosed)
      .when(note)
      .then(written)
    given(opened, written).when(note).thenNothing()
  })
})

describe('triage/decide: a group', () => {
  const member = aMember()
  const add = (but: object = {}) =>
    intent(winnow, { type: 'add-member', member: { ...member, ...but } }, { line: null })

  it('takes in what fits, once, as long as there is no verdict', () => {
    given(opened).when(add()).then(memberJoined())
    given(opened, claimed, answered('address', 'ours')).when(add()).then(memberJoined())
    given(opened, memberJoined()).when(add()).thenNothing()
    given(opened)
      .when(add({ severity: 'high' }))
      .thenRefused('group-full')
    given(opened)
      .when(add({ people: [lee], addresses: [] }))
      .thenRefused('group-full')
    given(...untilJudged)
      .when(add())
      .thenRefused('group-full')
    given(...untilClosed)
      .when(add())
      .thenRefused('closed')
    given(opened, joined()).when(add()).thenRefused('group-full')
  })

  it('is not judged by who has not seen all of it', () => {
    const verdict = (line: number) => intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' }, { line })
    const diary = [opened, claimed, answered('address', 'ours'), memberJoined()]
    given(...diary)
      .when(verdict(2))
      .thenRefused('old-card')
    given(...diary)
      .when(verdict(3))
      .then(judged)
  })

  it('lets a member be taken out by the owner, and by anybody while nobody has it; it does not come back', () => {
    const takeOut = (by = ada, code = member.caseId) => intent(by, { type: 'take-out', member: code })
    const out = (by = ada) => wrote(by, { type: 'member-taken-out', caseId: member.caseId, title: member.title })
    given(opened, memberJoined()).when(takeOut(ben)).then(out(ben))
    given(opened, memberJoined(), claimed).when(takeOut()).then(out())
    given(opened, memberJoined(), claimed).when(takeOut(ben)).thenRefused('not-owner')
    given(opened, memberJoined())
      .when(takeOut(ada, 'N0NE-0000-0000'))
      .thenRefused('no-member', { code: 'N0NE-0000-0000' })
    given(...untilClosed.slice(0, 1), memberJoined(), ...untilClosed.slice(1))
      .when(takeOut())
      .thenRefused('closed')
    given(opened, memberJoined(), out()).when(add()).thenNothing()
    assert.equal(groupLedBy(after(opened, memberJoined(), out())).size, 1)
  })

  it('names everybody in it, for nobody decides about themselves', () => {
    const state = after(opened, memberJoined({ people: [lee] }))
    assert.deepEqual(
      everyoneIn(state).map(({ upn }) => upn),
      ['kim@contoso.example', 'lee@contoso.example'],
    )
  })
})

describe('triage/decide: a member of a group', () => {
  const said = (...events: readonly Event[]) => events.map((event, index) => ({ line: index + 1, event }))
  const follow = (...events: readonly Event[]) =>
    intent(winnow, { type: 'follow', leader: leaderId, said: said(...events) }, { line: null })
  const via = (line: number) => ({ via: { group: leaderId, line } })
  const reply = wrote(ada, { type: 'manager-answered', answer: 'yes', from: null, to: null, note: '' })

  it('says what its group says, in the same words, by the same people, each line once', () => {
    given(opened, joined())
      .when(follow(claimed, answered('address', 'ours')))
      .then({ ...claimed, ...via(1) }, { ...answered('address', 'ours'), ...via(2) })
    given(opened, joined(), { ...claimed, ...via(1) })
      .when(follow(claimed, answered('address', 'ours')))
      .then({ ...answered('address', 'ours'), ...via(2) })
  })

  it('is not told what concerns one alert alone: members, reports, and what a manager was asked', () => {
    given(opened, joined())
      .when(follow(memberJoined(), asked, claimed))
      .then({ ...claimed, ...via(3) })
  })

  it('is told what the manager answered, which points to no answer here', () => {
    given(opened, joined())
      .when(follow(asked, reply))
      .then({ ...reply, ...via(2) })
    assert.equal(after(opened, joined(), { ...reply, ...via(2) }).confirmation, null)
  })

  it('has a rationale about its own alert', () => {
    const own = openedWith({ people: [lee], addresses: ip('203.0.113.9') })
    const decision = after(own, joined(), { ...answered('address', 'ours'), ...via(1) })
    given(own, joined(), { ...answered('address', 'ours'), ...via(1) })
      .when(intent(winnow, { type: 'follow', leader: leaderId, said: [{ line: 2, event: judged }] }, { line: null }))
      .then({
        ...judgedAs({
          because:
            'Alert at 2026-03-02 08:41 UTC: lee@contoso.example, app Exchange Online. ' +
            'What of address? It is ours. 203.0.113.9 belongs to a VPN of ours.',
        }),
        at: judged.at,
        by: judged.by,
        ...via(2),
      })
    assert.equal(decision.followed, 1)
  })

  it('follows no other group than its own, and none as the same alert', () => {
    given(opened).when(follow(claimed)).thenNothing()
    given(opened, joined('twin')).when(follow(claimed)).thenNothing()
  })

  it('has no card, and wants none until it leaves; as the same alert it wants nothing at all', () => {
    const cards = { channel: aCard('channel') }
    const left = wrote(ada, { type: 'left-group', leader: leaderId, why: 'taken-out' })
    assert.deepEqual(staleCards(after(opened, joined()), {}), [])
    assert.deepEqual(staleCards(after(opened, joined(), left), {}), ['channel'])
    assert.equal(isOpen(after(opened, joined()), {}), true)
    assert.equal(isOpen(after(opened, joined(), { ...closed, ...via(9) }), {}), false)
    assert.equal(isOpen(after(opened, joined('twin')), cards), false)
  })
})
