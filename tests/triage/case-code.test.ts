import assert from 'node:assert/strict'
import fc from 'fast-check'
import { asCode, codeLetters, codePattern, isCaseCode, isTypedCode } from '../../triage/case-code.js'

const code = '7K3F-9QXM-2ABC'
const printed = fc
  .string({ unit: fc.constantFrom(...codeLetters.split('')), minLength: 12, maxLength: 12 })
  .map((letters) => `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`)

describe('triage/case-code', () => {
  it('knows a code as it is printed, and nothing else', () => {
    assert.equal(isCaseCode(code), true)
    const others = [
      '',
      '7K3F-9QXM-2AB',
      '7K3F-9QXM-2ABCD',
      '7k3f-9qxm-2abc',
      '7K3F9QXM2ABC',
      '7K3F-9QXM-2ABC\n',
      '../7K3F-9QXM-2ABC',
      ...['I', 'L', 'O', 'U'].map((letter) => `7K3F-9QXM-2AB${letter}`),
    ]
    for (const text of others) assert.equal(isCaseCode(text), false, JSON.stringify(text))
  })

  it('reads what was typed as it was meant: small letters, without hyphens, O for 0, I and L for 1', () => {
    for (const typed of [
      code,
      '7k3f-9qxm-2abc',
      '7k3f9qxm2abc',
      ' 7K3F 9QXM 2ABC. ',
      '“7K3F–9QXM–2ABC”',
      '7k-3f9q-xm2a-bc',
    ])
      assert.equal(asCode(typed), code)
    assert.equal(asCode('oO0l-Li1I-1LiO'), '0001-1111-1110')
    assert.equal(isCaseCode(asCode('OIL0-oil0-1LIO')), true)
  })

  it('leaves what cannot be a code as it is, in upper case, its digits and letters only', () => {
    assert.deepEqual(['hello, oil!', '12', '', '7K3F-9QXM-2ABCO'].map(asCode), ['HELLOOIL', '12', '', '7K3F9QXM2ABCO'])
  })

  it('is found in a text by its pattern, in three groups only', () => {
    const whole = new RegExp(`^${codePattern}$`)
    assert.ok(whole.test('7k3f-9qxm-2abc'))
    for (const other of ['7k3f-9qxm-2ab', '7k3-9qxm-2abcd', '7k3f-9qx-m2abc', '7k3f9qxm2abc', '7k3f_9qxm_2abc']) {
      assert.ok(!whole.test(other), other)
    }
  })

  it('reads every printed code as itself, however it is typed', () => {
    const typed = new RegExp(`^${codePattern}$`, 'iu')
    fc.assert(
      fc.property(printed, (one) => {
        assert.equal(isCaseCode(one), true)
        const small = one.toLowerCase()
        const misread = one.replaceAll('0', 'o').replaceAll('1', 'l')
        for (const way of [one, small, small.replaceAll('-', ''), misread, misread.replaceAll('l', 'I')]) {
          assert.equal(asCode(way), one)
          assert.equal(isTypedCode(way), true)
          assert.equal(typed.test(way), way.includes('-'))
        }
      }),
    )
  })

  it('takes a text that is longer or shorter for no code', () => {
    for (const text of ['help', '7k3f-9qxm', `${code}x`, `${code} x`]) assert.equal(isTypedCode(text), false, text)
  })
})
