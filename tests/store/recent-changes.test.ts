import assert from 'node:assert/strict'
import { recentChanges } from '../../store/recent-changes.js'

describe('store/recent-changes', () => {
  it('remembers the newest few, and says so when somebody missed more than that', () => {
    const recent = recentChanges(2)
    const start = recent.since(null)?.position ?? ''
    recent.note('A', 1)
    recent.note('B', 1)
    const middle = recent.since(start)
    assert.deepEqual(middle?.changes, [
      { caseId: 'A', version: 1 },
      { caseId: 'B', version: 1 },
    ])
    recent.note('A', 2)
    assert.deepEqual(recent.since(start)?.changes, [
      { caseId: 'B', version: 1 },
      { caseId: 'A', version: 2 },
    ])
    recent.note('C', 1)
    assert.equal(recent.since(start), null)
    assert.deepEqual(recent.since(middle?.position ?? '')?.changes, [
      { caseId: 'A', version: 2 },
      { caseId: 'C', version: 1 },
    ])
  })

  it('forgets one after the other, whatever was noted anew in between', () => {
    const recent = recentChanges(3)
    for (const caseId of ['A', 'B', 'C', 'A', 'D', 'B', 'E', 'E', 'F']) {
      recent.note(caseId, 1)
    }
    const { position = '' } = recent.since(null) ?? {}
    const [life, at] = position.split('-')
    const known = recent.since(`${life}-${Number(at) - 4}`)?.changes.map(({ caseId }) => caseId)
    assert.deepEqual(known, ['B', 'E', 'F'])
    assert.equal(recent.since(`${life}-${Number(at) - 5}`), null)
  })

  it('knows only its own positions', () => {
    const recent = recentChanges()
    recent.note('A', 1)
    const position = recent.since(null)?.position ?? ''
    assert.equal(recentChanges().since(position), null)
    assert.equal(recent.since(position.replace(/\d+$/, '2')), null)
    assert.equal(recent.since(position.replace(/\d+$/, '0.5')), null)
    assert.deepEqual(recent.since(position), { position, changes: [] })
  })
})
