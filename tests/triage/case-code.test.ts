import assert from 'node:assert/strict'
import { asCode, codePattern } from '../../triage/case-code.js'

describe('triage/case-code', () => {
  it('is written in three groups of four, in upper case, however it was typed', () => {
    for (const typed of [
      '7k3f-9qxm-2abc',
      '7K3F9QXM2ABC',
      ' 7k3f 9qxm 2abc. ',
      '“7K3F–9QXM–2ABC”',
      '7k-3f9q-xm2a-bc',
    ]) {
      assert.equal(asCode(typed), '7K3F-9QXM-2ABC', typed)
    }
  })

  it('stays without groups when it has too few characters or too many', () => {
    assert.equal(asCode('7k3f-9qxm'), '7K3F9QXM')
    assert.equal(asCode('7k3f-9qxm-2abcd'), '7K3F9QXM2ABCD')
    assert.equal(asCode('?'), '')
  })

  it('is found in a text by its pattern', () => {
    const whole = new RegExp(`^${codePattern}$`)
    assert.ok(whole.test('7k3f-9qxm-2abc'))
    for (const other of ['7k3f-9qxm-2ab', '7k3-9qxm-2abcd', '7k3f-9qx-m2abc', '7k3f9qxm2abc', '7k3f_9qxm_2abc']) {
      assert.ok(!whole.test(other), other)
    }
  })
})
