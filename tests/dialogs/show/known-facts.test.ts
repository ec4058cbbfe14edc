import assert from 'node:assert/strict'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { evidenceFor } from '../../../dialogs/show/evidence.js'
import type { Alert } from '../../../triage/alert.js'
import { phrasesFolder } from '../../content/files.js'
import { claimed, openedWith } from '../../support/diary.js'
import { aCheck } from '../../support/guides.js'
import { seenAfter } from '../../support/seen.js'

const phrases = await loadPhrases(phrasesFolder, 'en')
const about = aCheck('address', ['ours'], { registers: { networks: { vpn: 'ours' }, travel: { any: null } } })
const told = (alert: Partial<Alert>, but: Partial<CaseContext> = {}, check = about) =>
  evidenceFor({ ...seenAfter(openedWith(alert), claimed), phrases, ...but }, check).evidence.map(({ text }) => text)
const two = (one: string | undefined, other: string | undefined) => ({
  addresses: [
    { ip: '192.0.2.1', country: 'NO', ...(one !== undefined && { network: one }) },
    { ip: '198.51.100.7', country: 'BR', ...(other !== undefined && { network: other }) },
  ],
  description: 'Signed in from 192.0.2.1 and 38 minutes later from 198.51.100.7.',
})

describe('dialogs/show/known-facts: what is known without asking anybody', () => {
  it('tells networks apart by their number where the source tells every one, and else says nothing of them', () => {
    assert.match(told(two('Telia AS3301', 'Telia Company (AS 3301)'))[0] ?? '', /^All in the same network: Telia/)
    assert.match(
      told(two('Telia AS3301', 'Vivo AS26599'))[0] ?? '',
      /^Different networks: Telia AS3301, Vivo AS26599\./,
    )
    assert.doesNotMatch(told(two('Telia AS3301', undefined)).join(), /network/)
  })

  it('tells the countries and the time between them, in one line with the rest', () => {
    assert.deepEqual(told(two(undefined, undefined)), ['Norway, Brazil, 38 min apart.'])
  })

  it('tells a first time for person and address, unless another case has them or more may have', () => {
    const alert = { ...two(undefined, undefined), description: '' }
    assert.deepEqual(told(alert, { related: [] }), [
      'No earlier case of the last 30 days has the same person or IP address.',
    ])
    const other = { caseId: 'A', title: 'x', occurredAt: '2026-01-01T00:00:00.000Z', isOpen: true, verdict: '' }
    for (const occurredAt of [other.occurredAt, '2027-01-01T00:00:00.000Z'])
      assert.deepEqual(told(alert, { related: [{ ...other, occurredAt, shares: ['person'] }] }), [
        'No earlier case of the last 30 days has the same IP address.',
      ])
    const many = Array.from({ length: 10 }, () => ({ ...other, shares: ['app'] as const }))
    assert.deepEqual(told(alert, { related: many }), [])
  })

  describe('says of the learning period', () => {
    const since = (day: string, effect: 'noisy' | 'unstated' | 'quiet') => {
      const { guide } = seenAfter(openedWith({}), claimed)
      const learning = { ...guide, learning: { days: { from: 7, to: 7 }, effect } }
      const alert = { ...two(undefined, undefined), description: '', occurredAt: '2026-03-08T08:00:00.000Z' }
      return told(alert, { guide: learning, firstOf: () => `${day}T08:00:00.000Z` })
    }

    it('that the detection may still be learning, when its type first came within that time', () => {
      for (const effect of ['noisy', 'unstated'] as const) {
        assert.deepEqual(since('2026-03-01', effect), [
          'This alert type first came here on 1 Mar, so it may still be learning (7 days).',
        ])
        assert.deepEqual(since('2026-02-28', effect), [])
      }
    })

    it('nothing of a detection that raises no alerts while it learns, for it has raised one', () => {
      assert.deepEqual(since('2026-03-01', 'quiet'), [])
    })
  })

  it('says nothing where a check is about none of it', () => {
    assert.deepEqual(told(two('A AS1', 'B AS2'), { related: [] }, aCheck('other', ['x'])), [])
  })
})
