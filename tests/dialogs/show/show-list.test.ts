import assert from 'node:assert/strict'
import type { FindIntent } from '../../../dialogs/find-filter.js'
import type { ListIntent } from '../../../dialogs/list-filter.js'
import type { Listed } from '../../../dialogs/show/listed.js'
import {
  type FoundRows,
  foundHeading,
  listHeading,
  pageOf,
  showFound,
  showList,
} from '../../../dialogs/show/show-list.js'
import { ben, caseId, minute } from '../../support/cast.js'
import { words } from '../../support/words.js'

const row = (but: Partial<Listed> = {}): Listed => ({
  caseId,
  line: 3,
  title: 'Impossible travel activity',
  severity: 'high',
  family: 'cloud-apps',
  people: [{ upn: 'kim@contoso.example', name: 'Kim Karlsen', objectId: null }],
  alerts: 1,
  openedAt: minute(0),
  owner: null,
  standing: { at: 'check', step: 2, of: 4 },
  waitsFor: null,
  type: 'impossible-travel',
  kind: 'Impossible travel',
  addresses: [],
  hasCard: true,
  ...but,
})
const queue: ListIntent = { kind: 'queue', filter: { family: null, atLeast: null, person: '' }, page: 1 }
const list = (rows: readonly Listed[], but: Partial<ListIntent> = {}) =>
  showList({ ...queue, ...but }, rows, minute(90), words).data

describe('dialogs/show/show-list', () => {
  it('says so when there is nothing', () => {
    const data = list([], { kind: 'mine' })
    assert.deepEqual([data.heading, data.empty, data.isEmpty], ['list.mine(count=0)', 'list.mine.empty()', true])
    assert.deepEqual([data.rows, data.hasPages, data.next, data.hasMore], [[], false, '', false])
    assert.equal(listHeading('queue', 7, words), 'list.queue(count=7)')
  })

  it('has a row for each case, in the order given: whom it is about, whose it is, how far it is', () => {
    const data = list([row(), row({ caseId: '1111-2222-3333', severity: 'low', openedAt: minute(85), owner: ben })])
    assert.deepEqual([data.heading, data.isEmpty], ['list.queue(count=2)', false])
    const first = {
      caseId,
      line: 3,
      severity: 'severity.high()',
      title: 'Impossible travel activity',
      person: 'Kim Karlsen (kim@contoso.example)',
      hasPerson: true,
      alerts: '',
      age: '1 h',
      owner: 'list.nobody()',
      standing: 'list.check(step=2, of=4)',
      waits: '',
      hasWaits: false,
      canTake: true,
    }
    const second = {
      caseId: '1111-2222-3333',
      severity: 'severity.low()',
      age: '5 min',
      owner: ben.name,
      canTake: false,
    }
    assert.deepEqual(data.rows, [first, { ...first, ...second }])
  })

  it('says what is waited for and what is left to do', () => {
    const standing = (one: Listed['standing']) => list([row({ standing: one })]).rows[0]?.standing
    const verdict = 'FP - Untagged VPN'
    assert.equal(standing({ at: 'verdict' }), 'list.verdict()')
    assert.equal(standing({ at: 'actions', verdict, open: 2 }), `list.actions(verdict=${verdict}, count=2)`)
    assert.equal(standing({ at: 'actions', verdict, open: 0 }), `list.done(verdict=${verdict})`)
    const [waiting] = list([row({ waitsFor: 'Mia\u202E' })]).rows
    assert.deepEqual([waiting?.waits, waiting?.hasWaits], ['list.waits(manager=Mia[U+202E])', true])
  })

  it('names the first person and counts the others; of nobody it says nothing', () => {
    const people = ['a', 'b', 'c'].map((upn) => ({ upn, name: null, objectId: null }))
    assert.equal(list([row({ people })]).rows[0]?.person, 'a +2')
    const [nobody] = list([row({ people: [{ upn: null, name: null, objectId: null }] })]).rows
    assert.deepEqual([nobody?.person, nobody?.hasPerson], ['', false])
  })

  it('has seven on a page, and a button for the next as long as there is one', () => {
    const many = Array.from({ length: 23 }, (_, at) => row({ caseId: `C${at}` }))
    const pages = [1, 2, 3, 4].map((page) => list(many, { page }))
    assert.deepEqual(
      pages.map(({ rows, page, next, hasMore }) => [rows.length, rows[0]?.caseId, page, next, hasMore]),
      [
        [7, 'C0', 'list.page(page=1, pages=4)', 'queue 2', true],
        [7, 'C7', 'list.page(page=2, pages=4)', 'queue 3', true],
        [7, 'C14', 'list.page(page=3, pages=4)', 'queue 4', true],
        [2, 'C21', 'list.page(page=4, pages=4)', '', false],
      ],
    )
    assert.deepEqual([list(many, { page: 99 }).page, list(many.slice(0, 7)).hasPages], [pages[3]?.page, false])
    assert.ok(pages.every(({ heading, hasPages }) => heading === 'list.queue(count=23)' && hasPages))
  })

  it('says which cases it shows, and keeps to them on the next page', () => {
    const filter = { family: 'cloud-apps', atLeast: 'high', person: 'kim' } as const
    const data = list(Array(11).fill(row()), { filter })
    assert.equal(
      data.filter,
      'filter.at-least(what=filter.cloud-apps(), severity=severity.high()), list.person(person=kim)',
    )
    assert.deepEqual([data.hasFilter, data.next], [true, 'queue 2 cloud-apps high kim'])
    assert.equal(list([], { filter }).empty, 'list.none()')
    assert.equal(list([], { filter: { ...filter, family: null, atLeast: null } }).filter, 'list.person(person=kim)')
    assert.deepEqual([list([]).filter, list([]).hasFilter], ['', false])
  })

  it('makes titles and names harmless', () => {
    const people = [{ upn: 'k\u200Bim', name: null, objectId: null }]
    const [only] = list([
      row({ title: `a\u202E${'x'.repeat(500)}`, people, owner: { id: '', name: 'Ben\u200B' } }),
    ]).rows
    assert.ok(only)
    assert.ok(only.title.startsWith('a[U+202E]') && only.title.length === 80)
    assert.deepEqual([only.owner, only.person], ['Ben[U+200B]', 'k[U+200B]im'])
  })
})

