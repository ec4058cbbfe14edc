import assert from 'node:assert/strict'
import type { FoundCase } from '../../../bot/cases/found-case.js'
import { openFindInCases } from '../../../bot/replies/find-in-cases.js'
import { parseFind } from '../../../dialogs/hear/parse-find.js'
import { minute } from '../../support/cast.js'

describe('bot/replies/find-in-cases', () => {
  it('tells of a closed case what its guide calls such alerts, and nothing where its line says no type', async () => {
    const found: Omit<FoundCase, 'type'> = {
      caseId: '7K3F-9QXM-2ABC',
      title: 'Impossible travel activity',
      severity: 'medium',
      family: null,
      people: [],
      openedAt: minute(0),
      verdict: null,
      verdictName: '',
      closed: { at: minute(5), by: 'Ada Analyst' },
    }
    const cases = [
      { ...found, type: 'impossible-travel' },
      { ...found, type: '' },
    ]
    const find = openFindInCases({
      findCases: { find: async () => ({ cases, count: 2, searched: 2, of: 2 }) },
      openCases: { rows: async () => [] },
      titleOf: (type) => `Title of ${type}`,
    })
    const asked = parseFind('find kim')
    assert.ok(asked?.kind === 'find')
    const { rows } = await find(asked)
    assert.deepEqual(
      rows.map(({ type, kind }) => [type, kind]),
      [
        ['impossible-travel', 'Title of impossible-travel'],
        ['', ''],
      ],
    )
  })
})
