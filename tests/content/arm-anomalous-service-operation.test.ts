import assert from 'node:assert/strict'
import type { Guide } from '../../triage/guide.js'
import { match } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { loadGuide } from './guides.js'
import { found } from './scenario.js'

/** For each tactic: what was done (usual, explained, unexplained) and the trace that shows a stranger at work. */
const tactics = {
  CredentialAccess: { check: 'secrets', deeds: ['own', 'explained', 'sweep'], trace: ['key-use', 'own', 'foreign'] },
  Collection: { check: 'copied', deeds: ['routine', 'explained', 'wide'], trace: ['destination', 'stayed', 'outside'] },
  DefenseEvasion: {
    check: 'controls',
    deeds: ['template', 'explained', 'weakened'],
    trace: ['gap', 'quiet', 'harmful'],
  },
  Execution: { check: 'code', deeds: ['routine', 'explained', 'harmful'], trace: ['machines', 'clean', 'infected'] },
  Impact: { check: 'damage', deeds: ['routine', 'explained', 'destroyed'], trace: ['backups', 'intact', 'attacked'] },
  InitialAccess: { check: 'opening', deeds: ['usual', 'explained', 'open'], trace: ['visitors', 'none', 'guests'] },
  LateralMovement: { check: 'reach', deeds: ['usual', 'explained', 'beyond'], trace: ['arrival', 'none', 'strangers'] },
  Persistence: { check: 'foothold', deeds: ['template', 'explained', 'hidden'], trace: ['used', 'own', 'foreign'] },
  PrivilegeEscalation: {
    check: 'grant',
    deeds: ['designed', 'explained', 'raised'],
    trace: ['grantee', 'quiet', 'harmful'],
  },
} as const

const guides: readonly Guide[] = await Promise.all(
  [...Object.keys(tactics).map((tactic) => `ARM_AnomalousServiceOperation.${tactic}`), 'other'].map(loadGuide),
)

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

  it('asks of each tactic what no other asks', () => {
    const asked = guides.flatMap(({ checks }) => checks.map(({ ask }) => ask))
    const specific = Object.values(tactics).flatMap(({ check, trace }) => [check, trace[0]])
    assert.equal(new Set(specific).size, specific.length)
    // Only "whose is it" is the same question everywhere.
    assert.equal(new Set(asked).size, asked.length - 8)
  })

  for (const [tactic, { check, deeds, trace }] of Object.entries(tactics)) {
    describe(tactic, () => {
      const guide = guides.find(({ type }) => type.endsWith(`.${tactic}`)) ?? assert.fail(tactic)
      const [usual, explained, unexplained] = deeds
      const [trail, quiet, foreign] = trace
      const routine = guide.verdicts.find((one) => one.class === 'FP')?.id ?? ''
      const ours = { principal: 'ours', record: 'none', [check]: explained, [trail]: quiet, 'sign-in': 'usual' }

      it('is Winnow’s own guidance for a preview of medium severity', () => {
        assert.deepEqual(
          [guide.guidance, guide.preview, guide.severity, guide.family],
          ['winnow', true, 'medium', 'resource-manager'],
        )
      })

      it('prefers the severity of the alert to its own', () => {
        const reading = aReading({ family: 'resource-manager', key: guide.type, severity: 'informational' })
        assert.equal(match(reading, guides).alert.severity, 'informational')
        assert.equal(match({ ...reading, severity: null }, guides).alert.severity, 'medium')
      })

      it('takes what its owner denies for a stolen principal, however usual it looks', () => {
        for (const principal of ['ours', 'managed', 'provider', 'unknown']) {
          const outcome = found(guide, { ...ours, principal, [check]: usual, owner: 'denied' })
          assert.deepEqual(outcome.allowed, ['tp-stolen-principal'], principal)
        }
      })

      it('lets one act before anybody is reached: on deeds, on traces, on an odd sign-in', () => {
        for (const sign of [{ [check]: unexplained }, { [trail]: foreign }, { 'sign-in': 'odd' }]) {
          const outcome = found(guide, { ...ours, ...sign, owner: 'unknown' })
          assert.deepEqual(outcome.allowed, ['tp-stolen-principal'], JSON.stringify(sign))
        }
      })

      it('takes an app that nobody knows, and no record names, for malicious', () => {
        const outcome = found(guide, { ...ours, principal: 'stranger', owner: 'unknown' })
        assert.deepEqual(outcome.allowed, [tactic === 'InitialAccess' ? 'tp-planted-app' : 'tp-stolen-principal'])
      })

      it('does not clear a principal by its log alone', () => {
        const outcome = found(guide, { ...ours, [check]: usual, owner: 'unknown' })
        // Settings that equal our templates are weaker for nobody; every other routine needs a word or a record.
        assert.deepEqual(outcome.allowed, tactic === 'DefenseEvasion' ? [routine] : [])
        assert.deepEqual(outcome.contradicted, [])
      })

      it('clears routine by a record or by the owner’s word, and nothing else by it', () => {
        for (const [record, owner] of [
          ['approved', 'unknown'],
          ['none', 'confirmed'],
        ] as const) {
          const outcome = found(guide, { ...ours, [check]: usual, record, owner })
          assert.deepEqual(outcome.allowed, [routine], record)
          assert.deepEqual(found(guide, { ...ours, record, owner }).allowed, ['btp-approved-change'], record)
        }
      })

      it('settles a provider by its desk, or by a record', () => {
        const outcome = found(guide, { ...ours, principal: 'provider', owner: 'confirmed' })
        assert.deepEqual(outcome.allowed, ['btp-provider'])
        const record = found(guide, { ...ours, principal: 'provider', record: 'approved', owner: 'unknown' })
        assert.deepEqual(record.allowed, ['btp-provider'])
      })

      it('calls a mistake of the owners harmless in intent, whatever it did, but not with a stranger’s traces', () => {
        assert.deepEqual(found(guide, { ...ours, owner: 'mistake' }).allowed, ['btp-own-mistake'])
        const big = found(guide, { ...ours, [check]: unexplained, owner: 'mistake' })
        assert.deepEqual(big.allowed, ['btp-own-mistake'])
        const odd = found(guide, { ...ours, 'sign-in': 'odd', owner: 'mistake' })
        assert.deepEqual(odd.allowed, [])
        assert.ok(odd.contradicted.includes('btp-own-mistake'))
      })

      it('asks for a reason when a record or a word stands against the traces', () => {
        for (const excuse of [{ record: 'approved', owner: 'unknown' }, { owner: 'confirmed' }]) {
          for (const sign of [{ [check]: unexplained }, { [trail]: foreign }, { 'sign-in': 'odd' }]) {
            const outcome = found(guide, { ...ours, ...excuse, ...sign })
            assert.deepEqual(outcome.allowed, [], JSON.stringify({ ...excuse, ...sign }))
            assert.deepEqual(outcome.contradicted, ['tp-stolen-principal', 'btp-approved-change'])
          }
        }
      })

      it('settles a booked test that its lead confirms, and takes nothing else for one', () => {
        const outcome = found(guide, { ...ours, principal: 'tester', owner: 'unknown' })
        assert.deepEqual(outcome.allowed, ['btp-authorised-test'])
      })

      it('stays undetermined when nobody is reached and nothing is odd', () => {
        const outcome = found(guide, {
          ...ours,
          ...(tactic === 'Persistence' ? { credentials: 'none' } : {}),
          owner: 'unknown',
        })
        assert.deepEqual(outcome, { allowed: [], contradicted: [], open: [], next: null })
      })
    })
  }
})
