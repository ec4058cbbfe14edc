import assert from 'node:assert/strict'
import { Fault, isFault } from '../../triage/fault.js'
import { isRefusal, refuse } from '../../triage/refusal.js'

describe('triage/fault', () => {
  const cause = new Error('EACCES')
  const open = () => new Fault('store/folder', 'The folder cannot be used. Set another.', { cause })

  it('is an error with a stable code, a message that says what to do, and what caused it', () => {
    const fault = open()
    assert.ok(fault instanceof Error)
    assert.equal(String(fault), 'Fault: The folder cannot be used. Set another.')
    assert.deepEqual([fault.code, fault.cause], ['store/folder', cause])
  })

  it('is told from other errors, and from faults of another code', () => {
    const fault = open()
    assert.deepEqual(
      [isFault(fault), isFault(fault, 'store/folder'), isFault(fault, 'store/lock'), isFault(cause)],
      [true, true, false, false],
    )
    assert.ok(!isFault({ name: 'Fault', code: 'store/folder' }, 'store/folder'))
  })
})

describe('triage/refusal', () => {
  it('is a value with a code and what its sentence is filled with', () => {
    assert.deepEqual(refuse('closed', { by: 'Ada' }), { refusal: 'closed', details: { by: 'Ada' } })
    assert.deepEqual(refuse('no-case'), { refusal: 'no-case', details: {} })
  })

  it('is told from anything else', () => {
    assert.ok(isRefusal(refuse('closed')))
    for (const other of [null, undefined, 'refusal', 7, [], {}, { code: 'closed' }, new Fault('a/b', 'c')]) {
      assert.ok(!isRefusal(other))
    }
  })
})
