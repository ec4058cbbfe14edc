import assert from 'node:assert/strict'
import { answer, distinct } from '../../content/load/walks.js'
import type { Answer } from '../../triage/case.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import { loadGuides } from './guides.js'

describe('content/alerts: “Check 2 of 4”', () => {
  it('counts one on with each answer and promises no fewer checks than come, on every way through every guide', async () => {
    for (const guide of await loadGuides()) onward(guide, distinctOf(guide), [], guide.checks.length)
  })
})

const distinctOf = (guide: Guide): ReadonlyMap<string, readonly string[]> =>
  new Map(guide.checks.map((check) => [check.id, distinct(guide, check)]))

/** Walks on from these answers; `most` is how many checks were promised before the last of them. */
const onward = (
  guide: Guide,
  options: ReadonlyMap<string, readonly string[]>,
  answers: readonly Answer[],
  most: number,
): void => {
  const { next, step, of } = nextChecks(guide, answers)
  const where = () => `${guide.type}: ${answers.map(({ check, option }) => `${check} ${option}`).join(', ')}`
  assert.ok(step === answers.length + 1 && of <= most, `${where()}: ${step} of ${of}, after ${most}`)
  if (!next) return
  assert.ok(step <= of, where())
  for (const option of options.get(next.id) ?? []) onward(guide, options, [...answers, answer(next.id, option)], of)
}

describe('content/alerts: the manager’s answer', () => {
  it('points to an option in every guide that asks a manager', async () => {
    const asking = (await loadGuides()).flatMap(({ type, checks }) =>
      checks.flatMap(({ manager }) => (manager ? [{ type, ...manager.suggests }] : [])),
    )
    assert.deepEqual(
      asking.filter(({ yes, no }) => yes === undefined || no === undefined).map(({ type }) => type),
      [],
    )
    assert.ok(asking.length > 20)
  })
})

describe('content/alerts: how to find out', () => {
  it('names the very words of an option where it says what to answer', async () => {
    const named = (await loadGuides()).flatMap(({ type, checks }) =>
      checks.flatMap(({ id, how, options }) =>
        Array.from(how.matchAll(/(?:[Aa]nswer|counts? as|means|no) "([^"]+)"/g), ([, words = '']) => ({
          where: `${type}: ${id}: ${words}`,
          isThere: options.some((one) => one.text.toLowerCase().includes(words.replace(/[.,]$/, '').toLowerCase())),
        })),
      ),
    )
    assert.deepEqual(
      named.filter(({ isThere }) => !isThere).map(({ where }) => where),
      [],
    )
    assert.ok(named.length > 30)
  })
})
