import assert from 'node:assert/strict'
import fc from 'fast-check'
import { cutToWidth, escapeUntrusted, widthOf } from '../../dialogs/escape.js'

const any = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.nat(0xff_ff).map((code) => String.fromCharCode(code)),
      { maxLength: 60 },
    )
    .map((units) => units.join('')),
  fc
    .array(fc.constantFrom(' ', '\n', '\u202E', '\uD800', '\uDC00', '😀', 'a', '\u{E0041}', '['), { maxLength: 60 })
    .map((units) => units.join('')),
)
const length = fc.integer({ min: 1, max: 40 })

describe('dialogs/escape', () => {
  it('leaves what can be seen as it is', () => {
    for (const text of [
      'Impossible travel',
      'São Paulo – 東京 – مرحبا – שלום',
      '[Click](https://x.example) <at>all</at> ${x}',
      '😀',
    ]) {
      assert.equal(escapeUntrusted(text, 100), text)
    }
  })

  it('shows what turns the direction of text', () => {
    assert.equal(escapeUntrusted('invoice\u202Efdp.exe', 100), 'invoice[U+202E]fdp.exe')
    for (const mark of ['\u061C', '\u200E', '\u200F', '\u202A', '\u202D', '\u2066', '\u2067', '\u2069']) {
      assert.match(escapeUntrusted(`a${mark}b`, 100), /^a\[U\+[0-9A-F]{4}\]b$/)
    }
  })

  it('shows what has no width, and what hides text in tags', () => {
    assert.equal(
      escapeUntrusted('pay\u200Bpal\u00AD\u2060\uFFA0\u3164', 100),
      'pay[U+200B]pal[U+00AD][U+2060][U+FFA0][U+3164]',
    )
    assert.equal(escapeUntrusted('a\u{E0041}\u{E007F}', 100), 'a[U+E0041][U+E007F]')
  })

  it('shows controls, and puts everything on one line', () => {
    assert.equal(escapeUntrusted('a\u0000b\u001B[31mc\u007F\u009B', 100), 'a[U+0000]b[U+001B][31mc[U+007F][U+009B]')
    assert.equal(escapeUntrusted(' a\r\n\tb\u2028c\u2029d\u0085e\u00A0 f ', 100), 'a b c d e f')
  })

  it('replaces half a character', () => {
    assert.equal(escapeUntrusted('a\uD83Db\uDE00', 100), 'a\uFFFDb\uFFFD')
  })

  it('cuts at the length, and never through a character', () => {
    assert.equal(escapeUntrusted('abcdef', 6), 'abcdef')
    assert.equal(escapeUntrusted('abcdefg', 6), 'abcde…')
    assert.equal(escapeUntrusted('😀😀😀', 3), '😀😀😀')
    assert.equal(escapeUntrusted('😀😀😀😀', 3), '😀😀…')
    assert.equal(escapeUntrusted(`${'\u202E'.repeat(5)}x`, 6), '[U+20…')
  })

  it('is as quick with a text that is endless', () => {
    const before = process.cpuUsage().user
    for (const unit of [' ', '\u202E', 'x', '\uD800', ' x'])
      assert.ok(Array.from(escapeUntrusted(unit.repeat(5_000_000), 200)).length <= 200)
    assert.ok(process.cpuUsage().user - before < 1_000_000, 'more than a second of work')
  })

  it('never gives more than asked for, and nothing that can’t be seen', () => {
    fc.assert(
      fc.property(any, length, (text, longest) => {
        const shown = escapeUntrusted(text, longest)
        assert.ok(Array.from(shown).length <= longest)
        assert.doesNotMatch(
          shown,
          /[\p{Cc}\u2028\u2029]|\p{Default_Ignorable_Code_Point}|\p{Surrogate}|\p{Bidi_Control}/u,
        )
        assert.ok(!shown.startsWith(' '))
      }),
      { numRuns: 1000 },
    )
  })

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(any, length, (text, longest) => {
        const once = escapeUntrusted(text, longest)
        assert.equal(escapeUntrusted(once, longest), once)
      }),
      { numRuns: 1000 },
    )
  })

  it('tells how wide a text is, by the same measure as it is cut to a width', () => {
    const widths = ['plain text', 'WWWWW', '日本', 'é'].map((text) => Math.round(widthOf(text)))
    assert.deepEqual(widths, [10, 8, 4, 1])
    fc.assert(
      fc.property(any, length, (text, longest) => {
        assert.ok(widthOf(cutToWidth(text, longest)) <= Math.max(longest, 2) + 1)
      }),
    )
  })
})
