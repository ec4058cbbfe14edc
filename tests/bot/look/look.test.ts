import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { openDesk } from '../../../bot/cases/desk.js'
import type { GraphAnswer, GraphRequest } from '../../../bot/graph/client.js'
import { startLook } from '../../../bot/look/look.js'
import { openLookUps } from '../../../evidence/look-ups.js'
import { memoryStore } from '../../../store/memory.js'
import type { Alert } from '../../../triage/alert.js'
import type { LookUp } from '../../../triage/look-up.js'
import { ada, anAlert, ben, minute } from '../../support/cast.js'
import { travel } from '../../support/guides.js'

const code = (at: number) => `7K3F-9QXM-${String(at).padStart(4, '0')}`
const lookUp = (id: string, but: Partial<LookUp> = {}): LookUp => ({
  id,
  say: `Query ${id}`,
  what: id,
  links: [],
  query: `// ${id}\nT | where U in~ {users}`,
  read: null,
  hours: { before: 24, after: 24 },
  checked: '2026-11-28',
  ...but,
})
const lookUps = [
  lookUp('first'),
  lookUp('both'),
  lookUp('later'),
  lookUp('place', { query: null, links: ['https://x.example/'] }),
]
const named: Readonly<Record<string, readonly string[]>> = {
  address: ['place', 'first', 'both', 'unheard-of'],
  journey: ['both', 'later'],
}
const guide = { ...travel, checks: travel.checks.map((one) => ({ ...one, look: named[one.id] ?? [] })) }
const found: GraphAnswer = { ok: true, body: { results: [{ User: 'kim' }] }, at: null }

const start = (answerTo: (asked: string) => GraphAnswer | Promise<GraphAnswer> = () => found) => {
  const store = memoryStore()
  const desk = openDesk(
    store,
    () => guide,
    () => minute(9),
  )
  const asked: string[] = []
  const begin = () =>
    startLook({
      graph: {
        ask: async ({ body }: GraphRequest) => {
          const name = /\/\/ (\S+)/.exec(JSON.stringify(body).replaceAll('\\n', '\n'))?.[1] ?? ''
          asked.push(name)
          return answerTo(name)
        },
      },
      desk,
      guideOf: () => guide,
      lookUps,
      ready: openLookUps(lookUps),
      atOnce: 'high',
      perMinute: 45,
      timeoutMs: 1000,
      now: () => minute(10),
      log: { info: () => {}, warn: () => {}, error: (details) => assert.fail(JSON.stringify(details)) },
    })
  let look = begin()
  desk.onWritten((written) => look.written(written))
  const types = async (at: number) =>
    (await desk.look(code(at))).diary.flatMap((event) =>
      event.type === 'looked-up'
        ? [event.lookUp]
        : event.type === 'look-up-failed'
          ? [`no ${event.lookUps.map((one) => one.lookUp).join(' ')}: ${event.why}`]
          : [],
    )
  return {
    desk,
    asked,
    types,
    look: () => look,
    restart: async () => {
      await look.stop()
      look = begin()
    },
    alert: (at: number, but: Partial<Alert> = {}) =>
      desk.open(code(at), anAlert({ severity: 'medium', ...but }), 'impossible-travel', []),
    take: (at: number) =>
      desk.settle(code(at), [{ type: 'take', caseId: code(at), line: null, at: minute(9), by: ada }]),
  }
}

describe('bot/look/look', () => {
  it('looks up what the checks name in their order, each once, when a case is taken; the first check’s are written first', async () => {
    const { alert, take, look, asked, types, desk } = start()
    await alert(1)
    await take(1)
    assert.deepEqual(asked, [])
    assert.equal(await look().idle(), true)
    assert.deepEqual(
      [asked, await types(1)],
      [
        ['first', 'both', 'later'],
        ['first', 'both', 'later'],
      ],
    )
    const { state } = await desk.look(code(1))
    assert.deepEqual(state?.lookedUp[1]?.checks, ['address', 'journey'])
    assert.equal(await look().idle(), false)
  })

  it('looks into a severe alert at once, and into a milder one only when it is taken', async () => {
    const { alert, look, asked } = start()
    await alert(1)
    await look().idle()
    assert.deepEqual(asked, [])
    await alert(2, { severity: 'high' })
    await look().idle()
    assert.equal(asked.length, 3)
  })

  it('asks again for nothing that was found, and once more for what failed when someone else takes the case over', async () => {
    let isForbidden = true
    const forbidden: GraphAnswer = { ok: false, failure: { kind: 'invalid', says: 'BadRequest' } }
    const { alert, take, look, types, desk } = start((name) => (name === 'both' && isForbidden ? forbidden : found))
    await alert(1)
    await take(1)
    await look().idle()
    assert.deepEqual(await types(1), ['first', 'no both: refused', 'later'])
    isForbidden = false
    await desk.settle(code(1), [{ type: 'take-over', caseId: code(1), line: null, at: minute(9), by: ben }])
    await look().idle()
    assert.deepEqual(await types(1), ['first', 'no both: refused', 'later', 'both'])
  })

  it('asks for no more where nobody answers, and says so of all of them', async () => {
    const silent: GraphAnswer = { ok: false, failure: { kind: 'unreachable', says: 'no answer in time' } }
    const { alert, look, asked, types } = start(() => silent)
    await alert(1, { severity: 'high' })
    await look().idle()
    assert.deepEqual(asked, ['first', 'both'])
    assert.deepEqual(await types(1), ['no first both: unreachable', 'no later: unreachable'])
    assert.deepEqual([look().health().problems, look().health().details['lookUpsFailed']], [[], 2])
  })

  it('writes nothing down that a stop cut off; a start goes on with it, and with nothing that is on record', async () => {
    let hold = true
    const { alert, look, asked, types, desk, restart } = start((name) =>
      name === 'later' && hold ? new Promise<never>(() => {}) : found,
    )
    await alert(1, { severity: 'high' })
    while (asked.length < 3) await turn()
    await restart()
    assert.deepEqual(await types(1), ['first', 'both'])
    hold = false
    const { state } = await desk.look(code(1))
    assert.ok(state)
    look().resume({ ...state, openedAt: minute(0) })
    await look().idle()
    assert.deepEqual(asked, ['first', 'both', 'later', 'later'])
    assert.deepEqual(await types(1), ['first', 'both', 'later'])
  })

  it('leaves out what shares another’s card, what is judged or closed, and what the alert has too little for', async () => {
    const { desk, look, asked, alert } = start()
    await desk.open(code(1), anAlert({ severity: 'high' }), 'impossible-travel', [], {
      joins: { leader: code(2), as: 'member' },
    })
    await alert(3, { severity: 'high', people: [] })
    await look().idle()
    assert.deepEqual(asked, [])
  })

  it('lets those who are taken go first', async () => {
    let free = () => {}
    const gate = new Promise<void>((resolve) => (free = resolve))
    const { alert, take, look, desk } = start(async () => {
      await gate
      return found
    })
    const order: string[] = []
    desk.onWritten(({ state, written }) => {
      if (written[0]?.type === 'looked-up' && !order.includes(state.id)) order.push(state.id)
    })
    for (let at = 1; at <= 5; at += 1) await alert(at, { severity: 'high' })
    await turn()
    await alert(9)
    await take(9)
    free()
    await look().idle()
    assert.equal(order.length, 6)
    assert.ok(order.indexOf(code(9)) < order.indexOf(code(5)), order.join(' '))
  })
})
