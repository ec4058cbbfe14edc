import assert from 'node:assert/strict'
import type { Guide } from '../../triage/guide.js'
import { match } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { loadGuide } from './guides.js'

/** For each tactic what only its guide asks: what was done, and the trace that shows an attacker at work. */
const tactics = {
  CredentialAccess: ['secrets', 'key-use'],
  Collection: ['copied', 'destination'],
  DefenseEvasion: ['controls', 'gap'],
  Execution: ['code', 'machines'],
  Impact: ['damage', 'backups'],
  InitialAccess: ['opening', 'visitors'],
  LateralMovement: ['reach', 'arrival'],
  Persistence: ['foothold', 'used'],
  PrivilegeEscalation: ['grant', 'grantee'],
} as const

const family: readonly Guide[] = await Promise.all(
  Object.keys(tactics).map((tactic) => loadGuide(`ARM_AnomalousServiceOperation.${tactic}`)),
)
const guides = [...family, await loadGuide('other')]

const prefix = 'Suspicious invocation of a high-risk'
const reached = (key: string | null, title: string) =>
  match(aReading({ family: 'resource-manager', source: 'defender-for-cloud', key, title }), guides).guide.type

describe('content/alerts/ARM_AnomalousServiceOperation', () => {
  it('takes the translated id, any case and the sample prefix for the canonical type', () => {
    for (const key of [
      'ARM_AnomalousServiceOperation.Persistentie',
      'arm_anomalousserviceoperation.PERSISTENCE',
      'SIMULATED_ARM_AnomalousServiceOperation.Persistence',
    ]) {
      assert.equal(reached(key, 'whatever'), 'ARM_AnomalousServiceOperation.Persistence', key)
    }
  })

  it('knows the titles with every preview marker, and both names of two tactics', () => {
    for (const [named, tactic] of [
      ['Credential Access', 'CredentialAccess'],
      ['Data Collection', 'Collection'],
      ['Collection', 'Collection'],
      ['Lateral Movement Access', 'LateralMovement'],
      ['Lateral Movement', 'LateralMovement'],
      ['Execution', 'Execution'],
    ]) {
      for (const [before, after] of [
        ['PREVIEW - ', ''],
        ['PREVIEW: ', ''],
        ['', ' (Preview)'],
        ['', ''],
      ]) {
        const title = `${before}${prefix} '${named}' operation by a service principal detected${after}`
        assert.equal(reached(null, title), `ARM_AnomalousServiceOperation.${tactic}`, title)
      }
    }
  })

  it('prefers the severity of the alert to its own', () => {
    for (const { type } of family) {
      const reading = aReading({ family: 'resource-manager', key: type, severity: 'informational' })
      assert.equal(match(reading, guides).alert.severity, 'informational', type)
      assert.equal(match({ ...reading, severity: null }, guides).alert.severity, 'medium', type)
    }
  })

  it('asks the same four matters everywhere, and of each tactic two that no other asks', () => {
    const common = ['owner', 'principal', 'record', 'sign-in']
    for (const [index, own] of Object.values(tactics).entries()) {
      const asked = family[index]?.checks.map(({ id }) => id).toSorted((one, other) => one.localeCompare(other))
      assert.deepEqual(
        asked,
        [...common, ...own].toSorted((one, other) => one.localeCompare(other)),
      )
    }
  })

  it('suspends no person for what an app did, unless a person is named by its condition', () => {
    for (const { type, verdicts } of family) {
      for (const { id, actions } of verdicts) {
        for (const action of actions.filter((one) => one.id === 'suspend-user')) {
          assert.match(action.when ?? '', /^if (a person|that person|the incident lead)/, `${type} ${id}`)
        }
      }
    }
  })
})
