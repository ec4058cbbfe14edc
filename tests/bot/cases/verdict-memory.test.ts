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

  it('marks what it knows of a case anew with each verdict of another case, and not with its own', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log })
    const marks = [memory.markOf(asked)]
    const mark = () => marks.push(memory.markOf(asked))
    memory.note(caseAfter('A', judged))
    mark()
    const known = memory.about(asked)
    memory.note(caseAfter('NOW', judged))
    mark()
    assert.equal(memory.about(asked), known)
    memory.note(caseAfter('NOW', judged, wrote(ada, { type: 'judgement-withdrawn' })))
    mark()
    assert.equal(new Set(marks).size, 2)
    assert.equal(marks[1], marks[3])
    memory.note(caseAfter('B', judged))
    mark()
    memory.note(caseAfter('NOW', judgedAs({ class: 'TP' })))
    mark()
    assert.equal(new Set(marks).size, 3)
    assert.equal(marks[4], marks[5])
    assert.deepEqual(ids(memory), ['A', 'B'])
    memory.forget('A')
    mark()
    assert.equal(new Set(marks).size, 4)
    assert.deepEqual(ids(memory), ['B'])
  })

  it('marks it no other where its own verdict makes room for itself: the card drawn ahead of a click is the one that answers it', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log, most: 2 })
    for (const id of ['A', 'B']) memory.note(caseAfter(id, judged))
    const before = memory.markOf(asked)
    memory.note(caseAfter('NOW', judged))
    assert.deepEqual(ids(memory), ['B'])
    assert.equal(memory.markOf(asked), before)
    memory.note(caseAfter('C', judged))
    assert.notEqual(memory.markOf(asked), before)
  })

  it('knows the newest two hundred, however many were forgotten before, in whatever order', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log, most: 250 })
    let left: string[] = []
    for (let at = 0; at < 2000; at += 1) {
      const id = `C-${at}`
      memory.note(caseAfter(id, judged))
      left = [...left, id].slice(-250)
      const gone = at % 3 === 0 ? left[(at * 7) % left.length] : undefined
      if (gone !== undefined) memory.forget(gone)
      left = left.filter((one) => one !== gone)
      if (at % 50 === 0) assert.deepEqual(ids(memory), left.slice(-200))
    }
    for (const id of left) memory.forget(id)
    assert.deepEqual(ids(memory), [])
  })

  it('knows as much of others once a case has its own verdict as before', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log })
    for (let at = 0; at < 205; at += 1) memory.note(caseAfter(`C-${at}`, judged))
    const before = ids(memory)
    memory.note(caseAfter('NOW', judged))
    memory.note(caseAfter('LATER', judged))
    memory.forget('LATER')
    assert.equal(before.length, 200)
    assert.deepEqual(ids(memory), before)
  })

  it('says whether a verdict may be contradicted: as long as one of the other side on that type is remembered', async () => {
    const store = memoryStore()
    const memory = await openVerdictMemory({ store, log, most: 3 })
    const opposed = (one: typeof memory) =>
      (['TP', 'FP', 'B-TP', 'undetermined'] as const).filter((each) => one.isOpposed('impossible-travel', each))
    assert.deepEqual(opposed(memory), [])
    memory.note(caseAfter('A', judged))
    assert.deepEqual(opposed(memory), ['TP'])
    memory.note(caseAfter('A', judgedAs({ verdict: 'undetermined', class: 'undetermined' })))
    assert.deepEqual(opposed(memory), [])
    memory.note(caseAfter('B', judgedAs({ class: 'TP' })))
    assert.deepEqual(opposed(memory), ['FP', 'B-TP'])
    assert.equal(memory.isOpposed('spam', 'FP'), false)
    await memory.save()
    assert.deepEqual(opposed(await openVerdictMemory({ store, log })), ['FP', 'B-TP'])
    memory.forget('B')
    assert.deepEqual(opposed(memory), [])
  })

  it('notes a thing that an alert names twice once', async () => {
    const memory = await openVerdictMemory({ store: memoryStore(), log })
    const alert = anAlert({ people: [], addresses: [], resources: [], apps: ['Mail', 'mail'] })
    for (let at = 0; at < 150; at += 1) memory.note({ ...caseAfter(`C-${at}`, judged), alert })
    assert.equal(memory.about({ id: 'NOW', alert }).length, 150)
  })

  it('takes in what can be read of what was written down', async () => {
    const store = memoryStore()
    const memory = await openVerdictMemory({ store, log })
    for (const id of ['A', 'B']) memory.note(caseAfter(id, judged))
    await memory.save()
    const { value } = await store.kept('verdicts')
    assert.ok(Array.isArray(value))
    await store.keep('verdicts', [{ caseId: 'X' }, null, ...value, value[0]])
    assert.deepEqual(ids(await openVerdictMemory({ store, log })), ['A', 'B'])
  })
})
