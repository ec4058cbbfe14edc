import assert from 'node:assert/strict'
import { openDesk } from '../../../bot/cases/desk.js'
import { openPastCases } from '../../../bot/cases/past-cases.js'
import { openTellRelated } from '../../../bot/cases/tell-related.js'
import { memoryStore } from '../../../store/memory.js'
import type { Alert } from '../../../triage/alert.js'
import { Fault } from '../../../triage/fault.js'
import { ada, anAlert, minute } from '../../support/cast.js'
import { travel } from '../../support/guides.js'

const code = (at: number) => `7K3F-9QXM-${String(at).padStart(4, '0')}`

const open = () => {
  const store = memoryStore()
  const desk = openDesk(
    store,
    () => travel,
    () => minute(9),
  )
  const pastCases = openPastCases()
  const logged: string[] = []
  const log = { warn: (_: object, text: string) => void logged.push(text) }
  const tellRelated = openTellRelated({ desk, pastCases, log, now: () => minute(10) })
  desk.onWritten((written) => {
    pastCases.note(written.state)
    tellRelated.written(written)
  })
  return {
    desk,
    logged,
    tellRelated,
    store,
    /** An alert comes, about Kim unless told; resolves when everyone is told of it. */
    alert: async (at: number, but: Partial<Alert> = {}) => {
      await desk.open(
        code(at),
        anAlert({ occurredAt: minute(at), title: `Alert ${at}`, ...but }),
        'impossible-travel',
        [],
      )
      return tellRelated.idle()
    },
    /** Of which others a case was told, in order. */
    told: async (at: number) =>
      (await desk.look(code(at))).diary.flatMap((event) =>
        event.type === 'related-opened' ? [`${event.title} (${event.other.caseId})`] : [],
      ),
  }
}

describe('bot/cases/tell-related', () => {
  it('tells the open case of someone that another alert has come for them', async () => {
    const { alert, told, desk } = open()
    assert.equal(await alert(1), false)
    assert.equal(await alert(2), true)
    assert.deepEqual(await told(1), [`Alert 2 (${code(2)})`])
    assert.deepEqual(await told(2), [])
    const { state } = await desk.look(code(1))
    assert.deepEqual(state?.related, [{ caseId: code(2), type: 'impossible-travel', occurredAt: minute(2) }])
  })

  it('leaves closed cases in peace, and those that share less than a person', async () => {
    const { alert, told, desk } = open()
    await alert(1)
    const by = { caseId: code(1), line: null, at: minute(5), by: ada }
    await desk.settle(code(1), [
      { type: 'take', ...by },
      { type: 'record-verdict', verdict: 'undetermined', reason: 'x', ...by },
      { type: 'close', reason: 'x', ...by },
    ])
    await alert(2, { people: [] })
    await alert(3)
    assert.deepEqual([await told(1), await told(2)], [[], []])
  })

  it('writes a handful of lines about a storm of alerts for one person', async () => {
    const { alert, told } = open()
    for (let at = 1; at <= 12; at += 1) await alert(at)
    const lines = await Promise.all(Array.from({ length: 12 }, (_, at) => told(at + 1)))
    assert.deepEqual(
      lines.map(({ length }) => length),
      [3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    )
  })

  it('goes on when a case can’t be told', async () => {
    const pastCases = openPastCases()
    const logged: string[] = []
    const { desk } = open()
    const settle = () => Promise.reject(new Fault('store/unwritable', 'the disk is full'))
    const log = { warn: (_: object, text: string) => void logged.push(text) }
    const tellRelated = openTellRelated({ desk: { settle }, pastCases, log, now: () => minute(10) })
    for (const at of [1, 2]) {
      const { state, written } = await desk.open(code(at), anAlert({ occurredAt: minute(at) }), 'impossible-travel', [])
      assert.ok(state)
      pastCases.note(state)
      tellRelated.written({ state, written })
    }
    assert.equal(await tellRelated.idle(), true)
    assert.equal(await tellRelated.idle(), false)
    assert.deepEqual(logged, ['a case could not be told of another about the same person'])
  })
})
