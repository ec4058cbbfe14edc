import assert from 'node:assert/strict'
import { replay } from '../../triage/evolve.js'
import {
  type PastVerdict,
  contradicted,
  kindsOf,
  kindsOfLookUp,
  pastVerdictOf,
  proposalFor,
  rangeOf,
  recalled,
  thingsOf,
} from '../../triage/memory.js'
import { ada, intent } from '../support/cast.js'
import { answered, claimed, opened, judged, judgedAs, openedWith, untilJudged } from '../support/diary.js'
import { given } from '../support/given.js'
import { aCheck } from '../support/guides.js'

const things = thingsOf({
  people: [{ upn: 'Kim@contoso.example', objectId: null, name: 'Kim' }],
  addresses: [
    { ip: '198.51.100.7', country: 'BR' },
    { ip: '10.0.0.1', country: null, range: 'private' },
  ],
  apps: ['Mail'],
  resources: [],
})
const past = (caseId: string, day: number, but: Partial<PastVerdict> = {}): PastVerdict => ({
  caseId,
  type: 'impossible-travel',
  verdict: 'fp-untagged-vpn',
  class: 'FP',
  label: 'Untagged VPN',
  at: `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`,
  occurredAt: '2026-03-01T09:00:00.000Z',
  things,
  ...but,
})
const tp = { verdict: 'tp', class: 'TP', label: 'Account compromised' } as const
const everything = ['address', 'range', 'person', 'app', 'resource'] as const

describe('triage/memory: what an alert is remembered by', () => {
  it('is its addresses with their ranges, people, apps and resources; private addresses are no one’s', () => {
    assert.deepEqual(
      things.map(({ kind, name }) => `${kind} ${name}`),
      ['address 198.51.100.7', 'range 198.51.100.0/24', 'person kim@contoso.example', 'app mail'],
    )
    assert.deepEqual(
      [rangeOf('2001:db8:1:2::5'), rangeOf('2001:db8::1'), rangeOf('a.b')],
      ['2001:db8:1::/48', null, null],
    )
  })

  it('is remembered once judged, unless it is a sample or shares another case’s card', () => {
    const after = (...events: readonly Parameters<typeof replay>[0][number][]) => {
      const state = replay(events)
      assert.ok(state)
      return pastVerdictOf(state)
    }
    assert.equal(after(...untilJudged)?.verdict, 'fp-vpn')
    assert.equal(after(opened, claimed), null)
    assert.equal(after(openedWith({ sample: true }), claimed, judged), null)
  })

  it('bears on a check by what its registers hold and its places and queries look for', () => {
    const kinds = new Map([['sign-ins', kindsOfLookUp({ links: ['https://x.example/{user}'], query: null })]])
    assert.deepEqual(kindsOf(aCheck('a', [], { registers: { networks: { vpn: 'ours' } } }), kinds), [
      'address',
      'range',
    ])
    assert.deepEqual(kindsOf(aCheck('a', [], { look: ['sign-ins', 'elsewhere'] }), kinds), ['person'])
    assert.deepEqual(kindsOf(aCheck('a', []), kinds), [])
    assert.deepEqual(kindsOfLookUp({ links: [], query: 'in ({addresses}) {apps} {resource}' }), [
      'address',
      'range',
      'app',
      'resource',
    ])
  })
})

describe('triage/memory: what is recalled', () => {
  it('is a true positive first, then what shares the address, each with how often and the newest', () => {
    const elsewhere = things.filter(({ kind }) => kind === 'range')
    const found = recalled(
      [past('A', 2), past('B', 5), past('C', 9, { things: elsewhere }), past('D', 1, { ...tp, things: elsewhere })],
      things,
      everything,
    )
    assert.deepEqual(
      found.map(({ thing, count, newest }) => [newest.class, thing.kind, count, newest.caseId]),
      [
        ['TP', 'range', 1, 'D'],
        ['FP', 'address', 2, 'B'],
        ['FP', 'range', 1, 'C'],
      ],
    )
  })

  it('is nothing about things the check is not about, and nothing undetermined', () => {
    assert.deepEqual(recalled([past('A', 2)], things, ['resource']), [])
    assert.deepEqual(recalled([past('A', 2, { class: 'undetermined' })], things, everything), [])
  })
})

