import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { safeError } from '../../../bot/watch/safe-errors.js'
import { Fault } from '../../../triage/fault.js'

const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('bot/watch/safe-errors', () => {
  it('tells kind, message, codes and places, and the same of causes', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', statusCode: 502 })
    const { stack = '', cause: told, ...error } = safeError(new Fault('store/stale', 'Read it again.', { cause }))
    assert.deepEqual(error, { type: 'Fault', message: 'Read it again.', code: 'store/stale' })
    assert.match(stack, /^ {4}at /)
    assert.deepEqual([told?.code, told?.status], ['ECONNREFUSED', 502])
  })

  it('tells the places, and those of causes, as whoever reads the sources knows them', () => {
    const told = safeError(new Error('x', { cause: new Error('y') }), (stack) => stack.replaceAll(/\(.*\)/g, '(here)'))
    for (const { stack } of [told, told.cause ?? assert.fail()]) assert.match(stack ?? '', /^ {4}at .*\(here\)$/m)
  })

  it('leaves out what libraries hang on an error: requests, answers, bodies', () => {
    const error = Object.assign(new Error('Bad Request'), {
      request: { body: 'secret alert', headers: { authorization: 'Bearer secret' } },
      response: { bodyAsText: 'secret' },
      details: { error: { message: 'secret' } },
    })
    assert.doesNotMatch(JSON.stringify(safeError(error)), /secret/)
  })

  it('leaves out what a parser quotes, also when it is the cause, and cuts long messages', () => {
    const quoting = thrown(() => JSON.parse('secret alert'))
    assert.match(String(quoting), /secret/)
    assert.doesNotMatch(JSON.stringify(safeError(quoting)), /secret/)
    assert.doesNotMatch(JSON.stringify(safeError(new Error('x', { cause: quoting }))), /secret/)
    assert.equal(safeError(new Error('x'.repeat(1000))).message.length, 300)
    assert.deepEqual(safeError('secret'), { type: 'string', message: 'something that is no error was thrown' })
  })

  it('follows causes to an end', () => {
    const error = new Error('round')
    error.cause = error
    assert.ok(JSON.stringify(safeError(error)).length < 20_000)
  })
})

/** The details that a line of the log may have. None of them is text that a source or a person wrote. */
const allowed = new Set(
  (
    'err case caseId cases card queue kind code againInMs door caller count ignored before signal port level from ' +
    'verb type known lead person personId source status bytes why registers channel since fields effect target detail'
  ).split(' '),
)

describe('the log', () => {
  const files = readdirSync('bot', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, text: readFileSync(join('bot', name), 'utf8') }))
  const calls = files.flatMap(({ name, text }) =>
    [...text.matchAll(/\blog\.(?:info|warn|error|debug|fatal)\(\s*(\{[^}]*\}?)/g)].map(([, details = '']) => ({
      name,
      details,
    })),
  )

  it('is written to with known details only: codes, names of ours and errors, never what an alert or a person says', () => {
    assert.ok(calls.length > 20)
    const others = calls.flatMap(({ name, details }) =>
      details
        .replace(/^\{|\}$/g, '')
        .replace(/\.\.\.\w+(\([^)]*\))?/g, '')
        .split(',')
        .map((part) => /^\s*(\w+)/.exec(part)?.[1] ?? '')
        .filter((key) => key !== '' && !allowed.has(key))
        .map((key) => `${name}: ${key}`),
    )
    assert.deepEqual(others, [])
  })

  it('gets its errors through the serializer that leaves out what they carry', () => {
    assert.match(
      readFileSync('bot/main.ts', 'utf8'),
      /serializers: \{ err: \(error: unknown\) => safeError\(error, inSources\) \}/,
    )
  })
})
