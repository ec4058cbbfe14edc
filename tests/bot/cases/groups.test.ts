import assert from 'node:assert/strict'
import fc from 'fast-check'
import { openDesk } from '../../../bot/cases/desk.js'
import { openGroupIndex } from '../../../bot/cases/group-index.js'
import { type Groups, openGroups } from '../../../bot/cases/groups.js'
import type { Clock } from '../../../bot/pacing/clock.js'
import { caseId } from '../../../intake/case-id.js'
import { type Remembered, memoryStore } from '../../../store/memory.js'
import type { Alert, Severity } from '../../../triage/alert.js'
import type { Case } from '../../../triage/case.js'
import type { Command } from '../../../triage/command.js'
import { isForMembers } from '../../../triage/decide-group.js'
import { Fault } from '../../../triage/fault.js'
import { groupLedBy, membersOf } from '../../../triage/group.js'
import { staleCards } from '../../../triage/stale-cards.js'
import { type Draft, ada, anAlert, intent, minute } from '../../support/cast.js'
import { travel } from '../../support/guides.js'

type Sleep = Clock['sleep']
const never = Number.POSITIVE_INFINITY

/** Winnow's cases over one memory; after so many writes the disk takes nothing more, as after a `kill -9`. The first writes in the `refused` cases fail. */
const start = async (
  remembered: Remembered,
  writes = never,
  refused: string[] = [],
  // What happens while the cases are still read, and how long an alert waits for them.
  {
    during,
    sleep = () => new Promise(() => {}),
  }: { readonly during?: (groups: Groups) => void; readonly sleep?: Sleep } = {},
) => {
  const store = memoryStore(remembered)
  let left = writes
  const failing: typeof store = {
    ...store,
    write: async (...change) => {
      left -= 1
      const at = refused.indexOf(change[0])
      if (at >= 0) refused.splice(at, 1)
      if (left < 0 || at >= 0) throw new Fault('store/unwritable', 'The disk takes nothing.')
      return store.write(...change)
    },
  }
  const now = () => minute(60)
  const desk = openDesk(failing, () => travel, now)
  const logged: string[] = []
  const log = { warn: (_: object, text: string) => void logged.push(text) }
  const groups = openGroups({ desk, index: openGroupIndex(30 * 60_000), log, now, sleep })
  desk.onWritten((written) => groups.written(written))
  during?.(groups)
  for (const id of await store.open()) {
    const { state } = await desk.look(id)
    if (state) groups.resume(state)
  }
  groups.complete()
  const idle = async () => {
    while (await groups.idle());
  }
  await idle()
  return {
    desk,
    groups,
    idle,
    logged,
    /** An alert comes; false when it was not taken. */
    send: async (alert: Alert): Promise<boolean> =>
      groups.open(caseId(alert.source, alert.sourceAlertId), alert, travel.type, [], []).then(
        () => true,
        () => false,
      ),
    /** Somebody wants something of a case; whether it happens depends on the case. */
    want: async (id: string, ...drafts: readonly Draft[]): Promise<void> => {
      const { state } = await desk.look(id)
      if (!state || state.joined) return
      for (const draft of drafts) {
        const command: Command = { caseId: id, line: null, ...draft }
        await desk.settle(id, [command]).catch(() => null)
      }
    },
  }
}

const fresh = (): Remembered => ({ cases: new Map(), settings: new Map() })
const codeOf = (alert: Alert) => caseId(alert.source, alert.sourceAlertId)
const kim = (sourceAlertId: string, at = 0, but: Partial<Alert> = {}) =>
  anAlert({ sourceAlertId, occurredAt: minute(at), ...but })

const take = intent(ada, { type: 'take' })
const answer = intent(ada, { type: 'answer', check: 'address', option: 'ours' })
const verdict = intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
const close = intent(ada, { type: 'close', reason: 'All done elsewhere.' })

