import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Trap, trapsIn } from '../../dialogs/text-traps.js'

const kinds = (text: string): readonly string[] =>
  trapsIn([text]).map((trap) => (trap.kind === 'letters' ? trap.word : `${trap.kind} ${trap.code}`))

describe('dialogs/text-traps', () => {
  it('finds nothing in the texts of any language that are what they look like', () => {
    for (const text of [
      'Impossible travel activity: 203.0.113.7 (BR)\n\t“Kim’s” café – naïve, Ærø, Łódź, İstanbul',
      'Яндекс Почта и Microsoft Teams',
      'Ασφάλεια του Azure',
      'Microsoft 365 管理センター',
      'Office365の警告',
      'שלום עולם Teams',
      '👩‍💻 ❤️ 🇳🇴 👍🏽 done',
      '',
    ])
      assert.deepEqual(kinds(text), [], text)
  })

  it('names marks of direction, invisible characters and controls by their codes, each once', () => {
    assert.deepEqual(kinds('a\u202Eb\u202Ec\u2066'), ['direction U+202E', 'direction U+2066'])
    assert.deepEqual(kinds('pay\u200Bpal\u00AD\uFEFF\u{E0041}'), [
      'hidden U+200B',
      'hidden U+00AD',
      'hidden U+FEFF',
      'hidden U+E0041',
    ])
    assert.deepEqual(kinds('a\u0000b\u001b[31m\u0085'), ['control U+0000', 'control U+001B', 'control U+0085'])
    assert.deepEqual(kinds('a\u200Db'), ['hidden U+200D'])
  })

  it('names words in which letters of another script pass for Latin ones', () => {
    assert.deepEqual(kinds('Мicrosоft Teаms'), ['Мicrosоft', 'Teаms'])
    assert.deepEqual(kinds('Micrοsoft'), ['Micrοsoft'])
    assert.deepEqual(kinds('Ｍicrosoft 𝐌𝐢𝐜𝐫𝐨'), ['Ｍicrosoft', '𝐌𝐢𝐜𝐫𝐨'])
    const [trap] = trapsIn(['Teаms'])
    assert.deepEqual(trap, {
      kind: 'letters',
      word: 'Teаms',
      letters: [{ letter: 'а', code: 'U+0430', script: 'cyrillic' }],
    } satisfies Trap)
  })

  it('names words of nothing but look-alikes among Latin ones', () => {
    assert.deepEqual(kinds('ТЕАМ of Contoso'), ['ТЕАМ'])
    assert.deepEqual(kinds('хор и сор'), [])
  })

  it('never throws and never finds more than twelve, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 })), (texts) => {
        assert.ok(trapsIn(texts).length <= 12)
      }),
    )
    assert.equal(trapsIn([Array.from({ length: 900 }, (_, at) => `a${at}а`).join(' ')]).length, 12)
    const from = process.cpuUsage().user
    trapsIn(['а'.repeat(1_000_000), 'aа '.repeat(300_000)])
    assert.ok(process.cpuUsage().user - from < 500_000)
  })
})
