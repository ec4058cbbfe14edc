import assert from 'node:assert/strict'
import fc from 'fast-check'
import { caseId } from '../../intake/case-id.js'
import { isCaseCode } from '../../triage/case-code.js'

describe('intake/case-id', () => {
  it('is the same for the same alert, today and tomorrow', () => {
    assert.equal(caseId('graph', 'ca1'), 'RT0B-N4R1-P76X')
  })

  it('differs by alert and by source', () => {
    const ids = [caseId('graph', 'a'), caseId('winnow', 'a'), caseId('graph', 'b')]
    assert.equal(new Set(ids).size, 3)
  })

  it('always has the form of a case code, whatever the alert is called', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (id) => isCaseCode(caseId('graph', id))))
  })

  it('spreads over all letters and digits but I, L, O and U', () => {
    const all = Array.from({ length: 300 }, (_, at) => caseId('winnow', `${at}`)).join('')
    assert.equal([...new Set(all)].toSorted().join(''), '-0123456789ABCDEFGHJKMNPQRSTVWXYZ')
  })
})
