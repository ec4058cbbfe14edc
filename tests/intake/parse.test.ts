import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { isFault } from '../../triage/fault.js'
import { isHarmless, now, plain } from './alerts.js'

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

  it('says what is wrong with a text that is no JSON, with the place in it', () => {
    const wrong = (text: string, message: RegExp) =>
      assert.throws(() => parseJson(text), { code: 'intake/not-json', message }, text)
    wrong('{\n  "a": tru\n}', /Unexpected token/)
    for (const text of ['{"a":1,}', '{"a":[1,2}', '{"a":1', '1 2', '{a:1}', "{'a':1}", 'NaN', '"a', '\u0001'])
      wrong(text, /^The body is not JSON that can be read: .+\. Send one JSON document\.$/)
  })

  it('quotes of a text that is no JSON nothing that hides, turns the line round or is markup, and not much', () => {
    const nasty = '\u202e<b>\u0007[x](y) \u200b`*'
    for (const text of [nasty, `{"a":${nasty}`, `[1,2,${nasty.repeat(5_000)}`, `${nasty}"}`]) {
      assert.throws(
        () => parseJson(text),
        (error: unknown) =>
          isFault(error, 'intake/not-json') && isHarmless(error.message) && error.message.length < 900,
      )
    }
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
    assert.throws(() => parseJson('{"id":"1","id":"2"}'), { code: 'intake/not-json', message: /twice/ })
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

  it('takes 50,000 values and 1,000 fields of one object, and refuses more unread', () => {
    const list = (count: number) => `[${Array.from({ length: count }, () => '0').join(',')}]`
    const object = (count: number) => `{"a":{${Array.from({ length: count }, (_, at) => `"k${at}":[{}]`).join(',')}}}`
    assert.ok(parseJson(list(49_999)))
    assert.ok(parseJson(object(1_000)))
    assert.throws(() => parseJson(list(50_001)), { code: 'intake/too-much', message: /50,000 values/ })
    assert.throws(() => parseJson('[[],{},'.repeat(20_000)), { code: 'intake/too-deep' })
    assert.throws(() => parseJson('[],'.repeat(30_000)), { code: 'intake/too-much' })
    assert.throws(() => parseJson(object(1_001)), { code: 'intake/too-much', message: /1,000 fields/ })
  })

  it('counts neither brackets nor commas nor colons inside text', () => {
    const text = '[{,:\\"}]'.repeat(30_000)
    assert.deepEqual(parseJson(JSON.stringify({ [text]: text, b: [text] })), { [text]: text, b: [text] })
  })

  it('gives whatever JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'medium' }), (text) => {
        assert.deepEqual(parseJson(text), JSON.parse(text))
      }),
      { numRuns: 1_000 },
    )
  })
})