describe('bot/cases/groups', () => {
  it('writes once before an alert is taken, and tells the leader afterwards', async () => {
    const { send, desk, idle } = await start(fresh())
    const [one, other] = [kim('1'), kim('2')]
    await send(one)
    await send(other)
    assert.deepEqual(
      (await desk.look(codeOf(other))).diary.map(({ type }) => type),
      ['opened', 'joined'],
    )
    await idle()
    assert.equal((await desk.look(codeOf(one))).state?.members.length, 1)
  })

  it('tells the leader at a start where the end came before', async () => {
    const remembered = fresh()
    const before = await start(remembered, 2)
    const [one, other] = [kim('1'), kim('2')]
    assert.deepEqual([await before.send(one), await before.send(other)], [true, true])
    await before.idle()
    assert.deepEqual(before.logged, ['a case could not follow its group; it is tried again'])
    const after = await start(remembered)
    assert.equal((await after.desk.look(codeOf(one))).state?.members.length, 1)
  })

  it('lets an alert wait at a start for the cases that are still read, so that no second group begins', async () => {
    const remembered = fresh()
    const [one, other] = [kim('1'), kim('2')]
    await (await start(remembered)).send(one)
    let opened: ReturnType<Groups['open']> | undefined
    await start(remembered, never, [], {
      during: (groups) => void (opened = groups.open(codeOf(other), other, travel.type, [], [])),
    })
    assert.deepEqual((await opened)?.joins, { leader: codeOf(one), as: 'member' })
  })

  it('does not let an alert wait for ever when there is much to read', async () => {
    const remembered = fresh()
    const [one, other] = [kim('1'), kim('2')]
    await (await start(remembered)).send(one)
    const store = memoryStore(remembered)
    const desk = openDesk(
      store,
      () => travel,
      () => minute(60),
    )
    const waited: number[] = []
    const sleep: Sleep = async (ms) => void waited.push(ms)
    const parts = { desk, index: openGroupIndex(30 * 60_000), log: { warn: () => {} }, now: () => minute(60), sleep }
    const groups = openGroups(parts)
    assert.equal((await groups.open(codeOf(other), other, travel.type, [], [])).joins, null)
    assert.deepEqual(waited, [1500])
  })

  it('gives an alert a card of its own when the verdict came first', async () => {
    const { send, desk, idle, want } = await start(fresh())
    const [one, other] = [kim('1'), kim('2')]
    await send(one)
    await want(codeOf(one), take, answer)
    await Promise.all([want(codeOf(one), verdict), send(other)])
    await idle()
    const { state, cards } = await desk.look(codeOf(other))
    assert.ok(state)
    assert.equal(state.joined, null)
    assert.deepEqual(staleCards(state, cards), ['channel'])
  })

  it('does not open a case beside one that could not be stored', async () => {
    const id = '5fe2b7a1c0ffee0123456789'
    const one = kim('1', 0, { source: 'cloud-apps', sourceAlertId: id })
    for (const other of [kim('2', 1), kim('3', 0, { source: 'graph', otherIds: [id] })]) {
      const { send, desk } = await start(fresh(), never, [codeOf(one)])
      assert.deepEqual(await Promise.all([send(one), send(other)]), [false, true])
      const { state } = await desk.look(codeOf(other))
      assert.equal(state?.joined, null)
      assert.equal(await send(one), true)
      assert.equal((await desk.look(codeOf(one))).state?.joined?.leader, codeOf(other))
    }
  })

  it('tells a case of its twin when that is sent again, where it could not be told before', async () => {
    const id = '5fe2b7a1c0ffee0123456789'
    const one = kim('1', 0, { source: 'cloud-apps', sourceAlertId: id })
    const other = kim('2', 0, { source: 'graph', otherIds: [id] })
    const refused: string[] = []
    const { send, desk } = await start(fresh(), never, refused)
    await send(one)
    refused.push(codeOf(one))
    assert.deepEqual([await send(other), await send(other)], [false, true])
    assert.equal((await desk.look(codeOf(one))).state?.reports.length, 1)
  })

  it('joins the same alert from two sources where the end came between the two writes', async () => {
    const remembered = fresh()
    const { send } = await start(remembered, 1)
    const id = '5fe2b7a1c0ffee0123456789'
    const one = kim('1', 0, { source: 'cloud-apps', sourceAlertId: id })
    const other = kim('2', 0, { source: 'graph', otherIds: [id] })
    assert.deepEqual([await send(one), await send(other)], [true, false])
    const again = await start(remembered)
    assert.equal(await again.send(other), true)
    const { state } = await again.desk.look(codeOf(one))
    assert.deepEqual(
      state?.reports.map((report) => report.caseId),
      [codeOf(other)],
    )
  })

  it('loses no alert and says nothing twice, whatever comes together and wherever the end comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        alerts,
        steps,
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
        async (all, todo, ends) => {
          const remembered = fresh()
          const taken = new Set<Alert>()
          for (const writes of [...ends, never]) {
            const world = await start(remembered, writes)
            // Who got no answer sends again.
            for (let at = 0; at < all.length; at += 4) {
              const page = all.slice(at, at + 4)
              const sent = await Promise.all(page.map(world.send))
              for (const [index, isTaken] of sent.entries()) if (isTaken && page[index]) taken.add(page[index])
              const step = todo[(at / 4) % todo.length]
              const on = all[at % all.length]
              if (step && on) await perform(step, on, world)
            }
            await world.idle()
            if (writes === never) assert.equal(taken.size, all.length)
          }
          await soundIn(remembered, taken)
        },
      ),
      { numRuns: 60 },
    )
  })
})