describe('triage/memory: a verdict against an earlier one', () => {
  const now = { type: 'impossible-travel', things, ...tp }

  it('is a true positive where the newest of that type about the same thing was benign, or the other way round', () => {
    assert.equal(contradicted([past('A', 2)], now)?.earlier.caseId, 'A')
    assert.equal(contradicted([past('A', 2, tp)], { ...now, class: 'B-TP' })?.earlier.caseId, 'A')
    assert.equal(contradicted([past('A', 2), past('B', 3, tp)], now), null)
  })

  it('is none for another type, another benign class, an undetermined one, or where only the range or app is shared', () => {
    assert.equal(contradicted([past('A', 2, { type: 'other' })], now), null)
    assert.equal(contradicted([past('A', 2)], { ...now, class: 'B-TP' }), null)
    assert.equal(contradicted([past('A', 2)], { ...now, class: 'undetermined' }), null)
    const shared = things.filter(({ kind }) => kind === 'range' || kind === 'app')
    assert.equal(contradicted([past('A', 2, { things: shared })], now), null)
  })

  it('asks for a sentence, which stands in the because, and names the other case for ever', () => {
    const earlier = { code: 'A', verdict: 'TP', day: '2 Mar', thing: 'person' }
    const record = { type: 'record-verdict', verdict: 'fp-vpn', earlier } as const
    const before = [opened, claimed, answered('address', 'ours')] as const
    given(...before)
      .when(intent(ada, { ...record, reason: ' ' }))
      .thenRefused('contradicts', earlier)
    const because = judged.type === 'judged' ? `${judged.because} Ada Analyst adds: The range was sold.` : ''
    given(...before)
      .when(intent(ada, { ...record, reason: 'The range was sold.' }))
      .then(judgedAs({ because, unlike: 'A' }))
  })
})

describe('triage/memory: the entry that equal verdicts propose', () => {
  const check = aCheck('address', ['ours', 'foreign'], {
    registers: { networks: { office: 'ours', vpn: 'ours', hosting: 'foreign' } },
  })
  const answers = [{ check: 'address', option: 'ours' }]
  const [first, second, own] = [past('A', 1), past('B', 2), past('C', 3)]
  const propose = (earlier: readonly PastVerdict[], least = 3, option = 'ours') =>
    proposalFor(own, [{ check: 'address', option }], [check], earlier, least)

  it('is for the register and kind that would have suggested the answer, after so many about one thing', () => {
    const proposal = propose([first, second])
    assert.deepEqual(
      [proposal?.register, proposal?.kind, proposal?.thing.name, proposal?.count, proposal?.isRefused],
      ['networks', 'vpn', '198.51.100.7', 3, false],
    )
    assert.equal(propose([first]), null)
    assert.equal(propose([first], 2)?.count, 2)
    assert.equal(propose([first, second], 0), null)
  })

  it('counts only the same verdict, on the same type, about the same thing', () => {
    for (const but of [
      { verdict: 'fp' },
      { type: 'mass-download' },
      { verdict: 'fp', type: 'mass-download' },
      { things: [] },
    ])
      assert.equal(propose([first, { ...second, ...but }]), null)
  })

  it('leaves the kind to people where several fit and the verdict names none', () => {
    const named = { ...own, verdict: 'fp' }
    const earlier = [first, second].map((one) => ({ ...one, verdict: 'fp' }))
    assert.equal(proposalFor(named, answers, [check], earlier, 3)?.kind, 'office or vpn')
  })

  it('is refused when it would have covered a true positive, of whatever type, which is told first', () => {
    const proposal = propose([first, second, past('T', 1, { ...tp, type: 'other' })])
    assert.deepEqual([proposal?.isRefused, proposal?.covers[0]?.caseId], [true, 'T'])
  })

  it('is none for a true positive, and none where no register points to the answer', () => {
    assert.equal(proposalFor({ ...own, ...tp }, answers, [check], [first, second], 3), null)
    assert.equal(propose([first, second], 3, 'unknown'), null)
  })
})
