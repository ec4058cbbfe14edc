import assert from 'node:assert/strict'
import type { Listed } from '../../../dialogs/show/listed.js'
import { digestSummary, showDigest, type Storm } from '../../../dialogs/show/show-digest.js'
import { ben, minute } from '../../support/cast.js'
import { aRow as row } from '../../support/rows.js'
import { words } from '../../support/words.js'

const storm: Storm = { phase: 'storm', since: minute(0), until: null, closed: 2, everyMs: 10_000 }
const digest = (rows: readonly Listed[], but: Partial<Storm> = {}) => showDigest({ ...storm, ...but }, rows, words).data
const kim = { upn: 'Kim@contoso.example', name: null, objectId: null }
const lee = { upn: 'lee@contoso.example', name: 'Lee', objectId: null }

describe('dialogs/show/show-digest', () => {
  it('counts the alerts since when, those without a card, those taken and those closed', () => {
    const { summary, standing } = digest([row(1), row(2, { hasCard: true }), row(3, { owner: ben })])
    assert.match(summary, /^digest\.count\(.*total=5.*waiting=2/)
    assert.match(standing, /open=3.*taken=1.*closed=2/)
    assert.match(digestSummary(storm, [row(1)], words), /total=3/)
  })

  it('counts by severity, the worst first, and leaves out what there is none of', () => {
    const { severities } = digest([
      row(1, { severity: 'low' }),
      row(2, { severity: 'high' }),
      row(3, { severity: 'low' }),
    ])
    assert.equal(severities, 'severity.high() 1 · severity.low() 2')
  })

  it('names the most frequent types, people and addresses, and the newest alerts', () => {
    const types = Array.from({ length: 7 }, (_, n) => row(n, { type: `type-${n}`, kind: `Type ${n}` }))
    const all = [
      ...types,
      row(8, { people: [kim, lee], addresses: ['203.0.113.7'] }),
      row(9, { people: [kim] }),
      row(10),
    ]
    const data = digest(all)
    assert.deepEqual(data.types[0], { name: 'Impossible travel', count: 3 })
    assert.deepEqual([data.types.length, data.hasMoreTypes, data.moreTypes], [5, true, 'digest.more-types(count=3)'])
    assert.deepEqual(data.people, [
      { name: 'Kim@contoso.example', count: 2 },
      { name: 'Lee (lee@contoso.example)', count: 1 },
    ])
    assert.deepEqual(data.addresses, [{ ip: '203.0.113.7', count: 1 }])
    assert.deepEqual(
      data.newest.map(({ title }) => title),
      ['Alert 10', 'Alert 9', 'Alert 8'],
    )
  })

  it('makes what a source wrote harmless', () => {
    const data = digest([row(1, { title: '\u202Eevil', people: [{ ...kim, upn: 'a\u202Db' }], addresses: ['\u200B'] })])
    assert.doesNotMatch(JSON.stringify(data), /[\u202E\u202D\u200B]/)
  })

  it('says what happens with the cards that are held back, and when it was over', () => {
    assert.match(digest([row(1)]).about, /^digest\.storm/)
    assert.match(digest([row(1)], { phase: 'calming' }).about, /^digest\.calming\(.*seconds=10/)
    const over = digest([], { phase: 'over', until: minute(60) })
    assert.match(over.about, /^digest\.over\(.*until=/)
    assert.equal(over.hasActions, false)
  })
})
