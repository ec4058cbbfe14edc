import assert from 'node:assert/strict'
import { readGuide } from '../../../content/load/read-guide.js'
import { shared, small } from '../files.js'

const versionOf = (text: string): string => {
  const { guide, problems } = readGuide('small.yaml', text, shared)
  assert.deepEqual(problems, [])
  return guide?.version ?? ''
}

describe('content/load/version', () => {
  it('is 12 hex digits, the same each time', () => {
    assert.match(versionOf(small()), /^[0-9a-f]{12}$/)
    assert.equal(versionOf(small()), versionOf(small()))
  })

  const layouts: readonly [string, (text: string) => string][] = [
    ['comments', (text) => `# A comment\n${text.replace('severity: low', 'severity: low # why')}`],
    ['blank lines and quotes', (text) => text.replace('about: It happened.', '\nabout:\n  "It happened."')],
    ['the order of keys', (text) => text.replace('    class: TP\n    label: Bad\n', '    label: Bad\n    class: TP\n')],
    [
      'the order of what one option each must be',
      (text) => text.replace('{ first: "no" }', '{ second: "no", first: "no" }'),
    ],
    ['one option written as a list', (text) => text.replace('needs: { first: "yes" }', 'needs: { first: ["yes"] }')],
  ]
  for (const [what, change] of layouts) {
    const base = what.startsWith('the order of what')
      ? small().replace('needs: { first: "no" }', 'needs: { first: "no", second: "no" }')
      : small()
    it(`does not change with ${what}`, () => {
      const changed = what.startsWith('the order of what')
        ? small().replace('needs: { first: "no" }', 'needs: { second: "no", first: "no" }')
        : change(base)
      assert.notEqual(changed, base)
      assert.equal(versionOf(changed), versionOf(base))
    })
  }

  it('does not change with the order in which things speak against a verdict', () => {
    const against = (pairs: string) => small().replace('against: { second: "no" }', `against: { ${pairs} }`)
    assert.equal(versionOf(against('second: "no", first: "no"')), versionOf(against('first: "no", second: "no"')))
  })

  const words: readonly [string, string, string][] = [
    ['a word', 'about: It happened.', 'about: It happens.'],
    ['an id', '- { id: look, do: Look around }', '- { id: see, do: Look around }'],
    ['an option', '{ id: "no", text: "No" }', '{ id: "no", text: "Not so" }'],
    ['a need', 'needs: { first: "yes" }', 'needs: { first: ["yes", "no"] }'],
    ['what speaks against a verdict', 'against: { second: "no" }', 'against: { second: ["no", "unknown"] }'],
    [
      'the order of lists',
      '      - { id: "yes", text: "Yes" }\n      - { id: "no", text: "No" }',
      '      - { id: "no", text: "No" }\n      - { id: "yes", text: "Yes" }',
    ],
  ]
  for (const [what, from, to] of words) {
    it(`changes with ${what}`, () => {
      assert.ok(small().includes(from))
      assert.notEqual(versionOf(small().replace(from, to)), versionOf(small()))
    })
  }

  it('changes with a shared text that the guide takes in', () => {
    const text = small().replace('how: Look there.', 'how: "{read-log}"')
    const version = (log: string) =>
      readGuide('small.yaml', text, { ...shared, hows: { ...shared.hows, 'read-log': log } }).guide?.version
    assert.notEqual(version('Read it.'), version('Read it all.'))
  })
})
