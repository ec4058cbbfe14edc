import assert from 'node:assert/strict'
import { type RegisterHit, registersOf, suggestionOf } from '../../triage/register.js'

const hit = (but: Partial<RegisterHit> = {}): RegisterHit => ({
  register: 'networks',
  entry: 'sao-paulo-vpn',
  kind: 'vpn',
  owner: null,
  matched: '198.51.100.77',
  from: null,
  to: null,
  standing: 'current',
  countries: [],
  asOf: '2026-11-12',
  ...but,
})
const bearing = { networks: { vpn: 'ours', hosting: 'hostile' }, tests: { any: 'tester' }, changes: { any: null } }

describe('triage/register', () => {
  it('suggests the option for the kind of the entry, else the one for any kind', () => {
    assert.equal(suggestionOf(bearing, [hit()]).option, 'ours')
    assert.equal(suggestionOf(bearing, [hit({ kind: 'hosting' })]).option, 'hostile')
    assert.equal(suggestionOf(bearing, [hit({ register: 'tests', kind: 'drill' })]).option, 'tester')
    assert.equal(suggestionOf(bearing, [hit({ kind: 'office' })]).option, null)
    assert.equal(suggestionOf(bearing, [hit({ register: 'changes', kind: null })]).option, null)
    assert.equal(suggestionOf(bearing, []).option, null)
  })

  it('suggests nothing by what does not hold at the time of the alert', () => {
    for (const standing of ['expired', 'not-yet', 'elsewhere'] as const) {
      assert.deepEqual(suggestionOf(bearing, [hit({ standing })]), { option: null, by: [], isContradictory: false })
    }
  })

  it('suggests none where entries point to different answers, and one where they agree', () => {
    const both = [hit(), hit({ kind: 'hosting' })]
    assert.deepEqual(suggestionOf(bearing, both), { option: null, by: both, isContradictory: true })
    assert.equal(suggestionOf(bearing, [hit(), hit({ entry: 'other' })]).option, 'ours')
  })

  it('names the registers that bear on a check, in one order', () => {
    assert.deepEqual(registersOf({ tests: { any: 'x' }, networks: { any: null } }), ['networks', 'tests'])
    assert.deepEqual(registersOf({}), [])
  })
})
