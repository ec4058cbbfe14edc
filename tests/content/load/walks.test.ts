import assert from 'node:assert/strict'
import { readGuide } from '../../../content/load/read-guide.js'
import { walks } from '../../../content/load/walks.js'
import { shared, small } from '../files.js'

const trails = (text: string): readonly string[] => {
  const { guide } = readGuide('small.yaml', text, shared)
  assert.ok(guide)
  return walks(guide).map((way) => way.map(({ check, option }) => `${check}=${option}`).join(' '))
}

describe('content/load/walks', () => {
  it('goes every way once, and stops where nothing more would decide', () => {
    assert.deepEqual(trails(small()), ['first=yes second=yes', 'first=yes second=no', 'first=no', 'first=unknown'])
  })

  it('lets one option stand for those that no verdict tells apart', () => {
    const text = small().replace(
      '- { id: "no", text: "No" }',
      '- { id: "no", text: "No" }\n      - { id: never, text: "Never" }',
    )
    assert.deepEqual(trails(text), ['first=yes second=yes', 'first=yes second=no', 'first=no', 'first=never'])
  })
})
