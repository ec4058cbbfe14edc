import assert from 'node:assert/strict'
import { incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

type Told = { readonly caseId: string; readonly status: string; readonly group?: string }

const told = (body: unknown): readonly Told[] => Object(body).alerts

const kim = { upn: 'kim@contoso.example', name: 'Kim Karlsen' }
const lee = { upn: 'lee@contoso.example', name: 'Lee Lind' }
const travel = {
  type: 'impossible-travel',
  title: 'Impossible travel activity',
  severity: 'medium',
  occurredAt: '2026-03-02T09:00:00Z',
  people: [kim],
  addresses: [{ ip: '198.51.100.7', country: 'BR' }],
}
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 9, minutes)).toISOString()

/** A world in which alerts are grouped, with what its tests ask for. */
const grouped = () => {
  let world: World
  let teams: Actors
  let count = 0
  before(async () => {
    world = await openWorld({ groupMinutes: 30 })
    teams = actorsIn(world)
    await world.install()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const send = async (but: object = {}): Promise<Told> => {
    const { status, body, text } = await world.post({ ...travel, id: `g-${(count += 1)}`, ...but })
    assert.equal(status, 202, text)
    await world.drawn()
    const [one] = told(body)
    assert.ok(one)
    return one
  }
  const diary = async (code: string) => {
    const { diary } = await world.app().desk.look(code)
    return diary
  }
  return {
    world: () => world,
    teams: () => teams,
    send,
    diary,
    types: async (code: string) => (await diary(code)).map(({ type }) => type),
    card: (code: string) => wordsOf(teams.cardOf(code).card),
    restart: async () => {
      await world.stop()
      await world.start()
      await world.drawn()
    },
  }
}

describe('end-to-end/groups: alerts of one kind about one person', () => {
  const { teams, send, types, diary, card, restart } = grouped()
  let [first, second, third] = ['', '', '']

  it('share one card, with a counter and a list, and each has a case of its own', async () => {
    first = (await send()).caseId
    const two = await send({ occurredAt: at(10), addresses: [{ ip: '203.0.113.5', country: 'SE' }] })
    const three = await send({ occurredAt: at(20), addresses: [], title: 'Impossible travel, again' })
    ;[second, third] = [two.caseId, three.caseId]
    assert.deepEqual([two.status, two.group, three.status, three.group], ['grouped', first, 'grouped', first])
    assert.equal(new Set([first, second, third]).size, 3)
    assert.match(card(first), /3 alerts, 09:00 to 09:20/)
    assert.match(card(first), new RegExp(`Impossible travel, again · ${third}`))
    assert.equal(teams().shown(incidents).length, 1)
    assert.deepEqual(await types(second), ['opened', 'joined'])
  })

  it('are one row in the queue, with the counter', async () => {
    const [list] = await teams().say(ana, 'queue')
    assert.match(String(list), /1 open/)
    assert.match(String(list), /3 alerts/)
  })

  it('are found by the code of each, which shows the card and names the alert', async () => {
    const [shown] = await teams().say(ana, `case ${second}`, 'a:1ana')
    assert.match(String(shown), new RegExp(`Case ${second} shares this card`))
    assert.match(String(shown), /203\.0\.113\.5/)
    assert.match(String(shown), new RegExp(`Case ${first}`))
  })

  it('are one row in a search for the person, address, id or code of each, which is the one of the card', async () => {
    for (const said of [second, third, '203.0.113.5', 'g-2', 'g-', 'kim karlsen', 'travel, again']) {
      const [list] = await teams().say(ana, `find ${said}`, 'a:1ana')
      assert.match(String(list), /1 found/, said)
      assert.match(String(list), new RegExp(`3 alerts · [^]*· ${first}`), said)
      assert.doesNotMatch(String(list), new RegExp(`· (${second}|${third})`), said)
    }
  })

  it('are known when they are sent again', async () => {
    const again = await send({ id: 'g-2' })
    assert.deepEqual([again.caseId, again.status, again.group], [second, 'known', first])
    assert.deepEqual(await types(first), ['opened', 'member-joined', 'member-joined'])
  })

  it('are taken and answered once, and each diary says so in the same words, for the group', async () => {
    await teams().press(ana, teams().cardOf(first), 'Take case')
    await teams().say(ana, `${third} answer 1 It is in our list.`)
    const answered = (await diary(first)).at(-1)
    assert.ok(answered?.type === 'answered')
    for (const code of [second, third]) {
      const own = (await diary(code)).at(-1)
      assert.deepEqual(own, { ...answered, via: { group: first, line: 4 } })
      assert.equal((await diary(code)).at(-2)?.type, 'claimed')
    }
  })

  it('let one be taken out, which has a card of its own with the answers so far', async () => {
    await teams().press(ana, teams().cardOf(first), 'Take out', {})
    // The first of the list is the one that joined first.
    assert.match(card(first), /2 alerts, 09:00 to 09:20/)
    assert.match(card(second), /Assigned to Ana Analyst/)
    assert.deepEqual((await types(second)).slice(-2), ['answered', 'left-group'])
    assert.equal((await diary(second)).at(-1)?.by.name, 'Ana Analyst')
    const rows = await teams().say(ana, 'mine')
    assert.match(String(rows[0]), /2 yours/)
  })

  it('show the one that was taken out as a row of its own in a search', async () => {
    const [found] = await teams().say(ana, `find ${second}`, 'a:1ana')
    assert.match(String(found), new RegExp(`1 found[^]*· ${second}`))
  })

  it('are judged and closed once; each record has a rationale about its own alert', async () => {
    await restart()
    await teams().say(ana, `${first} verdict undetermined`)
    await teams().say(ana, `${first} close Nothing to find.`)
    for (const code of [first, third]) {
      const all = await diary(code)
      const judged = all.find(({ type }) => type === 'judged')
      assert.ok(judged?.type === 'judged')
      assert.equal(judged.because.includes('198.51.100.7'), code === first)
      assert.equal(all.at(-1)?.type, 'closed', code)
    }
    assert.equal((await types(second)).includes('judged'), false)
  })

  it('begin another group after the verdict, linked as related', async () => {
    const next = await send({ occurredAt: at(25) })
    assert.equal(next.status, 'new')
    assert.match(card(next.caseId), /Related: .*1 past/)
  })

  it('reopen together', async () => {
    await teams().say(ana, `${first} reopen Something new.`)
    assert.equal((await diary(third)).at(-1)?.type, 'reopened')
  })
})

describe('end-to-end/groups: what is not grouped', () => {
  const { teams, send } = grouped()

  it('is another person without a shared range, another kind, or an alert long after', async () => {
    await send()
    for (const but of [
      { people: [lee], addresses: [{ ip: '203.0.113.9', country: 'BR' }] },
      { type: 'activity-from-infrequent-country', title: 'Activity from infrequent country' },
      { occurredAt: at(45) },
    ]) {
      assert.equal((await send(but)).status, 'new')
    }
    assert.equal(teams().shown(incidents).length, 4)
  })

  it('is what is more severe than the card that stands', async () => {
    const high = await send({ severity: 'high', occurredAt: at(1) })
    assert.equal(high.status, 'new')
    assert.equal((await send({ severity: 'high', occurredAt: at(2) })).group, high.caseId)
    assert.equal((await send({ severity: 'low', occurredAt: at(3) })).group, high.caseId)
  })

  it('is a third who shares with only some of a group', async () => {
    const range = (host: number) => [{ ip: `192.0.2.${host}`, country: 'BR' }]
    const mona = { upn: 'mona@contoso.example', name: 'Mona Moe' }
    const one = await send({ people: [mona], addresses: range(1) })
    const other = await send({ people: [{ upn: 'nils@contoso.example' }], addresses: range(2), occurredAt: at(1) })
    assert.equal(other.group, one.caseId)
    const far = [{ ip: '198.18.0.1', country: 'SE' }]
    assert.equal((await send({ people: [mona], addresses: far, occurredAt: at(2) })).status, 'new')
  })
})

describe('end-to-end/groups: many at once', () => {
  const { world, teams, types } = grouped()

  it('begin one group, whoever comes first, and none is lost over a restart', async () => {
    const sent = Array.from({ length: 40 }, (_, index) => ({ ...travel, id: `m-${index}`, occurredAt: at(index % 20) }))
    const answers = await Promise.all(sent.map((alert) => world().post(alert)))
    const all = answers.flatMap(({ body }) => told(body))
    assert.equal(all.length, 40)
    const leaders = all.filter(({ status }) => status === 'new')
    assert.equal(leaders.length, 1)
    const leader = leaders[0]?.caseId ?? ''
    // Stopped at once: what the group has not written yet, the start writes.
    await world().stop()
    await world().start()
    await world().drawn()
    assert.equal((await types(leader)).filter((type) => type === 'member-joined').length, 39)
    assert.equal(teams().cardsOf(leader).length, 1)
    assert.match(wordsOf(teams().cardOf(leader).card), /40 alerts/)
    for (const { caseId } of all) {
      const [shown] = await teams().say(bo, `case ${caseId}`, 'a:1bo')
      assert.match(String(shown), new RegExp(`Case ${leader}`))
    }
  })
})

describe('end-to-end/groups: twins', () => {
  const { world, teams, types, diary, card, restart } = grouped()
  const id = '5fe2b7a1c0ffee0123456789'
  const own = { ...travel, id, severity: 'low' }
  const graph = (but: object = {}) => ({
    '@odata.type': '#microsoft.graph.security.alert',
    id: 'ca1f2e3d4c5b6a79880012345678',
    providerAlertId: id,
    title: 'Impossible travel',
    severity: 'medium',
    status: 'new',
    serviceSource: 'microsoftDefenderForCloudApps',
    detectionSource: 'cloudAppSecurity',
    createdDateTime: '2026-03-02T15:00:00Z',
    alertWebUrl: 'https://security.microsoft.com/alerts/ca1f2e3d4c5b6a79880012345678',
    evidence: [
      { '@odata.type': '#microsoft.graph.security.ipEvidence', ipAddress: '203.0.113.200', countryLetterCode: 'SE' },
    ],
    ...but,
  })
  let first = ''
  const send = async (body: object): Promise<Told> => {
    const { status, body: answer, text } = await world().post(body)
    assert.equal(status, 202, text)
    await world().drawn()
    const [one] = told(answer)
    assert.ok(one)
    return one
  }

  it('page whoever is on call, once, when the other source makes the case bad enough', async () => {
    await teams().say(ana, 'on call')
    const shared = '5fe2b7a1c0ffee7777777777'
    const { caseId } = await send({ ...own, id: shared, addresses: [], people: [{ upn: 'pia@contoso.example' }] })
    const pages = () =>
      world()
        .connector.messages()
        .map(({ activity }) => String(activity['text']))
        .filter((text) => text.includes(`(case ${caseId})`))
    assert.deepEqual(pages(), [])
    for (let times = 0; times < 2; times += 1)
      await send(graph({ id: 'ca7777777777777777777777', providerAlertId: shared, severity: 'high', evidence: [] }))
    assert.deepEqual(pages(), [
      `<at>Ana Analyst</at>, you're on call. High severity: Impossible travel (case ${caseId}).`,
    ])
    await teams().say(ana, 'off call')
  })

  it('are one case: the same id in another source joins it, and what it adds stands in the details', async () => {
    first = (await send(own)).caseId
    const twin = await send(graph())
    assert.deepEqual([twin.caseId, twin.status], [first, 'joined'])
    assert.equal(teams().cardsOf(first).length, 1)
    assert.match(card(first), /Also reported by Microsoft Graph/)
    assert.match(card(first), /203\.0\.113\.200 \(SE\)/)
    assert.match(card(first), /Medium severity/)
    assert.deepEqual(await types(first), ['opened', 'also-reported'])
  })

  it('change nothing when they are sent again, also after a restart', async () => {
    for (const isRestarted of [false, true]) {
      if (isRestarted) await restart()
      const again = await send(graph({ title: 'Changed' }))
      assert.deepEqual([again.caseId, again.status], [first, 'known'])
      assert.deepEqual(await types(first), ['opened', 'also-reported'])
    }
  })

  it('are found by the code that follows from their own id', async () => {
    const report = (await diary(first)).find(({ type }) => type === 'also-reported')
    assert.ok(report?.type === 'also-reported')
    const [shown] = await teams().say(ana, `case ${report.report.caseId}`, 'a:1ana')
    assert.match(String(shown), new RegExp(`is the same alert, as told by Microsoft Graph`))
    assert.match(String(shown), new RegExp(`Case ${first}`))
    for (const said of [report.report.caseId, report.report.sourceAlertId, '203.0.113.200']) {
      const [list] = await teams().say(ana, `find ${said}`, 'a:1ana')
      assert.match(String(list), new RegExp(`1 found[^]*· ${first}`), said)
    }
  })

  it('are one case also after it was closed, over a restart', async () => {
    const now = new Date().toISOString()
    const one = await send({ ...travel, id: '5fe2b7a1c0ffee9999999999', people: [lee], occurredAt: now })
    await teams().say(ana, `take ${one.caseId}`)
    await teams().say(ana, `${one.caseId} verdict undetermined`)
    await teams().say(ana, `${one.caseId} close Nothing to find.`)
    await restart()
    const twin = await send(graph({ id: 'ca9999999999999999999999', providerAlertId: '5fe2b7a1c0ffee9999999999' }))
    assert.deepEqual([twin.caseId, twin.status], [one.caseId, 'joined'])
    assert.deepEqual((await types(one.caseId)).slice(-2), ['closed', 'also-reported'])
    assert.match(card(one.caseId), /Also reported by Microsoft Graph/)
  })

  it('are recognized by type, person and time where no id is shared', async () => {
    const ana2 = { upn: 'ola@contoso.example', name: 'Ola' }
    const one = await send({ ...travel, id: 'x-1', people: [ana2], occurredAt: at(0) })
    const user = {
      '@odata.type': '#microsoft.graph.security.userEvidence',
      userAccount: { userPrincipalName: 'OLA@contoso.example', displayName: 'Ola' },
    }
    const other = graph({ id: 'ca2222222222222222222222', providerAlertId: null, evidence: [user] })
    const far = await send({ ...other, id: 'ca3333333333333333333333', firstActivityDateTime: at(3) })
    assert.notEqual(far.status, 'joined')
    const near = await send({ ...other, firstActivityDateTime: at(1) })
    assert.deepEqual([near.caseId, near.status], [one.caseId, 'joined'])
  })
})

describe('end-to-end/groups: an incident that names its alerts', () => {
  const { world, teams, types, card } = grouped()
  const alert = (id: string, upn: string, minutes: number) => ({
    alertId: id,
    title: 'Unusual thing',
    severity: 'Medium',
    status: 'New',
    serviceSource: 'MicrosoftDefenderForEndpoint',
    detectionSource: 'WindowsDefenderAv',
    incidentId: 4711,
    firstActivity: at(minutes),
    entities: [{ entityType: 'User', userPrincipalName: upn }],
  })
  const one = alert('da11111111111111111111_1', 'kim@contoso.example', 0)
  const other = alert('da22222222222222222222_2', 'lee@contoso.example', 90)

  it('links the cases of those that fit no group, those known before as well', async () => {
    const { incidentId: _, ...before } = one
    const first = told((await world().post(before)).body)[0]?.caseId ?? ''
    await world().drawn()
    const { body, status, text } = await world().post({ incidentId: 4711, incidentName: 'Many', alerts: [one, other] })
    assert.equal(status, 202, text)
    await world().drawn()
    const answers = told(body)
    assert.deepEqual(
      answers.map((answer) => answer.status),
      ['known', 'new'],
    )
    const second = answers[1]?.caseId ?? ''
    assert.deepEqual(await types(first), ['opened', 'incident-named'])
    for (const [code, linked] of [
      [first, second],
      [second, first],
    ] as const) {
      assert.match(card(code), /Related: 1 open/)
      assert.match(card(code), new RegExp(`In one incident with ${linked}`))
      assert.match(card(code), /same incident/)
    }
    assert.equal(teams().shown(incidents).length, 2)
  })
})
