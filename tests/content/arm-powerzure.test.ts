import assert from 'node:assert/strict'
import { walks } from '../../content/load/walks.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import type { Guide } from '../../triage/guide.js'
import { loadGuide } from './guides.js'
import { none } from './none.js'

const guides = await Promise.all(
  [
    'AzureElevatedPrivileges',
    'AzureRunbookContent',
    'GetAzureTargets',
    'MaintainPersistence',
    'RunCodeOnBehalf',
    'ShowStorageContent',
    'StartRunbook',
  ].map((name) => loadGuide(`ARM_PowerZure.${name}`)),
)

/** Every walk that ends with a benign verdict, as its answers. */
const benign = (guide: Guide): readonly ReadonlyMap<string, string>[] =>
  walks(guide)
    .filter((way) =>
      evaluateVerdicts(guide, way)
        .filter(isAllowed)
        .some(({ verdict }) => verdict.class === 'FP' || verdict.class === 'B-TP'),
    )
    .map((way) => new Map(way.map(({ check, option }) => [check, option])))

const trail = (answers: ReadonlyMap<string, string>): string =>
  [...answers].map(([check, option]) => `${check}=${option}`).join(' ')

describe('content/alerts/ARM_PowerZure.*', () => {
  for (const guide of guides) {
    describe(guide.type, () => {
      const ways = benign(guide)

      it('takes nothing for benign on the word of the person alone: a test, a record, or their lead is behind it', () => {
        assert.ok(ways.length > 0)
        const alone = ways.filter(
          (answers) =>
            answers.get('test') !== 'booked' &&
            !['change', 'lead'].includes(answers.get('record') ?? '') &&
            answers.get('word') !== 'trial',
        )
        none(guide, 'a benign verdict has proof', alone.map(trail))
      })

      it('takes nothing for benign that the person denies, nor a sign-in with signs of compromise', () => {
        const denied = ways.filter((answers) => answers.get('word') === 'no' || answers.get('caller') === 'stolen')
        none(guide, 'a denial is never benign', denied.map(trail))
      })
    })
  }
})
