import assert from 'node:assert/strict'
import { walks } from '../../content/load/walks.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import type { Guide } from '../../triage/guide.js'
import { loadGuide } from './guides.js'
import { none } from './none.js'

const tactics = [
  'Collection',
  'CredentialAccess',
  'DefenseEvasion',
  'Execution',
  'Impact',
  'InitialAccess',
  'LateralMovement',
  'Persistence',
  'PrivilegeEscalation',
]
const anomalous = await Promise.all(tactics.map((tactic) => loadGuide(`ARM_AnomalousOperation.${tactic}`)))
const addresses = [
  await loadGuide('ARM_OperationFromSuspiciousIP'),
  await loadGuide('ARM_OperationFromSuspiciousProxyIP'),
]

/** Answers that no benign verdict but a test can stand: the check with the options. */
const alarms: Readonly<Record<string, readonly string[]>> = {
  'sign-in': ['stolen', 'odd'],
  word: ['no', 'tricked'],
  caller: ['denied', 'reasonless'],
  used: ['foreign', 'harmful'],
  crossed: ['harmful'],
  entered: ['foreign'],
  machine: ['malicious'],
  unseen: ['harmful'],
  deeds: ['harmful'],
}

/** Walks of a guide that allow one of these verdicts, with what was answered. */
const allowing = (guide: Guide, isOne: (id: string) => boolean) =>
  walks(guide)
    .filter((way) => evaluateVerdicts(guide, way).some((state) => isAllowed(state) && isOne(state.verdict.id)))
    .map((way) => new Map(way.map(({ check, option }) => [check, option])))

const trail = (answers: ReadonlyMap<string, string>): string =>
  [...answers].map(([check, option]) => `${check}=${option}`).join(' ')

const isBenign = (id: string): boolean => /^(btp|fp)-/.test(id) && id !== 'btp-authorised-test'

describe('content/alerts: anomalous operations and suspicious IP addresses of Azure', () => {
  for (const guide of [...anomalous, ...addresses]) {
    it(`${guide.type} allows nothing benign against a denial, a compromised sign-in or unexplained harm`, () => {
      const wrong = allowing(guide, isBenign).filter((answers) =>
        Object.entries(alarms).some(([check, options]) => options.includes(answers.get(check) ?? '')),
      )
      none(guide, 'benign verdicts are contradicted by alarms', wrong.map(trail))
    })
  }

  for (const guide of [...anomalous, ...addresses]) {
    it(`${guide.type} takes no account for compromised whose own user admits misuse, unless the sign-in shows it`, () => {
      const wrong = allowing(guide, (id) => id === 'tp').filter(
        (answers) =>
          (answers.get('word') ?? answers.get('caller')) === 'reasonless' &&
          !['stolen', 'odd'].includes(answers.get('sign-in') ?? ''),
      )
      none(guide, 'what the user admits is misuse', wrong.map(trail))
    })
  }

  for (const guide of anomalous) {
    it(`${guide.type} calls nothing authorized that only the person says`, () => {
      const asked = ['agreed', 'owner', 'keeper', 'approver']
      const wrong = allowing(guide, (id) => id === 'btp-authorised-admin').filter(
        (answers) =>
          ['none', 'unknown'].includes(answers.get('record') ?? '') &&
          !asked.some((check) => answers.get(check) === 'yes'),
      )
      none(guide, 'a record or those responsible authorize', wrong.map(trail))
    })
  }

  it('contain, undo, review and keep evidence alike in each of the nine guides', () => {
    const base = [
      'suspend-user',
      'revert-change',
      'mark-compromised',
      'reset-password',
      'review-activity',
      'preserve-evidence',
    ]
    for (const guide of anomalous) {
      const actions = guide.verdicts.find(({ id }) => id === 'tp')?.actions.map(({ id }) => id) ?? []
      none(
        guide,
        'has the actions of its sisters',
        base.filter((id) => !actions.includes(id)),
      )
    }
  })

  it('stop a person and an app by different actions, where either may have called', () => {
    for (const guide of addresses) {
      const whens = guide.verdicts
        .filter((verdict) => verdict.class === 'TP')
        .flatMap(({ actions }) => actions.filter(({ id }) => /^(suspend-user|disable-service-principal)$/.test(id)))
        .map(({ id, when }) => `${id}: ${when?.slice(0, 'if a person called'.length).trim() ?? ''}`)
      assert.deepEqual(
        [...new Set(whens)],
        ['suspend-user: if a person called', 'disable-service-principal: if an app called'],
        guide.type,
      )
    }
  })

  it('know the shorter title of data collection', () => {
    const [collection] = anomalous
    assert.match(collection?.title ?? '', /'Data Collection'/)
    assert.match(collection?.matches.titles[0] ?? '', /'Collection'/)
  })
})
