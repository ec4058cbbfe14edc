import assert from 'node:assert/strict'
import type { Listed } from '../../../dialogs/show/listed.js'
import { shiftRows, showShift } from '../../../dialogs/show/show-shift.js'
import type { Due } from '../../../triage/deadlines.js'
import { ada, ben, mia, minute } from '../../support/cast.js'
import { aRow } from '../../support/rows.js'
import { words } from '../../support/words.js'

const row = (n: number, but: Partial<Listed> = {}): Listed => aRow(n, { hasCard: true, ...but })
const due: Due = { clock: 'owner', step: 'release', person: ada, at: minute(90) }
const shift = (rows: readonly Listed[], of: Due | null = null) =>
  showShift({ at: minute(60), from: ada, to: ben }, rows, () => of, words).data

describe('dialogs/show/show-shift: what one shift leaves to the next', () => {
  it('counts each open case once, for whom it waits', () => {
    const judged = { at: 'actions', verdict: 'TP', open: 0 } as const
    const { bars } = shift([
      row(1),
      row(2, { owner: ada }),
      row(3, { owner: ada, waitsFor: mia.name }),
      row(4, { waitsFor: mia.name }),
      row(5, { owner: ben, standing: judged }),
      row(6, { owner: ben, standing: { ...judged, open: 2 } }),
    ])
    assert.deepEqual(
      bars.map(({ label, count }) => [label, count]),
      [
        ['shift.waits.no-one()', 2],
        ['shift.waits.manager()', 1],
        ['shift.waits.close()', 1],
        ['shift.waits.owner()', 2],
      ],
    )
  })

  it('tells of each how far it is, whom it waits for and what its clock does next', () => {
    const [first] = shift([row(1, { owner: ada })], due).rows
    assert.deepEqual(first && [first.step, first.waits, first.age], ['list.check(step=1, of=3)', ada.name, '59 min'])
    assert.match(first?.clock ?? '', /^due\.owner\.release\(at=2 Mar 10:30/)
    const [second] = shift([row(2, { waitsFor: mia.name })]).rows
    assert.deepEqual([second?.waits, second?.hasClock], [`list.waits(manager=${mia.name})`, false])
  })

  it('shows as many as fit, says how many more there are, and that there are none', () => {
    const many = shift(Array.from({ length: shiftRows + 3 }, (_, n) => row(n)))
    assert.deepEqual([many.rows.length, many.hasMore, many.more], [shiftRows, true, 'list.more(count=3)'])
    const none = shift([])
    assert.deepEqual([none.standing.slice(0, 10), none.hasBars, none.hasMore], ['shift.none', false, false])
  })

  it('says who is on call now, and after whom', () => {
    assert.equal(shift([]).people, `shift.from-to(from=${ada.name}, to=${ben.name})`)
    const { data } = showShift({ at: minute(0), from: ada, to: null }, [], () => null, words)
    assert.match(data.people, /^shift\.no-one/)
    assert.equal(showShift({ at: minute(0), from: null, to: null }, [], () => null, words).data.hasPeople, false)
  })

  it('makes what a source or a person wrote harmless', () => {
    const [one] = shift([row(1, { title: '\u202Eevil', owner: { id: 'x', name: 'a\u200Bb' } })]).rows
    assert.doesNotMatch(`${one?.title}${one?.waits}`, /[\u202E\u200B]/)
  })
})
