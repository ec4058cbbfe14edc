import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { callerOf, hashKey, readIntakeKeys } from '../../../bot/http/intake-keys.js'

const [one, two] = [hashKey('first'), hashKey('second')]

describe('bot/http/intake-keys: the setting', () => {
  it('is a list of names and hashes, separated by commas or blanks', () => {
    for (const text of [
      `a:${one},b:${two}`,
      `a:${one} , b:${two},`,
      ` a:${one}\n b:${two} `,
      `A:${one.toUpperCase()},B:${two}`,
    ]) {
      const { keys, problems } = readIntakeKeys(text)
      assert.deepEqual(
        keys.map(({ name, hash }) => [name, hash.toString('hex')]),
        [
          ['a', one],
          ['b', two],
        ],
      )
      assert.deepEqual(problems, [])
    }
    assert.deepEqual(readIntakeKeys(''), { keys: [], problems: [] })
  })

  it('tells which key is wrong and how to make one, but repeats none of it', () => {
    for (const bad of [
      'secret',
      `secret:`,
      `:${one}`,
      `secret:${one}0`,
      `secret:${one.slice(1)}`,
      `sec_ret:${one}`,
      `a:b:${one}`,
      `${'n'.repeat(41)}:${one}`,
    ]) {
      const { keys, problems } = readIntakeKeys(`a:${one},${bad}`)
      assert.deepEqual([keys.length, problems.length], [1, 1], bad)
      assert.match(problems[0] ?? '', /^key 2 must be name:hash .* `npm run key -- NAME`/)
      assert.doesNotMatch(problems[0] ?? '', /secret/)
    }
  })

  it('may bind a key to a source, and tells of a source that does not exist', () => {
    const { keys, problems } = readIntakeKeys(`a@graph:${one},b:${two}`)
    assert.deepEqual(
      keys.map(({ name, source }) => [name, source]),
      [
        ['a', 'graph'],
        ['b', undefined],
      ],
    )
    assert.deepEqual(problems, [])
    const wrong = readIntakeKeys(`a@grpah:${one}`)
    assert.equal(wrong.keys.length, 0)
    assert.match(wrong.problems.join(), /^key 1 is for a source that doesn't exist; the sources are .*graph, /)
  })

  it('tells of a name that is used twice', () => {
    assert.deepEqual(readIntakeKeys(`a:${one},a:${two}`).problems, ['the name a is used twice'])
  })

  it('never throws, and every part is a key or a problem', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(`a:${one}`, `b:${two}`))), (parts) => {
        const text = parts.join(',')
        const count = text.split(/[\s,]+/).filter((part) => part !== '').length
        const { keys, problems } = readIntakeKeys(text)
        assert.equal(keys.length + problems.filter((problem) => problem.startsWith('key ')).length, count)
      }),
    )
  })
})

describe('bot/http/intake-keys: a caller', () => {
  const { keys } = readIntakeKeys(`a:${one},b:${two}`)

  it('is known by any of the keys that are valid at the same time', () => {
    assert.equal(callerOf('Bearer first', keys), 'a')
    assert.equal(callerOf('bearer   second ', keys), 'b')
  })

  it('is nobody with anything else', () => {
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'first',
      'Basic first',
      'Bearer First',
      'Bearer first second',
      `Bearer ${one}`,
    ])
      assert.equal(callerOf(header, keys), null, header)
    assert.equal(callerOf('Bearer first', []), null)
  })

  it('is nobody without a key, though somebody has configured the hash of nothing', () => {
    const empty = readIntakeKeys(`oops:${hashKey('')}`).keys
    for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Bearer  ']) assert.equal(callerOf(header, empty), null)
  })

  it('may send a key of any length: what is compared has always the same', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 3000 }),
        (key) => callerOf(`Bearer ${key}`, keys) === null || /first|second/.test(key),
      ),
    )
  })
})
