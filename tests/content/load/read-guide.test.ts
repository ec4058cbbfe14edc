import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readGuide } from '../../../content/load/read-guide.js'
import { lineOf, shared, small } from '../files.js'

const said = (text: string): readonly string[] =>
  readGuide('small.yaml', text, shared).problems.map((one) => `${one.line}: ${one.text}`)

describe('content/load/read-guide', () => {
  it('reads a good file', () => {
    const { guide, problems } = readGuide('small.yaml', small(), shared)
    assert.deepEqual(problems, [])
    assert.equal(guide?.type, 'small')
    assert.equal(guide?.guidance, 'microsoft')
    assert.deepEqual(guide?.verdicts[0]?.needs, [{ first: ['yes'] }])
    assert.deepEqual(guide?.verdicts[2]?.needs, [])
    assert.equal(guide?.learning, null)
  })

  it('adds "Unknown" as the last option, and keeps one that is written', () => {
    const own = small().replace(
      '- { id: "no", text: "No" }',
      '- { id: "no", text: "No" }\n      - { id: unknown, text: "Asleep" }',
    )
    const { guide } = readGuide('small.yaml', own, shared)
    assert.deepEqual(
      guide?.checks.map(({ options }) => options.at(-1)),
      [
        { id: 'unknown', text: 'Asleep', asks: null },
        { id: 'unknown', text: 'Unknown', asks: null },
      ],
    )
  })

  it('takes a list of needs, and lists of options', () => {
    const text = small().replace(
      'needs: { first: "yes" }',
      'needs:\n      - { first: [unknown, "yes"] }\n      - { second: "yes" }',
    )
    const { guide, problems } = readGuide('small.yaml', text, shared)
    assert.deepEqual(problems, [])
    assert.deepEqual(guide?.verdicts[0]?.needs, [{ first: ['unknown', 'yes'] }, { second: ['yes'] }])
  })

  it('tells several problems at once, each with its line', () => {
    const text = small().replace('tactics: [impact]', 'tactics: [impcat]').replace('do: Ask', 'dou: Ask')
    const { problems } = readGuide('small.yaml', text, shared)
    assert.deepEqual(
      problems.map(({ line }) => line).toSorted((one, other) => one - other),
      [lineOf(text, 'impcat'), lineOf(text, 'dou: Ask')],
    )
  })

  it('tells what to do about a file that is empty, a list, or no YAML', () => {
    assert.match(said('')[0] ?? '', /^1: the file is empty; begin with a copy/)
    assert.match(said('# only a comment\n')[0] ?? '', /^1: the file is empty/)
    assert.match(said('\n- one\n- two\n')[0] ?? '', /^2: this is not a map; write lines of the form/)
    assert.match(said('type: *nowhere\n')[0] ?? '', /^1: cannot be read .*nowhere/)
  })

  it('refuses what would choke the parser', () => {
    assert.match(said('['.repeat(1000))[0] ?? '', /^1: more than 50 brackets are open here/)
    assert.match(said('[\n'.repeat(20_000))[0] ?? '', /^51: more than 50 brackets/)
    assert.match(said('- '.repeat(20_000))[0] ?? '', /^1: the line is over 2,000 characters/)
    assert.match(said('a: b\n'.repeat(50_000))[0] ?? '', /^1: the file is over 100,000 characters/)
    assert.ok(said('- '.repeat(999)).length > 0)
    assert.ok(said(Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')).length > 0)
  })

  it('never throws, and finds either a guide or problems in any text', () => {
    const lines = small().split('\n')
    const position = fc.nat(lines.length - 1)
    const mangled = fc
      .array(fc.tuple(position, fc.oneof(fc.string(), fc.constantFrom('', '- ', '  a: b', '\t', '{', 'x: &a [*a]'))), {
        maxLength: 4,
      })
      .map((changes) => changes.reduce((text, [at, line]) => text.with(at, line), lines).join('\n'))
    fc.assert(
      fc.property(fc.oneof(fc.string(), mangled), (text) => {
        const { guide, problems } = readGuide('small.yaml', text, shared)
        assert.equal(guide === null, problems.length > 0)
        assert.ok(problems.every(({ line }) => line >= 1 && line <= text.split('\n').length))
      }),
    )
  })
})
