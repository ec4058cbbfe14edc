import assert from 'node:assert/strict'
import type { CaseContext } from '../../dialogs/case-context.js'
import { findingFor } from '../../dialogs/show/evidence.js'
import { showChannel } from '../../dialogs/show/show.js'
import { loadScenarios } from '../../content/author/scenarios.js'
import { openRegisters, type Registers } from '../../evidence/registers/folder.js'
import type { Alert } from '../../triage/alert.js'
import { because } from '../../triage/because.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { nextOf } from '../../triage/next-checks.js'
import { winnow } from '../../triage/person.js'
import { ada, wrote } from '../support/cast.js'
import { claimed, openedWith } from '../support/diary.js'
import { aFinding } from '../support/looked-up.js'
import { words } from '../support/words.js'
import { alertsFolder } from './files.js'
import { loadGuides } from './guides.js'

const guides = await loadGuides()
const all = await loadScenarios(alertsFolder)

/**
 * What a case costs whoever works it: taps (each answer, each field that is typed into, the verdict, closing), letters typed, and checks
 * for which they have to look somewhere else, because no evidence stands on the card.
 */
type Cost = { readonly taps: number; readonly letters: number; readonly looks: number }

const play = (
  type: string,
  name: string,
  alert: Partial<Alert>,
  registers: Registers | null,
  isLookedUp: boolean,
): Cost & { readonly because: string } => {
  const guide = guides.find((one) => one.type === type)
  const scenario = all.get(type)?.scenarios.find((one) => one.name === name)
  assert.ok(guide && scenario)
  const found = isLookedUp
    ? [...new Set(guide.checks.flatMap(({ look }) => look))].map((lookUp) =>
        wrote(winnow, { type: 'looked-up', ...aFinding({ lookUp }) }),
      )
    : []
  const opened = { ...openedWith({ type, ...alert }), playbook: type }
  let diary: readonly Event[] = [opened, claimed, ...found]
  const context = (): CaseContext => {
    const state = replay(diary)
    assert.ok(state)
    const hits = registers && ((wanted: Parameters<Registers['ask']>[1]) => registers.ask(state.alert, wanted))
    return { state, diary, cards: {}, guide, phrases: words, titleOf: (one) => one, ...(hits && { hits }) }
  }
  let [taps, letters, looks] = [0, 0, 0]
  for (let { next } = nextOf(context().state, guide); next; { next } = nextOf(context().state, guide)) {
    const given = scenario.answers[next.id]
    assert.ok(given !== undefined, next.id)
    const { is: option, saw = '' } = typeof given === 'string' ? { is: given } : given
    const view = showChannel(context())
    assert.ok(view.card === 'work')
    if (!view.data.hasEvidence) looks += 1
    const known = findingFor(context(), next.id, option)
    const typed = known === '' ? saw : ''
    letters += typed.length
    taps += typed === '' ? 1 : 2
    diary = [...diary, wrote(ada, { type: 'answered', check: next.id, option, finding: known || typed })]
  }
  const { state } = context()
  const verdict = evaluateVerdicts(guide, state.answers).find((one) => one.verdict.id === scenario.allowed[0])
  assert.ok(verdict?.state === 'allowed')
  return { taps: taps + 2, letters, looks, because: because(verdict, state, guide, null) }
}

describe('content/alerts: two whole cases, with evidence and without', () => {
  let registers: Registers
  before(async () => {
    registers = await openRegisters('evidence/samples')
  })
  const costs = (type: string, name: string, alert: Partial<Alert>) =>
    [
      play(type, name, alert, null, false),
      play(type, name, alert, registers, false),
      play(type, name, alert, registers, true),
    ].map(({ taps, letters, looks }) => ({ taps, letters, looks }))

  it('impossible travel from our own VPN: registers save the typing, look-ups the looking', () => {
    const alert = { addresses: [{ ip: '198.51.100.70', country: 'SE' }] }
    const name = 'Our own VPN exit, known device'
    assert.deepEqual(costs('impossible-travel', name, alert), [
      { taps: 7, letters: 48, looks: 3 },
      { taps: 6, letters: 10, looks: 1 },
      { taps: 6, letters: 10, looks: 0 },
    ])
    assert.match(play('impossible-travel', name, alert, registers, false).because, /sao-paulo-vpn/)
  })

  it('a scheduled test that lists subscriptions: nothing is typed at all', () => {
    const alert = {
      people: [{ upn: 'robin@contoso.example', objectId: null, name: 'Robin' }],
      addresses: [{ ip: '203.0.113.90', country: 'NL' }],
    }
    const name = 'A scheduled test enumerates'
    assert.deepEqual(costs('ARM_MicroBurst.AzDomainInfo', name, alert), [
      { taps: 6, letters: 53, looks: 3 },
      { taps: 5, letters: 0, looks: 2 },
      { taps: 5, letters: 0, looks: 0 },
    ])
    assert.match(play('ARM_MicroBurst.AzDomainInfo', name, alert, registers, false).because, /PT-12 cloud admin test/)
  })
})
