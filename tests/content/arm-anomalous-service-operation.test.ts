import assert from 'node:assert/strict'
import { walks } from '../../content/load/walks.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import type { Guide, Verdict } from '../../triage/guide.js'
import { match } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { loadGuide } from './guides.js'
import { none } from './none.js'
import { found } from './scenario.js'

/** For each tactic what only its guide asks: what was done, and the trace it left; each with the answer that shows an attacker. */
const tactics = {
  CredentialAccess: { secrets: 'sweep', 'key-use': 'foreign' },
  Collection: { copied: 'wide', destination: 'outside' },
  DefenseEvasion: { controls: 'weakened', gap: 'harmful' },
  Execution: { code: 'harmful', machines: 'infected' },
  Impact: { damage: 'destroyed', backups: 'attacked' },
  InitialAccess: { opening: 'open', visitors: 'guests' },
  LateralMovement: { reach: 'beyond', arrival: 'strangers' },
  Persistence: { foothold: 'hidden', used: 'foreign' },
  PrivilegeEscalation: { grant: 'raised', grantee: 'harmful' },
} as const

const family: readonly Guide[] = await Promise.all(
  Object.keys(tactics).map((tactic) => loadGuide(`ARM_AnomalousServiceOperation.${tactic}`)),
)
const guides = [...family, await loadGuide('other')]

const prefix = 'Suspicious invocation of a high-risk'
const reached = (key: string | null, title: string) =>
  match(aReading({ family: 'resource-manager', source: 'defender-for-cloud', key, title }), guides).guide.type

type End = { readonly given: ReadonlyMap<string, string>; readonly benign: readonly Verdict[] }

/** Where each walk through a guide ends: the answers, and the benign verdicts they allow. Found once, for there are thousands. */
const endsOf = (guide: Guide) => {
  let known: readonly End[] | undefined
  return (): readonly End[] =>
    (known ??= walks(guide).map((way) => ({
      given: new Map(way.map(({ check, option }) => [check, option])),
      benign: evaluateVerdicts(guide, way)
        .filter(isAllowed)
        .map(({ verdict }) => verdict)
        .filter((one) => one.class === 'FP' || one.class === 'B-TP'),
    })))
}