describe('dialogs/show/show-list: what was found', () => {
  const filter: FindIntent['filter'] = {
    terms: [],
    state: null,
    family: null,
    atLeast: null,
    verdict: null,
    since: null,
  }
  const shows = (but: Partial<FoundRows> = {}, page = 1, wanted: Partial<FindIntent['filter']> = {}) =>
    showFound(
      { kind: 'find', filter: { ...filter, ...wanted }, page },
      { rows: [row()], count: 1, searched: 5, of: 5, ...but },
      minute(90),
      words,
    ).data

  it('says how many there are, and has a row for each of the page', () => {
    const data = shows({ rows: [row(), row({ caseId: 'C2' })], count: 1234 })
    assert.deepEqual([data.heading, data.rows.length, data.isEmpty], ['find.found(count=1,234)', 2, false])
    assert.deepEqual([data.page, data.hasMore, data.next], ['list.page(page=1, pages=177)', true, 'find page 2'])
    assert.deepEqual([foundHeading(1, words), data.hint], ['find.one(count=1)', 'find.hint()'])
    const last = shows({ count: 11 }, 7)
    assert.deepEqual([last.page, last.hasMore, last.next], ['list.page(page=2, pages=2)', false, ''])
    assert.deepEqual(pageOf(3), { from: 14, to: 21 })
  })

  it('says what became of a closed case, which nobody can take', () => {
    const [closed] = shows({
      rows: [
        row({ owner: null, standing: { at: 'closed', verdict: 'FP - VPN\u202E', on: '2026-11-12T08:00:00.000Z' } }),
      ],
    }).rows
    assert.deepEqual([closed?.standing, closed?.canTake], ['FP - VPN[U+202E], list.closed(day=12 Nov)', false])
    const [bare] = shows({ rows: [row({ standing: { at: 'closed', verdict: '', on: minute(0) } })] }).rows
    assert.equal(bare?.standing, 'list.closed(day=2 Mar)')
    assert.equal(shows({ rows: [row({ standing: { at: 'open' } })] }).rows[0]?.standing, 'list.open()')
  })

  it('says what was looked for, with what someone typed made harmless', () => {
    const wanted = { terms: ['a\u202E', 'b'], state: 'closed', atLeast: 'high', verdict: 'B-TP', since: '7d' } as const
    const data = shows({}, 1, wanted)
    assert.equal(
      data.filter,
      'list.person(person=a[U+202E]), list.person(person=b), ' +
        'filter.at-least(what=filter.all(), severity=severity.high()), find.B-TP(), find.closed(), find.since(since=7d)',
    )
    assert.deepEqual([data.hasFilter, shows().hasFilter], [true, false])
    assert.equal(shows({ rows: [], count: 0 }).empty, 'find.none()')
  })

  it('says so when not every case was looked at', () => {
    const data = shows({ searched: 40_000, of: 100_000 })
    assert.deepEqual([data.note, data.hasNote], ['find.searched(searched=40,000, of=100,000)', true])
    assert.deepEqual([shows().note, shows().hasNote, list([row()]).hasNote], ['', false, false])
  })
})
