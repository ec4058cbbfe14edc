import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { flawIn } from '../../intake/scan.js'
import { now, plain } from './alerts.js'

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('intake/parse', () => {
  it('gives the value of a JSON text', () => {
    assert.deepEqual(parseJson(' {"a":[1,-2.5e3,"\\u00e9\\n",true,false,null,{}]}\n'), {
      a: [1, -2500, 'é\n', true, false, null, {}],
    })
  })

  it('passes over a byte order mark', () => {
    assert.deepEqual(parseJson('\ufeff{"a":1}'), { a: 1 })
  })

  it('says where a text is no JSON', () => {
    assert.throws(() => parseJson('{\n  "a": tru\n}'), {
      code: 'intake/not-json',
      message: /expected a value at line 2, column 8 \(character 10\)/,
    })
    assert.throws(() => parseJson('{"a":1,}'), { code: 'intake/not-json', message: /a key in double quotes.*column 8/ })
    assert.throws(() => parseJson('{"a":[1,2}'), { code: 'intake/not-json', message: /expected "," or "\]"/ })
    assert.throws(() => parseJson('{"a":1'), { code: 'intake/not-json', message: /ends too early/ })
    assert.throws(() => parseJson('1 2'), { code: 'intake/not-json', message: /follows the end/ })
  })

  it('says that an empty body is empty', () => {
    for (const text of ['', ' \n', '\ufeff']) {
      assert.throws(() => parseJson(text), { code: 'intake/not-json', message: /empty/ })
    }
  })

  it('takes 64 levels and not one more', () => {
    assert.ok(Array.isArray(parseJson(nested(64))))
    assert.throws(() => parseJson(nested(65)), { code: 'intake/too-deep', message: /deeper than 64/ })
  })

  it('refuses lists and objects nested 10,000 and 400,000 deep without overflowing', () => {
    assert.throws(() => parseJson(nested(10_000)), { code: 'intake/too-deep' })
    assert.throws(() => parseJson('{"a":'.repeat(10_000)), { code: 'intake/too-deep' })
    assert.throws(() => parseJson('['.repeat(400_000)), { code: 'intake/too-deep' })
  })

  it('does not count brackets inside text', () => {
    assert.equal(parseJson(`"${'['.repeat(100)}"`), '['.repeat(100))
  })

  it('refuses a key that stands twice, however it is written, since one of the two would be lost', () => {
    assert.throws(() => parseJson('{"id":"1","id":"2"}'), { code: 'intake/not-json', message: /twice.*column 11/ })
    assert.throws(() => parseJson('{"id":"1","\\u0069d":"2"}'), { code: 'intake/not-json', message: /twice/ })
    assert.deepEqual(parseJson('[{"id":1},{"id":2}]'), [{ id: 1 }, { id: 2 }])
  })

  it('keeps __proto__ as a field like any other, which reaches no prototype', () => {
    const value = parseJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    assert.deepEqual(Object.keys(Object(value)), ['__proto__', 'constructor'])
    assert.equal(Object.getPrototypeOf(value), Object.prototype)
    assert.equal('polluted' in {}, false)
    const alert = JSON.stringify(plain()).replace('{', '{"__proto__":{"title":"other"},')
    assert.throws(() => read(parseJson(alert), now), {
      code: 'intake/malformed',
      message: /"__proto__" is not a field/,
    })
  })

  it('takes exactly what JSON.parse takes', () => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\\/ \n0123456789.-+eEtrufalsn'.split(''),
      '\u0001',
      '\u00e9',
      '\\u12',
      '"a"',
      'null',
    )
    const broken = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const chopped = fc
      .tuple(fc.json(), fc.nat(40), piece)
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1))
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, chopped), (text) => {
        const flaw = flawIn(text, 1_000)
        if (flaw?.kind === 'twice') return
        assert.equal(flaw === null, isParsed(text), text)
      }),
      { numRuns: 2_000 },
    )
  })
})

const isParsed = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