const told = ({ given, benign }: End): string =>
  `${benign.map(({ id }) => id).join()}: ${[...given].map((pair) => pair.join('=')).join(' ')}`

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
    for (const [index, own] of Object.values(tactics)
      .map((signs) => Object.keys(signs))
      .entries()) {
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

  for (const [index, signs] of Object.values(tactics).entries()) {
    const guide = family[index] ?? assert.fail('a guide for each tactic')
    const [[deed, harmful] = ['', ''], [trace, foreign] = ['', '']] = Object.entries(signs)
    const ends = endsOf(guide)
    const nothing = Object.fromEntries(guide.checks.map(({ id }) => [id, 'unknown']))

    describe(guide.type, () => {
      it('lets one act on each sign alone when no one is reached and no record covers it', () => {
        for (const sign of [{ [deed]: harmful }, { [trace]: foreign }, { 'sign-in': 'odd' }, { owner: 'denied' }]) {
          for (const principal of ['ours', 'managed', 'provider', 'unknown']) {
            const { allowed } = found(guide, { ...nothing, principal, record: 'none', ...sign })
            assert.deepEqual(allowed, ['tp-stolen-principal'], JSON.stringify({ principal, ...sign }))
          }
        }
      })

      it('closes nothing as benign on a trace, an unexplained sign-in, a denial, or an app no one recognizes', () => {
        const wrong = ends().filter(
          ({ given, benign }) =>
            benign.length > 0 &&
            (given.get(trace) === foreign ||
              given.get('sign-in') === 'odd' ||
              given.get('owner') === 'denied' ||
              given.get('principal') === 'stranger'),
        )
        none(guide, 'benign in spite of a sign', wrong.map(told))
      })

      it('takes the word of those who did it for no approval, and calls what shows harm misuse', () => {
        const claimed = ends().filter(({ given }) => given.get('owner') === 'unapproved')
        none(
          guide,
          'without approval only btp-own-mistake can be benign, and only where nothing shows harm',
          claimed
            .filter(
              ({ given, benign }) =>
                benign.some(({ id }) => id !== 'btp-own-mistake') ||
                (benign.length > 0 && (given.get(deed) === harmful || given.get(deed) === 'unknown')),
            )
            .map(told),
        )
        for (const sign of [{ [deed]: harmful }, { [trace]: foreign }]) {
          const { allowed } = found(guide, { ...nothing, principal: 'ours', owner: 'unapproved', ...sign })
          assert.deepEqual(allowed, ['tp-insider'], JSON.stringify(sign))
        }
      })

      it('approves by a record or by the owners, never while sign-in and owners are both unknown', () => {
        const approving = ['btp-approved-change', 'btp-provider']
        none(
          guide,
          'approved by no one',
          ends()
            .filter(
              ({ given, benign }) =>
                benign.some(({ id, class: one }) => one === 'FP' || approving.includes(id)) &&
                ((given.get('sign-in') === 'unknown' && given.get('owner') === 'unknown') ||
                  (given.get('record') !== 'approved' &&
                    given.get('owner') !== 'confirmed' &&
                    // Settings as strong as the templates weaken nothing, whoever applied them.
                    given.get('controls') !== 'template')),
            )
            .map(told),
        )
      })

      it('clears a routine by the owners alone, and approved work whose traces are gone by both', () => {
        const routine = guide.checks.find(({ id }) => id === deed)?.options[0]?.id ?? ''
        const known = { ...nothing, principal: 'ours', owner: 'confirmed' }
        const fp = guide.verdicts.find((one) => one.class === 'FP')?.id
        assert.deepEqual(found(guide, { ...known, [deed]: routine }).allowed, [fp])
        assert.deepEqual(found(guide, { ...known, [deed]: 'explained' }).allowed, ['btp-approved-change'])
        assert.deepEqual(found(guide, known).allowed, [])
        assert.deepEqual(found(guide, { ...known, record: 'approved' }).allowed, ['btp-approved-change'])
        const provider = { ...known, principal: 'provider', record: 'approved' }
        assert.deepEqual(found(guide, provider).allowed, ['btp-provider'])
        const byRecord = { ...provider, owner: 'unknown', 'sign-in': 'usual', [deed]: 'explained' }
        assert.deepEqual(found(guide, byRecord).allowed, ['btp-provider'])
      })

      it('believes in a mistake of harm only where the traces can be seen', () => {
        const mistake = { ...nothing, principal: 'ours', owner: 'mistake', [deed]: harmful }
        const quiet = guide.checks.find(({ id }) => id === trace)?.options[0]?.id ?? ''
        assert.deepEqual(found(guide, { ...mistake, [trace]: quiet }).allowed, ['btp-own-mistake'])
        assert.deepEqual(found(guide, mistake).allowed, [])
      })

      it('does not let a record cover an unexplained sign-in that comes with another sign', () => {
        const covered = { ...nothing, principal: 'ours', record: 'approved', 'sign-in': 'odd' }
        for (const sign of [{ [deed]: harmful }, { [trace]: foreign }, { owner: 'denied' }]) {
          assert.deepEqual(found(guide, { ...covered, ...sign }).allowed, ['tp-stolen-principal'], JSON.stringify(sign))
        }
        assert.deepEqual(found(guide, covered).allowed, [])
      })

      // Backups fall with what is deleted: there the owners' word is about the trace as well.
      const hasOwnTrace = trace !== 'backups'
      it('counts a trace of an attacker although the owners confirm the call, or call it a mistake', () => {
        if (!hasOwnTrace) return
        for (const owner of ['confirmed', 'mistake']) {
          for (const record of ['approved', 'none', 'unknown']) {
            const { allowed } = found(guide, { ...nothing, principal: 'ours', record, owner, [trace]: foreign })
            assert.deepEqual(allowed, ['tp-stolen-principal'], `${owner}, record ${record}`)
          }
        }
      })

      if (guide.verdicts.some(({ id }) => id === 'tp-hijacked-run')) {
        it('takes a run without approval for hijacked on each sign, unless its owners own it', () => {
          const run = { ...nothing, principal: 'ours', record: 'unapproved' }
          for (const sign of [
            { [deed]: harmful },
            { [trace]: foreign },
            { 'sign-in': 'odd' },
            { owner: 'denied' },
            { principal: 'stranger' },
          ]) {
            assert.deepEqual(found(guide, { ...run, ...sign }).allowed, ['tp-hijacked-run'], JSON.stringify(sign))
            if ('owner' in sign || (trace in sign && hasOwnTrace)) continue
            const owned = found(guide, { ...run, ...sign, owner: 'confirmed' })
            assert.ok(!owned.allowed.includes('tp-hijacked-run'), JSON.stringify(sign))
          }
          assert.deepEqual(found(guide, run).allowed, [])
        })
      } else {
        it('takes an app no one recognizes for planted on each sign', () => {
          for (const sign of [
            { record: 'none' },
            { [deed]: harmful },
            { [trace]: foreign },
            { 'sign-in': 'odd' },
            { owner: 'denied' },
          ]) {
            const { allowed } = found(guide, { ...nothing, principal: 'stranger', ...sign })
            assert.deepEqual(allowed, ['tp-planted-app'], JSON.stringify(sign))
          }
        })
      }
    })
  }
})
