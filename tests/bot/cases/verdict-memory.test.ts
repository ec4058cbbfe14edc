import assert from 'node:assert/strict'
import { openVerdictMemory } from '../../../bot/cases/verdict-memory.js'
import { memoryStore } from '../../../store/memory.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { ada, anAlert, wrote } from '../../support/cast.js'
import { claimed, judged, judgedAs, opened } from '../../support/diary.js'

const log = { warn: () => assert.fail('warned') }

describe('bot/cases/verdict-memory', () => {
  const caseAfter = (caseId: string, ...events: readonly Event[]) => {
    assert.ok(opened.type === 'opened')
    const state = replay([{ ...opened, caseId }, claimed, ...events])
    assert.ok(state)
    return state
  }
  const asked = { id: 'NOW', alert: anAlert() }
  const ids = (memory: Awaited<ReturnType<typeof openVerdictMemory>>) => memory.about(asked).map(({ caseId }) => caseId)

  it('knows the verdicts of other cases about the same things, after a restart as well', async () => {
    const store = memoryStore()
    const memory = await openVerdictMemory({ store, log })
    for (const id of ['A', 'B']) memory.note(caseAfter(id, judged))
    memory.note(caseAfter('OPEN'))
    memory.note(caseAfter('NOW', judged))
    assert.deepEqual(ids(memory), ['A', 'B'])
    await memory.save()
    assert.deepEqual(ids(await openVerdictMemory({ store, log })), ['A', 'B'])
  })

  it('forgets a verdict that is withdrawn, and takes the one that comes after it', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log })
    memory.note(caseAfter('A', judged))
    const version = memory.version()
    memory.note(caseAfter('A', judged, wrote(ada, { type: 'judgement-withdrawn' })))
    assert.deepEqual(ids(memory), [])
    assert.ok(memory.version() > version)
    memory.note(caseAfter('A', judgedAs({ class: 'TP', label: 'Account compromised' })))
    assert.equal(memory.about(asked)[0]?.class, 'TP')
  })

  it('forgets those noted longest ago first, true positives last', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log, most: 2 })
    memory.note(caseAfter('T', judgedAs({ class: 'TP' })))
    for (const id of ['A', 'B']) memory.note(caseAfter(id, judged))
    assert.deepEqual(ids(memory), ['T', 'B'])
  })
})
