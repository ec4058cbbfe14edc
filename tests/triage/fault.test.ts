import assert from 'node:assert/strict'
import { Fault, isFault } from '../../triage/fault.js'

describe('triage/fault', () => {
  it('has a stable code and keeps its cause', () => {
    const cause = new Error('disk')
    const fault = new Fault('store/full', 'Make room.', { cause })
    assert.deepEqual([fault.code, fault.message, fault.name, fault.cause], ['store/full', 'Make room.', 'Fault', cause])
    assert.deepEqual([isFault(fault), isFault(fault, 'store/full'), isFault(fault, 'store/stale')], [true, true, false])
    assert.deepEqual([isFault(cause), isFault(null), isFault({ code: 'store/full' })], [false, false, false])
  })
})
