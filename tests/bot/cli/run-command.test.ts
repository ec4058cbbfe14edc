import assert from 'node:assert/strict'
import { readWords } from '../../../bot/cli/run-command.js'

const form = { usage: 'npm run x -- FILE [--json]', words: { least: 1, most: 2 }, flags: ['json'] }
const typed = (...words: readonly string[]) => {
  const read = readWords({ ...form, missing: 'Name a file.' }, words)
  return [...read.words, ...[...read.flags].map((flag) => `--${flag}`)]
}
const isRefused = (words: readonly string[], why: string) =>
  assert.throws(() => typed(...words), { code: 'cli/usage', message: `${why}\nUsage: ${form.usage}` })

describe('bot/cli/run-command', () => {
  it('reads options with their values', () => {
    const { words, options } = readWords({ ...form, options: ['from'] }, ['a', '--from', '2026-03-01'])
    assert.deepEqual([words, [...options]], [['a'], [['from', '2026-03-01']]])
    assert.throws(() => readWords({ ...form, options: ['from'] }, ['a', '--from']), { code: 'cli/usage' })
  })

  it('reads words and flags in any order', () => {
    assert.deepEqual(typed('a', '--json'), ['a', '--json'])
    assert.deepEqual(typed('--json', 'a', 'b'), ['a', 'b', '--json'])
    assert.deepEqual(typed('--', '--json'), ['--json'])
  })

  it('knows --help, whatever else is missing', () => {
    assert.deepEqual(typed('--help'), ['--help'])
  })

  it('says what is unknown, missing or too much, and how it is typed', () => {
    isRefused(['a', '--jsn'], "Unknown option '--jsn'.")
    isRefused(['a', '-j'], "Unknown option '-j'.")
    isRefused(['a', '--json=no'], "Option '--json' does not take an argument.")
    isRefused([], 'Name a file.')
    isRefused(['a', 'b', 'c'], '"c" is one word too many.')
  })
})