type World = Awaited<ReturnType<typeof start>>

const perform = async (step: Step, on: Alert, { want, desk }: World): Promise<void> => {
  const id = codeOf(on)
  if (step !== 'take-out') return want(id, ...wishes[step])
  const member = (await desk.look(id)).state?.members[0]?.caseId
  if (member !== undefined) await want(id, intent(ada, { type: 'take-out', member }))
}

const wishes = {
  take: [take],
  answer: [take, answer],
  verdict: [take, answer, verdict],
  close: [take, answer, verdict, close],
} as const

type Step = keyof typeof wishes | 'take-out'

const steps = fc.array(fc.constantFrom<Step>('take', 'answer', 'verdict', 'close', 'take-out'), {
  minLength: 1,
  maxLength: 8,
})

const person = (name: string) => ({ upn: `${name}@contoso.example`, objectId: null, name })

/** Alerts of few kinds about few people from few places, some of them told by several sources. */
const alerts: fc.Arbitrary<readonly Alert[]> = fc
  .array(
    fc.record({
      event: fc.integer({ min: 0, max: 9 }),
      source: fc.constantFrom<Alert['source']>('cloud-apps', 'graph', 'sentinel', 'winnow'),
      at: fc.integer({ min: 0, max: 90 }),
      type: fc.constantFrom('impossible-travel', 'risky-sign-in'),
      who: fc.subarray(['kim', 'lee', 'mo'], { maxLength: 2 }),
      hosts: fc.subarray(['192.0.2.1', '192.0.2.2', '198.51.100.7', '203.0.113.9'], { maxLength: 2 }),
      severity: fc.constantFrom<Severity>('low', 'medium', 'high'),
      isTold: fc.boolean(),
    }),
    { minLength: 1, maxLength: 24, size: 'max' },
  )
  .map((all) => [
    ...new Map(
      all.map(({ event, source, at, type, who, hosts, severity, isTold }) => {
        const id = `${source}-00000000000${event}-${isTold ? 'told' : `${at}-${type}`}`
        const alert = anAlert({
          source,
          sourceAlertId: id,
          ...(isTold && { otherIds: [`event-00000000000000${event}`] }),
          occurredAt: minute(at),
          type,
          people: who.map(person),
          addresses: hosts.map((ip) => ({ ip, country: null })),
          severity,
        })
        return [id, alert] as const
      }),
    ).values(),
  ])

/** What must hold of everything that was taken, after the last start. */
const soundIn = async (remembered: Remembered, taken: ReadonlySet<Alert>): Promise<void> => {
  const { desk, logged } = await start(remembered)
  assert.deepEqual(logged, [])
  const stateOf = async (id: string): Promise<Case> => {
    const { state } = await desk.look(id)
    assert.ok(state, `case ${id} is lost`)
    return state
  }
  for (const alert of taken) {
    const id = codeOf(alert)
    const { diary, cards } = await desk.look(id)
    const state = await stateOf(id)
    assert.equal(state.alert.sourceAlertId, alert.sourceAlertId)
    assert.equal(diary.filter(({ type }) => type === 'opened').length, 1)
    const codes = [...state.members, ...state.reports].map((one) => one.caseId)
    assert.equal(new Set(codes).size, codes.length, 'nothing is listed twice')
    for (const one of membersOf(state)) assert.equal((await stateOf(one.caseId)).joined?.leader, id)
    if (membersOf(state).length > 0) assert.ok(groupLedBy(state).ties.length > 0, 'a group has something in common')
    for (const one of membersOf(state)) assert.ok(rank(one.severity) <= rank(state.alert.severity))
    if (!state.joined) {
      assert.deepEqual(staleCards(state, cards), ['channel'])
      continue
    }
    const leader = await stateOf(state.joined.leader)
    if (state.joined.as === 'twin') {
      assert.equal(leader.reports.filter((one) => one.caseId === id).length, 1)
      continue
    }
    assert.equal(leader.joined, null)
    assert.deepEqual(membersOf(leader).filter((one) => one.caseId === id).length, 1)
    const led = (await desk.look(leader.id)).diary
    const said = led.flatMap((event, line) => (isForMembers(event) ? [[line, event.type, event.at, event.by.id]] : []))
    const own = diary.filter(({ via }) => via?.line !== undefined)
    assert.deepEqual(
      own.map((event) => [event.via?.line, event.type, event.at, event.by.id]),
      said,
    )
  }
}

const rank = (severity: Severity) => ['informational', 'low', 'medium', 'high'].indexOf(severity)
