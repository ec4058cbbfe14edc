import assert from 'node:assert/strict'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import { openDesk } from '../../../bot/cases/desk.js'
import { openShiftDigest } from '../../../bot/notices/shift-digest.js'
import { memoryStore } from '../../../store/memory.js'
import type { Rota } from '../../../triage/rota.js'
import { ada, anAlert, ben, caseId, posted } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { noThreads } from '../../support/no-threads.js'
import { words } from '../../support/words.js'

const here = posted().place
const rota: Rota = {
  layers: [
    { name: 'all', people: [ada, ben], zone: 'UTC', from: '2026-03-01', handover: 480, everyDays: 1, hours: null },
  ],
  overrides: [],
  away: [],
  atLeast: 'medium',
}

describe('bot/notices/shift-digest', () => {
  const open = (remembered = { cases: new Map<string, string>(), settings: new Map<string, string>() }) => {
    const store = memoryStore(remembered)
    const desk = openDesk(
      store,
      () => travel,
      () => '2026-03-02T00:00:00.000Z',
    )
    const openCases = startOpenCases(noThreads, () => travel)
    desk.onWritten((written) => openCases.note(written))
    const sent: string[] = []
    const look = openShiftDigest({
      rota: () => rota,
      channels: {
        channels: () => [{ place: here, filter: { family: null, atLeast: null }, boundBy: '', onCall: null }],
        placeFor: () => here,
      },
      openCases,
      desk,
      clocks: { next: () => null },
      store,
      wordsIn: () => words,
      zone: 'UTC',
      listed: (rows) => rows,
      messageOf: ({ data }) => ({ text: `${data.people} ${data.rows.map((row) => row.caseId).join()}` }),
      send: (to, message) => sent.push(`${to.conversationId} ${'text' in message ? message.text : ''}`),
    })
    return { desk, sent, remembered, look: (at: string) => look(`2026-03-${at}:00.000Z`) }
  }

  it('tells each handover once, with the cases that are open then', async () => {
    const { desk, sent, look } = open()
    await desk.open(caseId, anAlert(), 'impossible-travel', [])
    for (const at of ['02T07:58', '02T07:59', '02T08:00', '02T08:01', '02T20:00', '03T07:59', '03T08:00'])
      await look(at)
    assert.deepEqual(sent, [
      `${here.conversationId} shift.from-to(from=${ada.name}, to=${ben.name}) ${caseId}`,
      `${here.conversationId} shift.from-to(from=${ben.name}, to=${ada.name}) ${caseId}`,
    ])
  })

  it('tells nothing of what was before it was ever started', async () => {
    const { sent, look } = open()
    await look('02T08:05')
    assert.deepEqual(sent, [])
  })

  it('tells after a restart of a handover that was missed within the hour, of no older one, and of none twice', async () => {
    const first = open()
    await first.look('02T07:00')
    await first.look('02T08:00')
    const again = open(first.remembered)
    await again.look('02T08:10')
    assert.equal(again.sent.length, 0)
    const later = open(first.remembered)
    await later.look('03T08:40')
    assert.equal(later.sent.length, 1)
    const tooLate = open(first.remembered)
    await tooLate.look('04T09:30')
    assert.equal(tooLate.sent.length, 0)
  })
})
