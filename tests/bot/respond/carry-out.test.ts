import assert from 'node:assert/strict'
import { openDesk } from '../../../bot/cases/desk.js'
import { openEffectsOutbox } from '../../../bot/effects/outbox.js'
import { openResponseGraph } from '../../../bot/graph/response-graph.js'
import { openCarryOut } from '../../../bot/respond/carry-out.js'
import { openExpireActions } from '../../../bot/respond/expire-actions.js'
import { openProtection } from '../../../bot/respond/protection.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Command } from '../../../triage/command.js'
import type { Target } from '../../../triage/response-action.js'
import { ada, anAlert, ben, caseId, minute } from '../../support/cast.js'
import { fakeClock } from '../../support/fake-clock.js'
import { clientOf } from '../../support/fake-graph.js'
import { type FakeResponseGraph, openFakeResponseGraph } from '../../support/fake-response-graph.js'
import { travel } from '../../support/guides.js'
import { askToSuspend, terms } from '../../support/response.js'

const kimId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'
const kim: Target = { kind: 'user', id: kimId, name: 'Kim Karlsen', also: 'kim@contoso.example', was: 'enabled' }

describe('bot/respond/carry-out: timelines', () => {
  let graph: FakeResponseGraph
  before(async () => {
    graph = await openFakeResponseGraph()
  })
  after(() => graph.close())
  beforeEach(() => {
    graph.users.clear()
    graph.writes.length = 0
    graph.user(kimId)
  })
  afterEach(() => assert.deepEqual(graph.wrong, []))

  type Options = {
    readonly store?: Store
    readonly mode?: 'dry-run' | 'on'
    readonly breakGlass?: () => readonly string[] | null
    readonly from?: number
  }

  /** A process: what it writes outlives it in the store. */
  const start = ({ store = memoryStore(), mode = 'on', breakGlass = () => [], from = 0 }: Options = {}) => {
    const clock = fakeClock()
    const now = () => new Date(Date.parse(minute(from)) + clock.now()).toISOString()
    const desk = openDesk(store, () => travel, now)
    const parts = {
      graph: openResponseGraph(clientOf(graph, { clock: { now: clock.now, sleep: async () => undefined } })),
      protection: openProtection({ registers: { peopleOf: breakGlass }, own: [] }),
    }
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const targets = [openCarryOut({ ...parts, mode, now })]
    const effects = openEffectsOutbox({ targets, desk, clock, random: () => 0, now, log })
    desk.onWritten((written) => effects.note(written))
    const give = (...commands: readonly Command[]) => desk.settle(caseId, commands)
    const by = (person: typeof ada, at = now()) => ({ caseId, line: null, at, by: person })
    return {
      store,
      desk,
      effects,
      clock,
      now,
      /** Ada asks to have Kim suspended, and Ben agrees. */
      approve: async (but: Partial<Parameters<typeof terms>[0]> = {}) => {
        await desk.open(caseId, anAlert(), 'impossible-travel', [])
        await give({ type: 'take', ...by(ada) }, { type: 'record-verdict', verdict: 'tp', reason: 'Seen.', ...by(ada) })
        await give({ ...askToSuspend({ target: kim, ...but }), ...by(ada) })
        return give({ type: 'approve-action', asked: 3, target: `user:${kimId}`, ...by(ben) })
      },
      /** A start takes up what is open. */
      resume: async () => {
        const { state, diary } = await desk.look(caseId)
        if (state) effects.note({ state, diary })
      },
      /** Until nothing waits any more. */
      end: async () => {
        for (let round = 0; round < 60; round += 1) {
          await effects.idle()
          await clock.run()
          const { state } = await desk.look(caseId)
          if (!(await effects.idle()) && state?.responses.every((one) => one.state !== 'approved')) return
        }
        assert.fail('it goes on for ever')
      },
      told: async () =>
        (await desk.look(caseId)).diary
          .filter(({ type }) => type.startsWith('action-') || type === 'done')
          .map((event) => (event.type === 'action-failed' ? `${event.type} ${event.why} ${event.detail}` : event.type)),
    }
  }
  const suspended = [`PATCH /users/${kimId} {"accountEnabled":false}`, `POST /users/${kimId}/revokeSignInSessions`]
  const went = ['action-asked', 'action-approved', 'action-carried-out', 'done']

  it('is done once it is approved, and not before', async () => {
    const one = start()
    await one.approve()
    await one.end()
    assert.deepEqual(graph.writes, suspended)
    assert.deepEqual(await one.told(), went)
    assert.deepEqual([graph.users.get(kimId)?.accountEnabled, graph.users.get(kimId)?.revoked], [false, 1])
  })

  it('outage: waits, and is done when Graph is back', async () => {
    const one = start()
    graph.outage(true)
    await one.approve()
    await one.effects.idle()
    assert.deepEqual(await one.told(), ['action-asked', 'action-approved'])
    await one.clock.run(() => one.clock.now() > 0)
    graph.outage(false)
    await one.end()
    assert.deepEqual(await one.told(), went)
  })

  it('outage: what can’t be done in the time of its approval is not done later, and says so', async () => {
    const one = start()
    graph.outage(true)
    await one.approve()
    await one.end()
    graph.outage(false)
    assert.ok(one.now() > minute(30))
    assert.deepEqual(await one.told(), ['action-asked', 'action-approved', 'action-failed too-late '])
    assert.deepEqual(graph.writes, [])
  })

  it('429: waits as long as Graph says', async () => {
    const one = start()
    graph.fail({ status: 429, headers: { 'retry-after': '120' } })
    await one.approve()
    await one.end()
    assert.deepEqual(await one.told(), went)
  })

  it('403: says at once which permission is missing', async () => {
    const one = start()
    graph.granted.delete('User.EnableDisableAccount.All')
    await one.approve()
    await one.end()
    graph.granted.add('User.EnableDisableAccount.All')
    assert.deepEqual((await one.told()).at(-1), 'action-failed forbidden User.EnableDisableAccount.All')
    assert.equal(graph.users.get(kimId)?.accountEnabled, true)
  })

  it('a target that is gone: says so', async () => {
    const one = start()
    graph.users.clear()
    await one.approve()
    await one.end()
    assert.deepEqual((await one.told()).at(-1), 'action-failed not-found ')
  })

  it('killed before Graph is asked: the next start does it', async () => {
    const store = memoryStore()
    const one = start({ store })
    graph.outage(true)
    await one.approve()
    await one.effects.stop()
    graph.outage(false)
    const next = start({ store, from: 2 })
    await next.resume()
    await next.end()
    assert.deepEqual(await next.told(), went)
    assert.deepEqual(graph.writes, suspended)
  })

  it('killed between Graph’s doing and Winnow’s writing: done again with the same end, told once', async () => {
    const store = memoryStore()
    const one = start({ store })
    const dead = new Promise<void>((resolve) => {
      graph.afterNextWrite(() => {
        graph.outage(true)
        resolve()
      })
    })
    await one.approve()
    await dead
    await one.effects.stop()
    assert.equal(graph.users.get(kimId)?.accountEnabled, false)
    assert.deepEqual(await one.told(), ['action-asked', 'action-approved'])
    graph.outage(false)
    const next = start({ store, from: 2 })
    await next.resume()
    await next.end()
    assert.deepEqual(await next.told(), went)
    assert.deepEqual([graph.users.get(kimId)?.accountEnabled, graph.users.get(kimId)?.revoked], [false, 1])
  })

  it('killed for longer than the approval holds: not done', async () => {
    const store = memoryStore()
    const one = start({ store })
    graph.outage(true)
    await one.approve()
    await one.effects.stop()
    graph.outage(false)
    const next = start({ store, from: 45 })
    await next.resume()
    await next.end()
    assert.deepEqual((await next.told()).at(-1), 'action-failed too-late ')
    assert.deepEqual(graph.writes, [])
  })

  it('an account that was added to the break-glass list after the approval: not done, nor while the list can’t be read', async () => {
    for (const breakGlass of [() => ['KIM@contoso.example'], () => null]) {
      graph.writes.length = 0
      const one = start({ breakGlass })
      await one.approve()
      await one.end()
      assert.deepEqual((await one.told()).at(-1), 'action-failed protected ')
      assert.deepEqual(graph.writes, [])
    }
  })

  it('asked for in a dry run, or carried out in one: only rehearsed', async () => {
    for (const [mode, dryRun] of [
      ['dry-run', false],
      ['on', true],
    ] as const) {
      const one = start({ mode })
      await one.approve({ dryRun })
      await one.end()
      assert.deepEqual((await one.told()).slice(-2), ['action-approved', 'action-rehearsed'])
    }
    assert.deepEqual(graph.writes, [])
  })

  it('what nobody approves expires in its time, once', async () => {
    const one = start()
    const expire = openExpireActions(one.desk, (error) => assert.fail(String(error)))
    one.desk.onWritten(({ state }) => expire.note(state))
    await one.desk.open(caseId, anAlert(), 'impossible-travel', [])
    const by = { caseId, line: null, at: minute(0), by: ada }
    await one.desk.settle(caseId, [
      { type: 'take', ...by },
      { type: 'record-verdict', verdict: 'tp', reason: 'Seen.', ...by },
      { ...askToSuspend({ target: kim }), ...by },
    ])
    await expire.run(minute(30))
    assert.deepEqual(await one.told(), ['action-asked'])
    await expire.run(minute(31))
    await expire.run(minute(32))
    assert.deepEqual(await one.told(), ['action-asked', 'action-expired'])
  })
})
