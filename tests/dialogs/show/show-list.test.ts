import assert from 'node:assert/strict'
import { type Listed, showList } from '../../../dialogs/show/show-list.js'
import { ben, caseId, minute } from '../../support/cast.js'
import { dataOf } from '../../support/seen.js'
import { words } from '../../support/words.js'

const row = (but: Partial<Listed> = {}): Listed => ({
  caseId,
  title: 'Impossible travel activity',
  severity: 'high',
  openedAt: minute(0),
  owner: null,
  ...but,
})
const list = (rows: readonly Listed[], which: 'queue' | 'mine' = 'queue') =>
  dataOf(showList(which, rows, minute(90), words), 'list')

describe('dialogs/show/show-list', () => {
  it('says so when there is nothing', () => {
    const data = list([], 'mine')
    assert.deepEqual([data.heading, data.empty, data.isEmpty], ['list.mine(count=0)', 'list.mine.empty()', true])
    assert.deepEqual([data.rows, data.more, data.hasMore], [[], '', false])
  })

  it('has a row for each case, in the order given', () => {
    const data = list([row(), row({ caseId: '1111-2222-3333', severity: 'low', openedAt: minute(85), owner: ben })])
    assert.deepEqual([data.heading, data.isEmpty], ['list.queue(count=2)', false])
    assert.deepEqual(data.rows, [
      { caseId, severity: 'severity.high()', title: 'Impossible travel activity', age: '1 h', owner: 'list.nobody()' },
      {
        caseId: '1111-2222-3333',
        severity: 'severity.low()',
        title: 'Impossible travel activity',
        age: '5 min',
        owner: ben.name,
      },
    ])
  })

  it('stops at fifteen and tells how many more there are', () => {
    assert.deepEqual([list(Array(15).fill(row())).rows.length, list(Array(15).fill(row())).hasMore], [15, false])
    const many = list(Array(40).fill(row()))
    assert.deepEqual(
      [many.rows.length, many.more, many.hasMore, many.heading],
      [15, 'list.more(count=25)', true, 'list.queue(count=40)'],
    )
  })

  it('does not speak of more when all are there', () => {
    assert.equal(list(Array(15).fill(row())).more, '')
  })

  it('makes titles and names harmless', () => {
    const [only] = list([row({ title: `a\u202E${'x'.repeat(500)}`, owner: { name: 'Ben\u200B' } })]).rows
    assert.ok(only)
    assert.ok(only.title.startsWith('a[U+202E]') && only.title.length === 120)
    assert.equal(only.owner, 'Ben[U+200B]')
  })
})
