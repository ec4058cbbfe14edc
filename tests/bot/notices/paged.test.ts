import assert from 'node:assert/strict'
import { openNotePages, openPaged } from '../../../bot/notices/paged.js'
import { type Card, channelCard } from '../../../triage/card.js'
import { replay } from '../../../triage/evolve.js'
import type { OnCall } from '../../../triage/routing.js'
import { aCard, ada, ben, caseId, mia, now, posted } from '../../support/cast.js'
import { openedWith } from '../../support/diary.js'

describe('bot/notices/paged: whom a case that waits can page', () => {
  const paged = (state: Card['state'], current: OnCall | null = { person: ben, atLeast: 'medium' }) => {
    const open = replay([openedWith({ severity: 'medium' })])
    assert.ok(open)
    return openPaged({
      place: () => posted().place,
      onCall: { onCallIn: () => current, awakeIn: () => null, byRotaIn: () => null, nextIn: () => [mia, ada] },
      leads: ['u-lead', 'u-other'],
      namesOf: ([id]) => (id === 'u-lead' ? ['Lena Lead'] : []),
    })(open, { [channelCard]: aCard(channelCard, { state }) })
  }
  const leads = [
    { id: 'u-lead', name: 'Lena Lead' },
    { id: 'u-other', name: 'u-other' },
  ]

  it('who is on call if it is severe enough for them, the leads, and the next one on the rota', () => {
    assert.deepEqual(paged('shown'), { again: [ben], leads, next: [mia] })
    assert.deepEqual(paged('lost'), { again: [ben], leads, next: [mia] })
    assert.deepEqual(paged('shown', { person: ben, atLeast: 'high' }), { again: [], leads, next: [] })
    assert.deepEqual(paged('shown', null), { again: [], leads, next: [] })
  })

  it('no one as long as its card is held back or on its way', () => {
    for (const state of ['missing', 'posting'] as const)
      assert.deepEqual(paged(state), { again: [], leads: [], next: [] })
  })

  it('that a page was sent is written down, and what cannot be written is not sent again for that', async () => {
    const settled: string[] = []
    const warned: string[] = []
    const note = openNotePages({
      desk: {
        settle: async (id, [command]) => {
          if (id === 'bad') throw new Error('disk full')
          settled.push(`${id} ${command?.type}`)
          return { state: null, diary: [], cards: {}, refusal: null, written: [], owed: [] }
        },
      },
      now: () => now,
      log: { warn: (_, text) => warned.push(text) },
    })
    await note(['bad', caseId], [ben])
    assert.deepEqual([settled, warned.length], [[`${caseId} page`], 1])
  })
})
