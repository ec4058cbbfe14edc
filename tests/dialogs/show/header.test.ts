import assert from 'node:assert/strict'
import { showChannel } from '../../../dialogs/show/show.js'
import type { Event } from '../../../triage/event.js'
import { ada, ben, caseId, wrote } from '../../support/cast.js'
import { claimed, opened, openedWith } from '../../support/diary.js'
import { dataOf, seenAfter } from '../../support/seen.js'

const work = (...more: readonly Event[]) => dataOf(showChannel(seenAfter(opened, claimed, ...more)), 'work')

describe('dialogs/show/header: the top of every card', () => {
  it('says what happened, how bad it is, and carries what a click needs: the case and its newest line', () => {
    const top = work()
    assert.deepEqual([top.caseId, top.line, top.owner], [caseId, 1, ada.name])
    assert.deepEqual(
      [top.title, top.kind, top.severity, top.style],
      ['Impossible travel activity', 'Impossible travel', 'severity.medium()', 'warning'],
    )
    assert.deepEqual(
      [top.isSample, top.isPreview, top.link, top.hasLink],
      [false, false, 'https://security.example/alerts/a-1', true],
    )
    assert.deepEqual([top.notice, top.hasNotice], ['', false])
  })

  it('gives the facts the alert has, and no others', () => {
    const { facts } = dataOf(showChannel(seenAfter(opened)), 'new')
    assert.deepEqual(
      facts.map(({ name, value }) => `${name} ${value}`),
      [
        'fact.when() 2 Mar 2026, 08:41 UTC, time.before(age=19 min)',
        'fact.who() Kim Karlsen (kim@contoso.example)',
        'fact.from() 192.0.2.10 (NO), 198.51.100.7 (BR)',
        'fact.app() Exchange Online',
        'fact.tactic() initial access',
      ],
    )
    const many = { resources: ['a', 'b', 'c', 'd', 'e'], people: [{ upn: null, objectId: null, name: ' ' }] }
    const crowded = dataOf(showChannel(seenAfter(openedWith(many))), 'new').facts
    assert.deepEqual(
      crowded.flatMap(({ name, value }) => (name === 'fact.resource()' ? value : [])),
      ['a', 'b', 'c (3 of 5)'],
    )
    assert.ok(!crowded.some(({ name }) => name === 'fact.who()'))
  })

  it('tells the city, the network, the operation and the technique where the source does', () => {
    const alert = {
      addresses: [{ ip: '198.51.100.7', country: 'BR', city: 'São Paulo', network: 'AS64496 Example Hosting' }],
      operations: ['Microsoft.KeyVault/vaults/write'],
      techniques: ['T1078'],
    } as const
    const { facts } = dataOf(showChannel(seenAfter(openedWith(alert))), 'new')
    const said = Object.fromEntries(facts.map(({ name, value }) => [name, value]))
    assert.equal(said['fact.from()'], '198.51.100.7 (São Paulo, BR, AS64496 Example Hosting)')
    assert.equal(said['fact.operation()'], 'Microsoft.KeyVault/vaults/write')
    assert.equal(said['fact.technique()'], 'T1078')
  })

  it('keeps the whole id of a resource, and says how many there are; of a list that was cut before, at least how many', () => {
    const id = `/subscriptions/${'0'.repeat(36)}/resourceGroups/${'g'.repeat(90)}/providers/Microsoft.Compute/virtualMachines/${'v'.repeat(60)}`
    const twenty = Array.from({ length: 20 }, (_, at) => ({ ip: `192.0.2.${at + 1}`, country: null }))
    const { facts } = dataOf(showChannel(seenAfter(openedWith({ resources: [id, 'b'], addresses: twenty }))), 'new')
    assert.ok(facts.some(({ name, value }) => name === 'fact.resource()' && value === id))
    assert.ok(facts.some(({ value }) => value === '192.0.2.1, 192.0.2.2, 192.0.2.3 (3 of 20 or more)'))
  })

  it('tells when it happened in the reader’s zone, and how long before it arrived, unless that is the same', () => {
    const when = (occurredAt: string) =>
      dataOf(showChannel({ ...seenAfter(openedWith({ occurredAt })), zone: 'Europe/Oslo' }), 'new').facts[0]?.value
    assert.equal(when('2026-03-02T06:00:00.000Z'), '2 Mar 2026, 07:00 Europe/Oslo (06:00 UTC), time.before(age=3 h)')
    assert.equal(when('2026-03-02T08:59:01.000Z'), '2 Mar 2026, 09:59 Europe/Oslo (08:59 UTC)')
  })

  it('tells apart who is no person, which addresses are private, and what had to be assumed about the time', () => {
    const alert = {
      timeIs: 'zoneless',
      people: [],
      identities: [
        { kind: 'service-principal', name: 'build-agent', id: 'x' },
        { kind: 'object-id', name: null, id: '0a1b' },
      ],
      addresses: [{ ip: '10.0.0.4', country: null, range: 'private' }],
    } as const
    const { facts, subject } = dataOf(showChannel(seenAfter(openedWith(alert))), 'new')
    assert.equal(subject, 'build-agent +1 · 10.0.0.4 · Exchange Online')
    const said = Object.fromEntries(facts.map(({ name, value }) => [name, value]))
    assert.equal(said['fact.when()'], '2 Mar 2026, 08:41 UTC (time.zoneless()), time.before(age=19 min)')
    assert.equal(said['fact.from()'], '10.0.0.4 (address.private())')
    assert.equal(said['fact.identity()'], 'build-agent (identity.service-principal()), 0a1b (identity.object-id())')
  })

  it('says which characters of an alert mislead the eye, first of all', () => {
    const trapsOf = (alert: Parameters<typeof openedWith>[0]) =>
      dataOf(showChannel(seenAfter(openedWith(alert))), 'new').facts.filter(({ name }) => name === 'fact.traps()')
    assert.deepEqual(trapsOf({ title: 'Impossible travel activity', apps: ['Café “Zürich”', 'Почта', '製品'] }), [])
    const [posing] = trapsOf({ apps: ['Мicrosоft Teams'] })
    assert.equal(
      posing?.value,
      'trap.letters(word=Мicrosоft, letters=trap.letter(letter=М, script=script.cyrillic(), code=U+041C), trap.letter(letter=о, script=script.cyrillic(), code=U+043E))',
    )
    const [hidden] = trapsOf({ title: 'in\u202Evoice', description: 'a\u200Bb' })
    assert.equal(hidden?.value, 'trap.direction(code=U+202E); trap.hidden(code=U+200B)')
  })

  it('links to known portals only, and tells of any other link where it would lead', () => {
    const { link, hasLink, facts } = dataOf(
      showChannel(seenAfter(openedWith({ link: 'https://evil.example/https://security.example/' }))),
      'new',
    )
    assert.deepEqual([link, hasLink], ['', false])
    assert.deepEqual(facts.at(-1), { name: 'fact.link()', value: 'evil.example' })
  })

  it('takes the colour from the severity and marks samples', () => {
    const styles = (['high', 'medium', 'low', 'informational'] as const).map((severity) => {
      const alert = { severity, sample: true, link: null }
      const { style, isSample, link, hasLink } = dataOf(showChannel(seenAfter(openedWith(alert))), 'new')
      assert.deepEqual([isSample, link, hasLink], [true, '', false])
      return style
    })
    assert.deepEqual(styles, ['attention', 'warning', 'accent', 'default'])
  })

  it('bears a notice for who clicked in vain, made harmless', () => {
    const { notice, hasNotice } = dataOf(showChannel(seenAfter(opened), 'Ben\u202E has it.'), 'new')
    assert.deepEqual([notice, hasNotice], ['Ben[U+202E] has it.', true])
  })

  it('makes what the source wrote harmless', () => {
    const alert = { title: `Pay\u202Elap\n${'x'.repeat(999)}`, description: '\u200B'.repeat(9000) }
    const { title, description } = dataOf(showChannel(seenAfter(openedWith(alert))), 'new')
    assert.ok(title.startsWith('Pay[U+202E]lap x') && title.length === 80)
    assert.ok(description.startsWith('[U+200B]') && description.length <= 500)
  })

  it('ends with the newest eight lines of history', () => {
    const notes = Array.from({ length: 12 }, (_, at) => wrote(ben, { type: 'noted', text: `n${at}` }))
    const { history } = work(...notes)
    assert.equal(history.length, 8)
    assert.deepEqual(history.at(-1), { when: '2 Mar 09:00 UTC', what: `history.noted(by=${ben.name}, text=n11)` })
  })
})
