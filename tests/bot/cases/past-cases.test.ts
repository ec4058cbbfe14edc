import assert from 'node:assert/strict'
import fc from 'fast-check'
import { openPastCases } from '../../../bot/cases/past-cases.js'
import type { Alert } from '../../../triage/alert.js'
import type { Case } from '../../../triage/case.js'
import { replay } from '../../../triage/evolve.js'
import { anAlert, minute } from '../../support/cast.js'
import { opened, untilClosed } from '../../support/diary.js'

const kim = { upn: 'kim@contoso.example', objectId: null, name: 'Kim' }
type AnyCase = {
  readonly id: string
  readonly at: number
  readonly people: Alert['people']
  readonly apps: readonly string[]
}

const ids = (alert: Alert, pastCases: ReturnType<typeof openPastCases>) =>
  pastCases.about(alert).map(({ caseId }) => caseId)

const aCase = (id: string, at: number, people: Alert['people'] = [kim]): Case => {
  const state = replay([opened])
  assert.ok(state)
  return { ...state, id, alert: anAlert({ people, occurredAt: minute(at) }) }
}

describe('bot/cases/past-cases', () => {
  it('knows the other cases about the same person, newest first', () => {
    const pastCases = openPastCases()
    for (const [id, at] of [
      ['A', 5],
      ['B', 9],
      ['C', 1],
    ] as const)
      pastCases.note(aCase(id, at))
    assert.deepEqual(pastCases.about(anAlert({ people: [kim] })), [
      { caseId: 'B', type: 'impossible-travel', occurredAt: minute(9) },
      { caseId: 'A', type: 'impossible-travel', occurredAt: minute(5) },
      { caseId: 'C', type: 'impossible-travel', occurredAt: minute(1) },
    ])
  })

  it('finds cases by the ids of their alerts, all that have one, until they are forgotten', () => {
    const pastCases = openPastCases()
    const trace = { type: 'spam', occurredAt: minute(1), title: 'Spam', isOpen: true, verdict: '', keys: [] }
    pastCases.put({ caseId: 'A', ...trace, ids: ['one', 'both'] })
    pastCases.put({ caseId: 'B', ...trace, ids: ['both'] })
    assert.deepEqual(
      [pastCases.withId('one'), pastCases.withId('both'), pastCases.withId('none')],
      [['A'], ['A', 'B'], []],
    )
    assert.equal(pastCases.traceOf('B')?.title, 'Spam')
    pastCases.forget('A')
    assert.deepEqual([pastCases.withId('one'), pastCases.withId('both')], [[], ['B']])
    assert.equal(pastCases.traceOf('A'), undefined)
  })

  it('names the other open cases about one of the same people, and no one else’s', () => {
    const pastCases = openPastCases()
    const own = aCase('A', 5)
    const done = replay(untilClosed)
    for (const one of [own, aCase('B', 9), aCase('C', 7, [{ ...kim, upn: 'lee@contoso.example' }])]) pastCases.note(one)
    pastCases.note({ ...aCase('D', 1), closed: done?.closed ?? null })
    assert.deepEqual(pastCases.openAbout(own), ['B'])
  })

  it('knows a person by user name or object id, in any case, and never by display name or by nothing', () => {
    const pastCases = openPastCases()
    pastCases.note(aCase('A', 1, [{ upn: 'Kim@Contoso.example', objectId: 'OID', name: 'Kim' }]))
    pastCases.note(aCase('B', 2, [{ upn: null, objectId: null, name: 'Kim' }]))
    const about = (upn: string | null, objectId: string | null) =>
      ids(anAlert({ people: [{ upn, objectId, name: 'Kim' }] }), pastCases)
    assert.deepEqual(about('kim@contoso.example', null), ['A'])
    assert.deepEqual(about(null, 'oid'), ['A'])
    assert.deepEqual(about('kim@contoso.example', 'oid'), ['A'])
    assert.deepEqual([about(null, null), about('other@contoso.example', null)], [[], []])
  })

  it('tells at most ten', () => {
    const pastCases = openPastCases()
    for (let at = 0; at < 50; at += 1) pastCases.note(aCase(`C${at}`, at))
    assert.deepEqual(
      ids(anAlert({ people: [kim] }), pastCases),
      Array.from({ length: 10 }, (_, at) => `C${49 - at}`),
    )
  })

  it('keeps of one person the newest ten, and of each other type the newest', () => {
    const pastCases = openPastCases()
    const typed = (id: string, at: number, type: string): void => {
      const one = aCase(id, at)
      pastCases.note({ ...one, alert: { ...one.alert, type } })
    }
    typed('old', 1, 'spam')
    typed('newer', 2, 'spam')
    for (let at = 20; at < 32; at += 1) typed(`C${at}`, at, 'travel')
    typed('late', 3, 'travel')
    const newest = Array.from({ length: 10 }, (_, at) => `C${31 - at}`)
    const same = () => pastCases.samePerson(anAlert({ people: [kim] })).map(({ caseId }) => caseId)
    assert.deepEqual(same(), [...newest, 'newer'])
    for (let type = 0; type < 50; type += 1) typed(`T${type}`, 100 + type, `type ${type}`)
    assert.equal(same().length, 40)
    pastCases.forget('T49')
    assert.deepEqual(same().slice(0, 2), ['T48', 'T47'])
  })

  it('takes a case in once, however often it is noted', () => {
    const pastCases = openPastCases()
    for (let more = 0; more < 3; more += 1) pastCases.note(aCase('A', 1))
    assert.deepEqual(ids(anAlert({ people: [kim] }), pastCases), ['A'])
  })

  const shared = (id: string, pastCases: ReturnType<typeof openPastCases>) => {
    const state = aCase(id, 0)
    return pastCases.related(state).map(({ caseId, shares }) => `${caseId}: ${shares.join(', ')}`)
  }
  const withAlert = (id: string, at: number, alert: Partial<Alert>) => {
    const nothing = { people: [], addresses: [], apps: [], resources: [] }
    return { ...aCase(id, at), alert: anAlert({ ...nothing, occurredAt: minute(at), ...alert }) }
  }

  it('knows what else is about the same person, address, app or resource, newest first, and what they share', () => {
    const pastCases = openPastCases()
    const { addresses, apps } = anAlert()
    pastCases.note(aCase('own', 0))
    pastCases.note(withAlert('A', 1, { people: [{ upn: 'KIM@contoso.example', objectId: null, name: null }], apps }))
    pastCases.note(withAlert('B', 2, { addresses: addresses.slice(1) }))
    pastCases.note(withAlert('C', 3, { apps: apps.map((app) => app.toUpperCase()) }))
    pastCases.note(withAlert('D', 4, { resources: ['vm-1'] }))
    assert.deepEqual(shared('own', pastCases), ['C: app', 'B: address', 'A: person, app'])
    const vm = withAlert('own', 0, { resources: ['VM-1'] })
    assert.deepEqual(
      pastCases.related(vm).map(({ caseId, shares }) => [caseId, ...shares]),
      [['D', 'resource']],
    )
  })

  it('leaves those out first that share nothing but an app', () => {
    const pastCases = openPastCases()
    const { apps } = anAlert()
    for (let at = 0; at < 8; at += 1) pastCases.note(aCase(`P${at}`, at))
    for (let at = 10; at < 20; at += 1) pastCases.note(withAlert(`Q${at}`, at, { apps }))
    const found = shared('own', pastCases)
    assert.deepEqual(found.slice(0, 3), ['Q19: app', 'Q18: app', 'P7: person, address, app'])
    assert.equal(found.length, 10)
  })

  it('tells whether they are open and what became of them, as it stands now', () => {
    const pastCases = openPastCases()
    const state = aCase('A', 1)
    const now = () => {
      const [one] = pastCases.related(aCase('own', 0))
      return [one?.isOpen, one?.verdict, one?.title]
    }
    pastCases.note(state)
    assert.deepEqual(now(), [true, '', 'Impossible travel activity'])
    const ended = replay(untilClosed)
    assert.ok(ended?.closed)
    pastCases.note({ ...state, recordedVerdict: ended.recordedVerdict })
    assert.deepEqual(now(), [true, 'FP - Untagged VPN', 'Impossible travel activity'])
    pastCases.note({ ...state, recordedVerdict: ended.recordedVerdict, closed: ended.closed })
    assert.deepEqual(now(), [false, 'FP - Untagged VPN', 'Impossible travel activity'])
    assert.deepEqual(
      pastCases.traces().map(({ caseId, verdict }) => [caseId, verdict]),
      [['A', 'FP - Untagged VPN']],
    )
    assert.deepEqual(ids(anAlert({ people: [kim] }), pastCases), ['A'])
  })

  it('forgets the longest known when there are too many', () => {
    const pastCases = openPastCases(3)
    for (const id of ['A', 'B', 'C', 'D', 'E']) pastCases.note(aCase(id, 1))
    assert.deepEqual(ids(anAlert({ people: [kim] }), pastCases).toSorted(), ['C', 'D', 'E'])
  })

  it('marks what it knows beside a case anew whenever that changes, and not for what becomes of the case itself', () => {
    const people = ['kim', 'lee', 'max'].map((name) => ({ upn: `${name}@contoso.example`, objectId: null, name }))
    const apps = ['Mail', 'Files']
    const done = replay(untilClosed)
    const anyCase = fc.record({
      id: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
      at: fc.integer({ min: 0, max: 9 }),
      people: fc.subarray(people, { maxLength: 2 }),
      apps: fc.subarray(apps),
    })
    const stated = ({ id, at, people, apps }: AnyCase): Case => {
      const state = aCase(id, at, people)
      return { ...state, alert: { ...state.alert, addresses: [], resources: [], apps } }
    }
    const step = fc.record({ at: fc.nat(5), what: fc.constantFrom('note', 'close', 'forget') })
    const all = fc.uniqueArray(anyCase, { minLength: 2, maxLength: 6, selector: ({ id }) => id })
    fc.assert(
      fc.property(all, fc.array(step, { maxLength: 40 }), fc.integer({ min: 2, max: 6 }), (made, steps, most) => {
        const pastCases = openPastCases(most)
        const cases = made.map(stated)
        const known = new Map<string, string>()
        const look = () => {
          for (const one of cases) {
            const others = pastCases.samePerson(one.alert).filter(({ caseId }) => caseId !== one.id)
            const beside = JSON.stringify([pastCases.related(one), others])
            const key = `${one.id} ${pastCases.markOf(one)}`
            assert.equal(known.get(key) ?? beside, beside)
            known.set(key, beside)
          }
        }
        for (const { at, what } of steps) {
          const one = cases[at % cases.length]
          if (!one) continue
          const marked = pastCases.markOf(one)
          const isKnown = pastCases.traces().some(({ caseId }) => caseId === one.id)
          if (what === 'forget') pastCases.forget(one.id)
          else pastCases.note({ ...one, closed: what === 'close' ? (done?.closed ?? null) : null })
          if (isKnown && what !== 'forget') assert.equal(pastCases.markOf(one), marked)
          look()
        }
      }),
      { numRuns: 300 },
    )
  })
})
